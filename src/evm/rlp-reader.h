/* rlp-reader.h - reads Recursive Length Prefix from outside, item by item, and only its one form.
 *
 * Source: Ethereum Yellow Paper, appendix on RLP. Refused are lengths with leading zeros or that
 * fit the short form, a small byte with a prefix, numbers with leading zeros, an item that is
 * longer than what it is in, lists in lists deeper than GM_RLP_MAX_DEPTH, more than
 * GM_RLP_MAX_BYTES. After a refusal the reader stays where it was. It borrows the data and
 * allocates nothing.
 *
 *   GmRlpReader reader = gm_rlp_reader (data), list;
 *   if (!gm_rlp_read_list (&reader, &list, error) || !gm_rlp_read_end (&reader, error) ||
 *       !gm_rlp_read_u64 (&list, &nonce, error))
 *     return FALSE;
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/u256.h"

G_BEGIN_DECLS

#define GM_RLP_MAX_DEPTH 16
#define GM_RLP_MAX_BYTES (1024 * 1024)

typedef struct
{
  const guint8 *data; /* what is left */
  gsize length;
  guint depth; /* of lists around it */
} GmRlpReader;

GmRlpReader gm_rlp_reader (GBytes *data);

gboolean gm_rlp_read_list (GmRlpReader *self, GmRlpReader *inside, GError **error);
gboolean gm_rlp_read_bytes (GmRlpReader *self, const guint8 **data, gsize *length, GError **error);
gboolean gm_rlp_read_exact (GmRlpReader *self, guint8 *out, gsize length, GError **error);
gboolean gm_rlp_read_u64 (GmRlpReader *self, guint64 *out, GError **error);
gboolean gm_rlp_read_u256 (GmRlpReader *self, GmU256 *out, GError **error);

gboolean gm_rlp_at_list (const GmRlpReader *self); /* what comes next is a list */
gboolean gm_rlp_at_end (const GmRlpReader *self);
gboolean gm_rlp_read_end (const GmRlpReader *self, GError **error); /* BAD_DATA when more follows */

G_END_DECLS
