/* abi-type.h - types of the contract ABI as text and as a tree.
 *
 * Source: Solidity documentation, Contract ABI Specification. "(address,uint256[2],string)[]" is an
 * array of tuples. Members may have names, which are no part of the type: "(address to,uint256)".
 * uint and int mean 256 bits; fixed-point types are refused, no compiler can pass them on.
 *
 * Limits, because types may come from outside: GM_ABI_TYPE_MAX_…; T[k] has at least one element
 * and an inner tuple at least one member, so no value is without bytes in the encoding.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_ABI_TYPE_MAX_DEPTH 16 /* of arrays and tuples */
#define GM_ABI_TYPE_MAX_PARTS 256
#define GM_ABI_TYPE_MAX_HEAD  (1024 * 1024) /* bytes */

typedef enum
{
  GM_ABI_UINT,
  GM_ABI_INT,
  GM_ABI_BOOL,
  GM_ABI_ADDRESS,
  GM_ABI_FIXED_BYTES, /* bytes1 … bytes32 */
  GM_ABI_FUNCTION,    /* an address and a selector, 24 bytes */
  GM_ABI_BYTES,
  GM_ABI_STRING,
  GM_ABI_ARRAY, /* T[k] and T[] */
  GM_ABI_TUPLE,
} GmAbiKind;

typedef struct
{
  GmAbiKind kind;
  guint size;       /* bits of a number, bytes of fixed bytes, elements of T[k]; else 0 */
  gboolean dynamic; /* its head is an offset */
  gsize head_bytes; /* what it takes in a list of heads */
  guint depth;      /* levels of arrays and tuples */
  GPtrArray *parts; /* the element of an array, the members of a tuple */
  char *name;       /* (nullable) */
  gboolean indexed; /* of an event's member */
} GmAbiType;

GmAbiType *gm_abi_type_parse (const char *text, GError **error);
void gm_abi_type_free (GmAbiType *self);

/* Without names and spaces: what selectors and topics are made of. */
char *gm_abi_type_dup_text (const GmAbiType *self);

/* The type of element or member @i. */
const GmAbiType *gm_abi_type_part (const GmAbiType *self, guint i);

gboolean gm_abi_type_is_identifier (const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmAbiType, gm_abi_type_free)

G_END_DECLS
