/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-peer.h"

#include <string.h>

#define PASSWORD "a password of this run\n" /* of tools/run-headless */

static GVariant *
call (const char *name, const char *path, const char *method, GVariant *arguments)
{
  const char *dot = strrchr (method, '.');
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *interface = g_strndup (method, (gsize) (dot - method));

  return g_dbus_connection_call_sync (bus, name, path, interface, dot + 1, arguments, NULL,
                                      G_DBUS_CALL_FLAGS_NONE, 10000, NULL, NULL);
}

gboolean
keyring_peer_is_there (void)
{
  g_autoptr (GVariant) owner = call ("org.freedesktop.DBus", "/org/freedesktop/DBus",
                                     "org.freedesktop.DBus.GetNameOwner",
                                     g_variant_new ("(s)", "org.freedesktop.secrets"));

  return owner != NULL;
}

void
keyring_peer_lock (void)
{
  static const char *const paths[] = { "/org/freedesktop/secrets/aliases/default", NULL };
  g_autoptr (GVariant) locked = call ("org.freedesktop.secrets", "/org/freedesktop/secrets",
                                      "org.freedesktop.Secret.Service.Lock",
                                      g_variant_new ("(^ao)", paths));

  g_assert_nonnull (locked);
}

/* What the keyring's own dialog does with the password. */
void
keyring_peer_unlock (void)
{
  g_autoptr (GVariant) session = call ("org.freedesktop.secrets", "/org/freedesktop/secrets",
                                       "org.freedesktop.Secret.Service.OpenSession",
                                       g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_autoptr (GVariant) unlocked = NULL;
  const char *path;

  g_assert_nonnull (session);
  g_variant_get (session, "(v&o)", NULL, &path);
  unlocked = call (
      "org.freedesktop.secrets", "/org/freedesktop/secrets",
      "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface.UnlockWithMasterPassword",
      g_variant_new (
          "(o(o@ay@ays))", "/org/freedesktop/secrets/aliases/default", path,
          g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
          g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, PASSWORD, strlen (PASSWORD), 1),
          "text/plain"));
  g_assert_nonnull (unlocked);
}
