/* rpc-value.h - the values of Ethereum's JSON-RPC: quantities, data, hashes, and what a refusal
 * says.
 *
 * Source: Ethereum execution APIs. A quantity is 0x and hexadecimal digits without leading zeros;
 * data is 0x and two digits a byte. BAD_DATA otherwise: it is a node that talks nonsense.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "base/u256.h"

G_BEGIN_DECLS

gboolean gm_rpc_value_u256 (JsonNode *node, GmU256 *out, GError **error);
gboolean gm_rpc_value_u64 (JsonNode *node, guint64 *out, GError **error);
gboolean gm_rpc_value_hash (JsonNode *node, GmHash *out, GError **error);
gboolean gm_rpc_value_address (JsonNode *node, GmAddress *out, GError **error);
GBytes *gm_rpc_value_bytes (JsonNode *node, gsize max_bytes, GError **error);

char *gm_rpc_value_dup_quantity (const GmU256 *value);

/* Sets @error from an error object, with the reason of a revert when the contract gave one. */
void gm_rpc_value_set_refusal (JsonNode *refusal, const char *host, GError **error);
/* Whether such an @error says that the node has this very transaction already. */
gboolean gm_rpc_value_is_known (const GError *error);

G_END_DECLS
