/* cid.h - content identifiers: CIDv0 (base58 of a dag-pb sha2-256) and CIDv1 (base32, raw or
 * dag-pb).
 *
 * Source: github.com/multiformats/cid. Only sha2-256 is accepted.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

typedef enum
{
  GM_CID_RAW = 0x55,
  GM_CID_DAG_PB = 0x70,
} GmCidCodec;

typedef struct
{
  guint version; /* 0 or 1 */
  GmCidCodec codec;
  GmHash digest; /* sha2-256 of the block */
} GmCid;

gboolean gm_cid_parse (const char *text, GmCid *out, GError **error); /* at most 128 bytes */
char *gm_cid_dup_text (const GmCid *cid);

/* As it stands in blocks: 34 bytes for version 0, 36 for version 1. */
#define GM_CID_MAX_BYTES 36
gsize gm_cid_encode (const GmCid *cid, guint8 out[GM_CID_MAX_BYTES]);
gboolean gm_cid_decode (const guint8 *data, gsize length, GmCid *out, GError **error);

gboolean gm_cid_equal (const GmCid *a, const GmCid *b);
gboolean gm_cid_verify (const GmCid *cid, const guint8 *block, gsize length, GError **error);

G_END_DECLS
