/* abi.h - contract ABI encoding of a flat list of values, standard and packed.
 *
 * Source: Solidity documentation, Contract ABI Specification. One list, two forms: encode() gives
 * heads and tails (abi.encode), encode_packed() gives abi.encodePacked. What is read from outside
 * goes through abi-reader.h.
 *
 *   g_autoptr (GmAbi) abi = gm_abi_new ();
 *   gm_abi_add_text (abi, "gm-asset-1");
 *   gm_abi_add_address (abi, &seller);
 *   gm_abi_hash (abi, &asset_id);
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include "base/u256.h"

G_BEGIN_DECLS

typedef struct _GmAbi GmAbi;

GmAbi *gm_abi_new (void);
void gm_abi_free (GmAbi *self);

void gm_abi_add_u256 (GmAbi *self, const GmU256 *value);
/* uint8 … uint64; @bits matters to the packed form and must hold @value. */
void gm_abi_add_uint (GmAbi *self, guint bits, guint64 value);
void gm_abi_add_bool (GmAbi *self, gboolean value);
void gm_abi_add_address (GmAbi *self, const GmAddress *value);
void gm_abi_add_hash (GmAbi *self, const GmHash *value); /* bytes32 */
void gm_abi_add_bytes (GmAbi *self, const guint8 *data, gsize length);
void gm_abi_add_text (GmAbi *self, const char *text); /* string */

GBytes *gm_abi_encode (const GmAbi *self);
GBytes *gm_abi_encode_packed (const GmAbi *self);
/* Four bytes of the hash of "transfer(address,uint256)", then encode(). */
GBytes *gm_abi_encode_call (const GmAbi *self, const char *signature);
void gm_abi_hash (const GmAbi *self, GmHash *out);        /* keccak256 of encode() */
void gm_abi_hash_packed (const GmAbi *self, GmHash *out); /* keccak256 of encode_packed() */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAbi, gm_abi_free)

G_END_DECLS
