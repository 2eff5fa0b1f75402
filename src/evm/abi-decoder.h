/* abi-decoder.h - reads ABI-encoded values from outside, by a type that is data.
 *
 * Refuses what Solidity's abi.decode refuses, like abi-reader.h, and text that is not UTF-8. Values
 * may be shared in the data, but all together must not be larger than the data: what a hostile
 * encoding makes us allocate is bounded by what it sent.
 *
 *   g_autoptr (GmAbiType) type = gm_abi_type_parse ("(address,uint256)[]", error);
 *   value = gm_abi_decode (type, data, error);
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/abi-value.h"

G_BEGIN_DECLS

/* A tuple is its members, anything else is a list of one. What follows the values is not looked at;
 * who must know encodes again and compares. */
GmAbiValue *gm_abi_decode (const GmAbiType *type, GBytes *data, GError **error);

/* One word, of a type that is no list, bytes or string. */
GmAbiValue *gm_abi_decode_word (const GmAbiType *type, const GmHash *word, GError **error);

G_END_DECLS
