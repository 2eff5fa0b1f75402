/* device-slot.h - a slot of a keystore that this machine opens by itself (PROTOCOLS A18).
 *
 *   { "kind": "device", "box": "<hex>" }
 *
 * The device key is 32 random bytes that the keyring keeps: never a password, so it is not
 * stretched. box = nonce (24) ‖ ciphertext ‖ tag (16), XChaCha20-Poly1305. Whoever deletes the slot
 * has revoked the key.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "base/secret.h"

G_BEGIN_DECLS

#define GM_DEVICE_SLOT_KEY_BYTES 32

JsonObject *gm_device_slot_new (GmSecret *master, GmSecret *device_key);
gboolean gm_device_slot_is_one (JsonObject *slot);
/* BAD_DATA: not a slot as we write it. */
gboolean gm_device_slot_check (JsonObject *slot, GError **error);
/* DENIED: another key. */
GmSecret *gm_device_slot_open (JsonObject *slot, GmSecret *device_key, GError **error);

G_END_DECLS
