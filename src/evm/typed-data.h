/* typed-data.h - EIP-712 digests of typed data in its JSON form (eth_signTypedData_v4).
 *
 *   { "types": { "EIP712Domain": […], … }, "primaryType": "…", "domain": {…}, "message": {…} }
 *
 * Integers are decimal or 0x strings or JSON integers; bytes and addresses are 0x strings. A member
 * of the message that its type does not name, or the reverse, is BAD_DATA: nothing is signed
 * unseen.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GM_TYPED_DATA_MAX_DEPTH 16 /* of structs and arrays */
#define GM_TYPED_DATA_MAX_TYPES 64

/* keccak256 (0x1901 ‖ domainSeparator ‖ hashStruct (message)) */
gboolean gm_typed_data_digest (JsonObject *typed_data, GmHash *out, GError **error);
gboolean gm_typed_data_domain (JsonObject *typed_data, GmHash *separator, GError **error);
gboolean gm_typed_data_struct (JsonObject *types,
                               const char *type,
                               JsonObject *message,
                               GmHash *out,
                               GError **error);
char *gm_typed_data_encode_type (JsonObject *types, const char *type, GError **error);

G_END_DECLS
