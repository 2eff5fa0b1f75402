/* manifest.h - what the seller says the files of an asset are (PROTOCOLS A5).
 *
 *   { "v": 1, "chainId": n, "marketplace": "0x…", "assetId": "0x…", "seller": "0x…",
 *     "files": [ { "role": "master", "mime": "audio/flac", "cid": "bafy…", "bytes": n,
 *                  "gmaHeader": "0x… 96 bytes" } ],
 *     "preview": "preview/<sha256>.opus", "artwork": "artwork/<sha256>.jpg" or null,
 *     "licenseHash": "0x…" }
 *
 * manifestHash is the SHA-256 of its JCS and so also its CIDv1 (raw). "bytes" counts the stored
 * (encrypted) file. The buyer's order names manifestHash, so nobody can swap a file afterwards.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "storage/cid.h"
#include "storage/cipher.h"

G_BEGIN_DECLS

#define GM_MANIFEST_MAX_BYTES 65536
#define GM_MANIFEST_MAX_FILES 32

typedef struct
{
  char *role; /* "master", "stems" */
  char *mime; /* of the plaintext */
  GmCid cid;  /* of the ciphertext */
  gint64 bytes;
  GmCipherHeader header;
} GmManifestFile;

typedef struct
{
  guint64 chain_id;
  GmAddress marketplace;
  GmHash asset_id;
  GmAddress seller;
  GPtrArray *files; /* of GmManifestFile */
  char *preview;    /* (nullable) name in the object store */
  char *artwork;    /* (nullable) */
  GmHash license_hash;
} GmManifest;

GmManifest *gm_manifest_new (void); /* empty, with its array */
void gm_manifest_add_file (GmManifest *self,
                           const char *role,
                           const char *mime,
                           const GmCid *cid,
                           gint64 bytes,
                           const GmCipherHeader *header);
/* The first file of that role; NULL when there is none. */
const GmManifestFile *gm_manifest_find (const GmManifest *self, const char *role);

GmManifest *gm_manifest_parse (GBytes *json, GError **error);
/* Canonical JSON; @hash (nullable) is manifestHash. */
GBytes *gm_manifest_encode (const GmManifest *self, GmHash *hash);
void gm_manifest_free (GmManifest *self);

/* keccak256 (abi.encode ("gm-asset-1", chainId, marketplace, seller, salt)) (PROTOCOLS A2) */
void gm_manifest_asset_id (guint64 chain_id,
                           const GmAddress *marketplace,
                           const GmAddress *seller,
                           const GmHash *salt,
                           GmHash *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmManifest, gm_manifest_free)

G_END_DECLS
