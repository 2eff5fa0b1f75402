/* abi-json.h - values of the contract ABI as JSON, by their type.
 *
 *   uintN, intN           decimal text; 0x text and integers up to 53 bits are read too
 *   address               text with checksum
 *   bytes, bytesN         0x text
 *   bool, string          true, text
 *   arrays and tuples     arrays
 *   hashed values of events   0x text of the hash, written only
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/abi-value.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

GmAbiValue *gm_abi_json_parse (const GmAbiType *type, JsonNode *node, GError **error);
JsonNode *gm_abi_json_encode (const GmAbiType *type, const GmAbiValue *value);

/* A single value as text, the same as in JSON; "true" and "false". */
char *gm_abi_json_dup_text (const GmAbiType *type, const GmAbiValue *value);

G_END_DECLS
