/* revocation.h - the attester's signed list of revoked licenses (PROTOCOLS A9).
 *
 *   { "v": 1, "chainId": n, "attester": "0x…", "issuedAt": seconds, "uids": [ "0x…" ],
 *     "signature": "0x…" }
 *
 * Signed as EIP-712 RevocationList(uint64 issuedAt,bytes32[] uids) in the domain "GotMusic Keys".
 * A list older than 24 h, or more than 120 s ahead, is a refusal: the store signs it anew every
 * hour, revoked or not.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "evm/signature.h"

G_BEGIN_DECLS

#define GM_REVOCATION_MAX_UIDS      10000
#define GM_REVOCATION_MAX_BYTES     (1024 * 1024)
#define GM_REVOCATION_MAX_AGE_S     (24 * 3600)
#define GM_REVOCATION_RENEW_AFTER_S 3600

typedef struct
{
  guint64 chain_id;
  GmAddress attester;
  gint64 issued_at; /* seconds since 1970 */
  GArray *uids;     /* of GmHash, in ascending order, each once */
  GmSignature signature;
} GmRevocationList;

/* @uids: array of GmHash in any order. */
GmRevocationList *gm_revocation_list_sign (guint64 chain_id,
                                           gint64 issued_at,
                                           const GArray *uids,
                                           const GmSigner *attester,
                                           GError **error);
/* Strict and verified. Whether it is from the right attester is up to the caller. */
GmRevocationList *gm_revocation_list_parse (GBytes *json, GError **error);
JsonObject *gm_revocation_list_to_json (const GmRevocationList *self);
void gm_revocation_list_free (GmRevocationList *self);

/* DENIED when the list is stale at @now_unix or @uid is on it. */
gboolean gm_revocation_list_check (const GmRevocationList *self,
                                   const GmHash *uid,
                                   gint64 now_unix,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmRevocationList, gm_revocation_list_free)

G_END_DECLS
