/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/device-key.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "base/error.h"
#include "vault/device-slot.h"

static const SecretSchema schema = { GM_APP_ID ".DeviceKey",
                                     SECRET_SCHEMA_NONE,
                                     { { "folder", SECRET_SCHEMA_ATTRIBUTE_STRING }, { 0 } } };

/* Asking without a bus would try to start one. */
static gboolean
has_bus (void)
{
  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL;
}

/* Why the keyring did not do it, for the middle of a sentence. */
static char *
dup_reason (const GError *problem)
{
  g_autoptr (GError) own = problem != NULL ? g_error_copy (problem) : NULL;

  if (!has_bus () || g_error_matches (own, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (own, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    return g_strdup (_ ("none runs on this computer"));
  if (own == NULL || g_error_matches (own, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return g_strdup (_ ("it is locked or was emptied"));
  g_dbus_error_strip_remote_error (own);
  return g_strdup (own->message);
}

static GmSecret *
look_up (const char *folder, GCancellable *cancellable, GError **error)
{
  SecretValue *value = has_bus () ? secret_password_lookup_binary_sync (&schema, cancellable, error,
                                                                        "folder", folder, NULL)
                                  : NULL;
  GmSecret *key = NULL;
  const char *data;
  gsize length;

  if (value == NULL)
    return NULL;
  data = secret_value_get (value, &length);
  if (length == GM_DEVICE_SLOT_KEY_BYTES)
    key = gm_secret_new_copy ((const guint8 *) data, length);
  secret_value_unref (value);
  return key;
}

static gboolean
store (const char *folder, GmSecret *key, GCancellable *cancellable, GError **error)
{
  SecretValue *value;
  g_autoptr (GmSecret) again = NULL;
  gboolean stored;

  if (!has_bus ())
    return FALSE;
  value = secret_value_new ((const char *) gm_secret_open (key), GM_DEVICE_SLOT_KEY_BYTES,
                            "application/octet-stream");
  gm_secret_close (key);
  stored = secret_password_store_binary_sync (&schema, SECRET_COLLECTION_DEFAULT,
                                              _ ("GotMusic wallet"), value, cancellable, error,
                                                 "folder", folder, NULL);
  secret_value_unref (value);
  again = stored ? look_up (folder, cancellable, NULL) : NULL;
  return again != NULL && gm_secret_equal (again, key);
}

static void
clear (const char *folder, GCancellable *cancellable)
{
  if (has_bus ())
    secret_password_clear_sync (&schema, cancellable, NULL, "folder", folder, NULL);
}

static gboolean
set_device (GmKeystore *keystore, GmSecret *master, gpointer device_key, GError **error)
{
  return gm_keystore_set_device (keystore, master, device_key, error);
}

gboolean
gm_device_key_remember (GmVault *vault,
                        const char *folder,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GmSecret) key = gm_secret_new_random (GM_DEVICE_SLOT_KEY_BYTES);
  g_autoptr (GmSecret) before = NULL;
  g_autoptr (GError) problem = NULL;

  if (gm_vault_state (vault) != GM_VAULT_UNLOCKED)
    return gm_fail (error, GM_ERROR_LOCKED, _ ("The wallet is locked"));
  before = look_up (folder, cancellable, NULL);
  if (!store (folder, key, cancellable, &problem))
    {
      g_autofree char *reason = dup_reason (problem);

      return gm_fail (
          error, GM_ERROR_DENIED,
          _ ("The keyring does not keep a key for this wallet (%s). Nothing was changed"), reason);
    }
  if (gm_vault_use (vault, set_device, key, error))
    return TRUE;
  if (before == NULL || !store (folder, before, cancellable, NULL))
    clear (folder, cancellable);
  return FALSE;
}

gboolean
gm_device_key_unlock (GmVault *vault, const char *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GmSecret) key = NULL;

  if (!gm_vault_has_device (vault))
    return gm_fail (error, GM_ERROR_NOT_FOUND, _ ("Only the password opens this wallet"));
  key = look_up (folder, cancellable, &problem);
  if (key == NULL)
    {
      g_autofree char *reason = dup_reason (problem);

      return gm_fail (error, GM_ERROR_DENIED,
                      _ ("The keyring does not give the key of this machine (%s). Your password "
                         "opens the wallet"),
                         reason);
    }
  return gm_vault_unlock_device (vault, key, error);
}

gboolean
gm_device_key_forget (GmVault *vault, const char *folder, GCancellable *cancellable, GError **error)
{
  if (!gm_vault_use (vault, set_device, NULL, error))
    return FALSE;
  clear (folder, cancellable);
  return TRUE;
}
