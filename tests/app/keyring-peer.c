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

/* The other half of the keyring's dialogs: gcr asks who owns this name to show them. */

#define PROMPTER      "org.gnome.keyring.SystemPrompter"
#define PROMPTER_PATH "/org/gnome/keyring/Prompter"
#define INTERFACE     "org.gnome.keyring.internal.Prompter"
#define CALLBACK      "org.gnome.keyring.internal.Prompter.Callback"

static const char description[] =
    "<node><interface name='org.gnome.keyring.internal.Prompter'>"
    "<method name='BeginPrompting'><arg type='o' direction='in'/></method>"
    "<method name='PerformPrompt'><arg type='o' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='s' direction='in'/></method>"
    "<method name='StopPrompting'><arg type='o' direction='in'/></method></interface></node>";

static struct
{
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  guint dismissed;
  gint ready; /* atomic */
} prompter;

static void
answer (GDBusConnection *connection, const char *to, GVariant *arguments, const char *reply)
{
  g_autofree char *path = NULL;

  g_variant_get_child (arguments, 0, "o", &path);
  g_dbus_connection_call (connection, to, path, CALLBACK,
                          reply != NULL ? "PromptReady" : "PromptDone",
                          reply != NULL ? g_variant_new ("(sa{sv}s)", reply, NULL, "") : NULL, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
on_prompt (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *arguments,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  g_dbus_method_invocation_return_value (invocation, NULL);
  if (g_str_equal (method, "BeginPrompting"))
    answer (connection, sender, arguments, "");
  else if (g_str_equal (method, "StopPrompting"))
    answer (connection, sender, arguments, NULL);
  else
    {
      prompter.dismissed++;
      answer (connection, sender, arguments, "no");
    }
}

static gpointer
run_prompter (gpointer unused)
{
  static const GDBusInterfaceVTable table = { .method_call = on_prompt };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (description, NULL);
  g_autoptr (GDBusConnection) own = NULL;
  g_autoptr (GVariant) owned = NULL;

  g_main_context_push_thread_default (prompter.context);
  own = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                    G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, NULL);
  g_assert_cmpuint (g_dbus_connection_register_object (own, PROMPTER_PATH, node->interfaces[0],
                                                       &table, NULL, NULL, NULL),
                    >, 0);
  owned = g_dbus_connection_call_sync (
      own, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
      g_variant_new ("(su)", PROMPTER, 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (owned);
  g_atomic_int_set (&prompter.ready, 1);
  g_main_loop_run (prompter.loop);
  g_dbus_connection_close_sync (own, NULL, NULL);
  g_main_context_pop_thread_default (prompter.context);
  return NULL;
}

void
keyring_peer_dismiss_start (void)
{
  prompter.context = g_main_context_new ();
  prompter.loop = g_main_loop_new (prompter.context, FALSE);
  prompter.dismissed = 0;
  prompter.thread = g_thread_new ("prompter", run_prompter, NULL);
  while (!g_atomic_int_get (&prompter.ready))
    g_thread_yield ();
}

guint
keyring_peer_dismiss_stop (void)
{
  g_main_loop_quit (prompter.loop);
  g_thread_join (prompter.thread);
  g_main_loop_unref (prompter.loop);
  g_main_context_unref (prompter.context);
  prompter.ready = 0;
  return prompter.dismissed;
}
