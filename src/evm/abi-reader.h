/* abi-reader.h - reads ABI-encoded values from outside, in the order of their types.
 *
 * Refuses what Solidity's abi.decode refuses: a short head, an offset or length beyond the data,
 * dirty high bits of an address, bool or small integer. Also more than GM_ABI_MAX_BYTES and text
 * that is not UTF-8. After the first refusal the reader stays where it was. It borrows the data.
 *
 *   GmAbiReader reader = gm_abi_reader (data);
 *   if (!gm_abi_read_address (&reader, &to, error) || !gm_abi_read_u256 (&reader, &amount, error))
 *     return FALSE;
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include "base/u256.h"

G_BEGIN_DECLS

#define GM_ABI_MAX_BYTES (1024 * 1024) /* of one dynamic value */

typedef struct
{
  const guint8 *data;
  gsize length;
  gsize at; /* next head */
} GmAbiReader;

GmAbiReader gm_abi_reader (GBytes *data);

gboolean gm_abi_read_u256 (GmAbiReader *self, GmU256 *out, GError **error);
gboolean gm_abi_read_u64 (GmAbiReader *self, guint64 *out, GError **error);
gboolean gm_abi_read_bool (GmAbiReader *self, gboolean *out, GError **error);
gboolean gm_abi_read_address (GmAbiReader *self, GmAddress *out, GError **error);
gboolean gm_abi_read_hash (GmAbiReader *self, GmHash *out, GError **error);
GBytes *gm_abi_read_bytes (GmAbiReader *self, GError **error);
char *gm_abi_read_text (GmAbiReader *self, GError **error); /* no NUL inside */

G_END_DECLS
