/* abi-value.h - values of the contract ABI: encoded and packed by a type that is data.
 *
 * Source: Solidity documentation, Contract ABI Specification. A flat list whose types the program
 * knows is written by abi.h and read by abi-reader.h; this is for types that are data.
 * abi-decoder.h reads them back, abi-json.h has their form as JSON.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/u256.h"
#include "evm/abi-type.h"

G_BEGIN_DECLS

/* One of the three, as the type says; an event's value of which only the hash is known is a word.
 */
typedef struct
{
  GmHash word;      /* as it is encoded */
  GBytes *bytes;    /* of bytes and string */
  GPtrArray *parts; /* of GmAbiValue: elements, members */
} GmAbiValue;

GmAbiValue *gm_abi_value_new_word (const GmHash *word);
GmAbiValue *gm_abi_value_new_bytes (const guint8 *data, gsize length);
GmAbiValue *gm_abi_value_new_list (void); /* add with g_ptr_array_add () to parts */
void gm_abi_value_free (GmAbiValue *self);

/* abi.encode: a tuple is its members, anything else is a list of one. */
GBytes *gm_abi_value_encode (const GmAbiType *type, const GmAbiValue *value);

/* abi.encodePacked of the members of a tuple; BAD_DATA for what Solidity does not pack: tuples in
 * it, and arrays of what is dynamic. */
GBytes *gm_abi_value_encode_packed (const GmAbiType *type, const GmAbiValue *value, GError **error);

/* What stands for an indexed value in a log's topics: itself, or its hash when it is larger. */
void gm_abi_value_topic (const GmAbiType *type, const GmAbiValue *value, GmHash *out);
gboolean gm_abi_value_is_hashed (const GmAbiType *type); /* its topic is a hash */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAbiValue, gm_abi_value_free)

G_END_DECLS
