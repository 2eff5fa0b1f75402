/* license-db.h - the ledger's library: licenses, their documents, proofs and sealed keys.
 *
 * Everything that playing without the store needs (ARCHITECTURE promise 3). Content keys are sealed
 * to the library key, so playing does not ask for the wallet's password. One thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/key-answer.h"
#include "licenses/license.h"
#include "storage/sql.h"

G_BEGIN_DECLS

/* What a library row shows and plays, also when the store and the cache are gone. */
typedef struct
{
  char *order_id;
  char *store; /* id: see store/descriptor.h */
  char *asset; /* ULID at that store */
  char *asset_id;
  char *title;
  char *artist;
  char *artwork;    /* (nullable) name in the object store */
  char *mime;       /* of the master */
  char *master_cid; /* masters/<cid>.gma1 */
  gint64 master_bytes;
  gint64 duration_ms;
  gboolean ready;   /* master and key are here */
  gint64 bought_at; /* ms */
} GmOwned;

extern const GmRecordType gm_owned_type;
void gm_owned_free (GmOwned *owned);

/* Opens and migrates ledger.db. */
GmSql *gm_license_db_open (const char *path, GError **error);

gboolean gm_license_db_put (GmSql *ledger, const GmLicense *license, GError **error);
GmLicense *gm_license_db_find (GmSql *ledger, const char *order_id, GError **error);
GPtrArray *gm_license_db_list (GmSql *ledger, GError **error); /* of GmLicense, newest first */

gboolean gm_license_db_put_owned (GmSql *ledger, const GmOwned *owned, GError **error);
GPtrArray *gm_license_db_list_owned (GmSql *ledger, GError **error); /* of GmOwned, newest first */
/* NOT_FOUND when it is not bought. */
GmOwned *gm_license_db_find_owned (GmSql *ledger, const char *asset_id, GError **error);

/* Manifests and envelopes, by the SHA-256 of their bytes (checked on the way in and out). */
gboolean gm_license_db_put_document (GmSql *ledger, GBytes *content, GmHash *hash, GError **error);
GBytes *gm_license_db_document (GmSql *ledger, const GmHash *hash, GError **error);

gboolean gm_license_db_put_proof (GmSql *ledger,
                                  const char *order_id,
                                  const GmKeyAnswer *answer,
                                  GError **error);
guint gm_license_db_count_proofs (GmSql *ledger, const char *order_id);

gboolean gm_license_db_put_key (GmSql *ledger,
                                const char *master_cid,
                                GmSecret *content_key,
                                GmSecret *library_key,
                                GError **error);
GmSecret *
gm_license_db_key (GmSql *ledger, const char *master_cid, GmSecret *library_key, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmOwned, gm_owned_free)

G_END_DECLS
