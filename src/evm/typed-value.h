/* typed-value.h - single values of EIP-712: every type that is neither a struct nor an array.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The 32-byte word of encodeData; BAD_DATA when @node is no value of the type. */
typedef gboolean (*GmTypedValueEncode) (JsonNode *node, guint size, GmHash *word, GError **error);

/* How @type is encoded, NULL when it is no single value; @size is the N of uintN, intN (bits) or
 * bytesN (bytes), to be handed on. */
GmTypedValueEncode gm_typed_value_find (const char *type, guint *size);

G_END_DECLS
