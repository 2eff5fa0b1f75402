/* json.h - JSON from outside, within limits, and JSON for hashing.
 *
 * Parsing refuses what our formats never contain: more than @max_bytes, deeper than 32 levels, a
 * member given twice, a NUL, text after the value. Canonical text is RFC 8785 (JCS): members sorted
 * by UTF-16 code units, no white space, shortest escapes. Numbers are integers of at most 53 bits:
 * a double is refused, because ours are strings.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "base/bytes.h"

G_BEGIN_DECLS

JsonNode *gm_json_parse (const char *text, gsize length, gsize max_bytes, GError **error);
JsonObject *gm_json_parse_object (GBytes *text, gsize max_bytes, GError **error);

char *gm_json_canonical (JsonNode *node, GError **error);               /* RFC 8785 */
gboolean gm_json_hash (JsonNode *node, GmHash *sha256, GError **error); /* of the canonical text */

/* Typed reads: BAD_DATA names the member when it is absent or of another type. */
const char *gm_json_text (JsonObject *object, const char *member, GError **error);
gboolean gm_json_int (JsonObject *object, const char *member, gint64 *out, GError **error);
JsonObject *gm_json_object (JsonObject *object, const char *member, GError **error);
JsonArray *gm_json_array (JsonObject *object, const char *member, GError **error);
gboolean gm_json_hash_member (JsonObject *object, const char *member, GmHash *out, GError **error);

JsonNode *gm_json_node_take (JsonObject *object); /* steals */

G_END_DECLS
