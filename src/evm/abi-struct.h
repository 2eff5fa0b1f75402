/* abi-struct.h - C structs as tuples of the contract ABI, member by member, found by name.
 *
 * A table says which member of a struct is which of a tuple, so a signature is written once, by the
 * compiler of the contract, and a table that does not fit it any more is a bug that shows at once.
 *
 *   static const GmAbiField price_fields[] = {
 *     { "token", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (GmPrice, token) },
 *     { "amount", GM_ABI_FIELD_UNITS, G_STRUCT_OFFSET (GmPrice, units) },
 *     { NULL },
 *   };
 *
 * A field called "" is the member of the same place, whatever its name; some have none.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/abi-value.h"

G_BEGIN_DECLS

typedef enum
{
  GM_ABI_FIELD_HASH,    /* GmHash: bytes32 or uint256 */
  GM_ABI_FIELD_ADDRESS, /* GmAddress */
  GM_ABI_FIELD_U256,    /* GmU256, and the next: of any uint that holds it */
  GM_ABI_FIELD_U64,     /* guint64 */
  GM_ABI_FIELD_UNITS,   /* gint64 from 0: of a token */
  GM_ABI_FIELD_UINT,    /* guint: enums */
  GM_ABI_FIELD_BYTE,    /* guint8 */
  GM_ABI_FIELD_BOOL,    /* gboolean */
  GM_ABI_FIELD_TEXT,    /* char *, owned */
  GM_ABI_FIELD_BYTES,   /* GBytes *, owned */
  GM_ABI_FIELD_STRUCT,  /* a struct in it */
  GM_ABI_FIELD_LIST,    /* GArray * of structs, owned */
} GmAbiFieldKind;

typedef struct _GmAbiField GmAbiField;
struct _GmAbiField
{
  const char *name; /* NULL ends the table */
  GmAbiFieldKind kind;
  gsize offset;
  const GmAbiField *members; /* of STRUCT and LIST */
  gsize size;                /* of an element of LIST, bytes */
};

/* Each member of @tuple has a field of a kind it can be, and there are no more. */
gboolean gm_abi_struct_fits (const GmAbiType *tuple, const GmAbiField *fields);

/* Both need fields that fit. BAD_DATA: a number too large for its member, or for ours. On failure
 * @out, zeros before, is partly set and must be cleared. */
GmAbiValue *gm_abi_struct_encode (const GmAbiType *tuple,
                                  const GmAbiField *fields,
                                  gconstpointer self,
                                  GError **error);
gboolean gm_abi_struct_decode (const GmAbiType *tuple,
                               const GmAbiField *fields,
                               const GmAbiValue *value,
                               gpointer out,
                               GError **error);
void gm_abi_struct_clear (const GmAbiField *fields, gpointer self); /* frees what it owns */

G_END_DECLS
