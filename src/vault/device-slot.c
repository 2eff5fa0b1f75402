/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/device-slot.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/json.h"
#include "crypto/subkey.h"

#define KIND      "device"
#define CONTEXT   "gotmusic/keystore/2/device"
#define BOX_BYTES (24 + 32 + 16) /* nonce, master key, tag */
#define N_MEMBERS 2

JsonObject *
gm_device_slot_new (GmSecret *master, GmSecret *device_key)
{
  JsonObject *slot = json_object_new ();
  g_autoptr (GBytes) box = gm_subkey_seal (device_key, CONTEXT, master);
  g_autofree char *hex = gm_hex_encode (g_bytes_get_data (box, NULL), g_bytes_get_size (box));

  json_object_set_string_member (slot, "kind", KIND);
  json_object_set_string_member (slot, "box", hex);
  return slot;
}

gboolean
gm_device_slot_is_one (JsonObject *slot)
{
  const char *kind = gm_json_text (slot, "kind", NULL);

  return kind != NULL && strcmp (kind, KIND) == 0;
}

static GBytes *
read_box (JsonObject *slot, GError **error)
{
  const char *hex = gm_json_text (slot, "box", error);
  g_autoptr (GBytes) box = hex != NULL ? gm_hex_decode_bytes (hex, BOX_BYTES, error) : NULL;

  if (box == NULL)
    return NULL;
  if (!gm_device_slot_is_one (slot) || json_object_get_size (slot) != N_MEMBERS ||
      g_bytes_get_size (box) != BOX_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "not a slot of a device");
  return g_steal_pointer (&box);
}

gboolean
gm_device_slot_check (JsonObject *slot, GError **error)
{
  g_autoptr (GBytes) box = read_box (slot, error);

  return box != NULL;
}

GmSecret *
gm_device_slot_open (JsonObject *slot, GmSecret *device_key, GError **error)
{
  g_autoptr (GBytes) box = read_box (slot, error);
  GmSecret *master = NULL;

  if (box == NULL)
    return NULL;
  if (gm_secret_length (device_key) == GM_DEVICE_SLOT_KEY_BYTES)
    master = gm_subkey_open (device_key, CONTEXT, box, NULL);
  return master != NULL ? master
                        : gm_fail_null (error, GM_ERROR_DENIED,
                                        _ ("This machine opens the wallet no more: the password "
                                           "does"));
}
