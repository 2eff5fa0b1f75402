/* wire.h - typed members of our signed JSON formats: hashes, addresses, bytes, signatures.
 *
 * Readers answer BAD_DATA naming the member. Bytes are 0x and lower-case digits, addresses have
 * their checksum, so a value has one spelling and encode (parse (x)) = x can be asked for.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/json.h"
#include "evm/signature.h"

G_BEGIN_DECLS

#define GM_WIRE_MAX_INT G_GINT64_CONSTANT (9007199254740991) /* 2^53 - 1 (RFC 7493) */

gboolean gm_wire_address (JsonObject *object, const char *member, GmAddress *out, GError **error);
gboolean
gm_wire_signature (JsonObject *object, const char *member, GmSignature *out, GError **error);
/* A JSON integer, or decimal digits as text. */
gboolean gm_wire_uint (JsonObject *object, const char *member, guint64 *out, GError **error);
/* A JSON integer from 0 to @most. */
gboolean
gm_wire_count (JsonObject *object, const char *member, gint64 most, gint64 *out, GError **error);
/* The same, for a chain id. */
gboolean gm_wire_chain_id (JsonObject *object, const char *member, guint64 *out, GError **error);
gboolean gm_wire_is_version (JsonObject *object, gint64 version, GError **error); /* member "v" */
GBytes *gm_wire_bytes (JsonObject *object, const char *member, gsize max_bytes, GError **error);
char *gm_wire_dup_text (JsonObject *object, const char *member, gsize max_bytes, GError **error);

void gm_wire_set_hash (JsonObject *object, const char *member, const GmHash *value);
void gm_wire_set_address (JsonObject *object, const char *member, const GmAddress *value);
/* Decimal digits as text. */
void gm_wire_set_uint (JsonObject *object, const char *member, guint64 value);
void gm_wire_set_signature (JsonObject *object, const char *member, const GmSignature *value);
void gm_wire_set_bytes (JsonObject *object, const char *member, GBytes *value);

/* Canonical JSON (RFC 8785) of what we built ourselves; @hash (nullable) is its SHA-256. Takes
 * @object. */
GBytes *gm_wire_encode (JsonObject *object, GmHash *hash);
/* BAD_DATA unless both have the same members and values, whatever their order and white space. */
gboolean gm_wire_is_same (JsonObject *given, JsonObject *encoded, GError **error);

G_END_DECLS
