/* abi-signature.h - what a contract is called by: functions, custom errors and events as text.
 *
 * Source: Solidity documentation, Contract ABI Specification. "transfer(address to,uint256 value)"
 * is called by four bytes of the hash of "transfer(address,uint256)"; a log of "Sold(address
 * indexed buyer,uint256 price)" has the whole hash as its first topic, unless " anonymous" follows.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/abi-value.h"

G_BEGIN_DECLS

#define GM_ABI_SELECTOR_BYTES 4

typedef struct
{
  char *name;
  GmAbiType *inputs;  /* a tuple */
  GmHash hash;        /* of the text without names */
  gboolean anonymous; /* an event without its hash in the topics */
} GmAbiSignature;

GmAbiSignature *gm_abi_signature_parse (const char *text, GError **error);
void gm_abi_signature_free (GmAbiSignature *self);
char *gm_abi_signature_dup_text (const GmAbiSignature *self); /* without names */

GBytes *gm_abi_signature_encode_call (const GmAbiSignature *self, const GmAbiValue *inputs);
gboolean gm_abi_signature_is_call (const GmAbiSignature *self, GBytes *data); /* by its selector */

/* The arguments, when @data is a call exactly as encode_call() writes it: nothing is hidden between
 * or after them. Also for the data of a custom error. */
GmAbiValue *gm_abi_signature_decode_call (const GmAbiSignature *self, GBytes *data, GError **error);

/* The event's values in order. Those that gm_abi_value_is_hashed() and are indexed are a word, the
 * hash. NOT_FOUND when the log is of another event; BAD_DATA also when it has more than them. */
GmAbiValue *gm_abi_signature_decode_log (const GmAbiSignature *self,
                                         const GmHash *topics,
                                         guint n_topics,
                                         GBytes *data,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAbiSignature, gm_abi_signature_free)

G_END_DECLS
