/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/away.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <poll.h>
#include <unistd.h>

#include "app/account.h"
#include "session-scene.h"
#include "vault/sealed.h"

/* A logind that can be made to sleep, and the screen savers of all desktops, on a bus of our own.
 */

#define LOGIND  "org.freedesktop.login1"
#define MANAGER "org.freedesktop.login1.Manager"
#define PATH    "/org/freedesktop/login1"
#define OURS    "/org/freedesktop/login1/session/_32"
#define OTHER   "/org/freedesktop/login1/session/_33"

static const char description[] =
    "<node><interface name='org.freedesktop.login1.Manager'>"
    "<method name='GetSession'><arg type='s' direction='in'/><arg type='o' "
    "direction='out'/></method>"
    "<method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='h' direction='out'/>"
    "</method></interface></node>";

static const char *const names[] = { LOGIND,
                                     "org.freedesktop.ScreenSaver",
                                     "org.gnome.ScreenSaver",
                                     "org.cinnamon.ScreenSaver",
                                     "org.mate.ScreenSaver",
                                     "org.xfce.ScreenSaver" };

static GDBusConnection *desktop;  /* has all names */
static GDBusConnection *stranger; /* has none */
static guint n_delays;
static int delay = -1; /* our end: hangs up when the other lets go */

typedef struct
{
  GmWorker *io;
  GmAway *away;
  guint n_away;
  gboolean waited; /* the machine still waited while it was said */
} Scene;

static gboolean
is_let_go (gpointer unused)
{
  struct pollfd end = { .fd = delay };

  return poll (&end, 1, 0) == 1 && (end.revents & POLLHUP) != 0;
}

static void
answer_inhibit (GDBusMethodInvocation *invocation, GVariant *arguments)
{
  g_autoptr (GUnixFDList) files = NULL;
  const char *what, *mode;
  int ends[2];

  g_variant_get (arguments, "(&s&s&s&s)", &what, NULL, NULL, &mode);
  g_assert_cmpstr (what, ==, "sleep");
  g_assert_cmpstr (mode, ==, "delay");
  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  if (delay >= 0)
    close (delay);
  delay = ends[0];
  files = g_unix_fd_list_new_from_array (&ends[1], 1);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0),
                                                           files);
  n_delays++;
}

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *arguments,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  if (g_str_equal (method, "Inhibit"))
    answer_inhibit (invocation, arguments);
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", OURS));
}

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
          G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
own_names (void)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (description, NULL);

  g_assert_cmpuint (g_dbus_connection_register_object (desktop, PATH, node->interfaces[0], &table,
                                                       NULL, NULL, NULL),
                    >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GVariant) owned = g_dbus_connection_call_sync (
          desktop, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
          "RequestName", g_variant_new ("(su)", names[i], 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
          NULL, NULL);

      g_assert_nonnull (owned);
    }
}

static void
emit (GDBusConnection *from,
      const char *path,
      const char *interface,
      const char *name,
      GVariant *arguments)
{
  g_assert_true (
      g_dbus_connection_emit_signal (from, NULL, path, interface, name, arguments, NULL));
  g_assert_true (g_dbus_connection_flush_sync (from, NULL, NULL));
}

static void
sleeps (GDBusConnection *from, gboolean yes)
{
  emit (from, PATH, MANAGER, "PrepareForSleep", g_variant_new ("(b)", yes));
}

static void
on_away (Scene *self)
{
  self->n_away++;
  self->waited = !is_let_go (NULL);
}

/* It asks to be waited for after it began to listen. */
static gboolean
listens (gpointer unused)
{
  return n_delays == 1;
}

static void
set_up (Scene *self, gconstpointer unused)
{
  n_delays = 0;
  self->io = gm_worker_new ("io", 1);
  self->away = gm_away_new (self->io);
  g_signal_connect_swapped (self->away, "away", G_CALLBACK (on_away), self);
  session_scene_wait (listens, NULL);
}

static void
tear_down (Scene *self, gconstpointer unused)
{
  g_assert_finalize_object (self->away);
  gm_worker_free (self->io);
  session_scene_wait (is_let_go, NULL); /* nobody keeps the machine awake */
}

static gboolean
was_said (gpointer data)
{
  Scene *self = data;

  return self->n_away > 0;
}

/* Signals come in order: what was sent before was not heard if only this one is. */
static void
assert_only_this_is_heard (Scene *self)
{
  emit (desktop, OURS, "org.freedesktop.login1.Session", "Lock", NULL);
  session_scene_wait (was_said, self);
  g_assert_cmpuint (self->n_away, ==, 1);
  self->n_away = 0;
}

static gboolean
has_two_delays (gpointer unused)
{
  return n_delays == 2;
}

static void
the_machine_sleeps_after_it_was_said (Scene *self, gconstpointer unused)
{
  g_assert_false (is_let_go (NULL));
  sleeps (desktop, TRUE);
  session_scene_wait (was_said, self);
  g_assert_true (self->waited);
  session_scene_wait (is_let_go, NULL);

  sleeps (desktop, FALSE); /* awake again: the next time it waits too */
  session_scene_wait (has_two_delays, NULL);
  g_assert_cmpuint (self->n_away, ==, 1);
  g_assert_false (is_let_go (NULL));
  sleeps (desktop, TRUE);
  session_scene_wait (is_let_go, NULL);
  g_assert_cmpuint (self->n_away, ==, 2);
}

static void
a_locked_session_is_said (Scene *self, gconstpointer unused)
{
  emit (desktop, OTHER, "org.freedesktop.login1.Session", "Lock", NULL); /* somebody else's */
  emit (desktop, OURS, "org.freedesktop.login1.Session", "Unlock", NULL);
  assert_only_this_is_heard (self);
}

static void
change_property (const char *path, const char *name, gboolean value)
{
  GVariantBuilder changed;

  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", name, g_variant_new_boolean (value));
  emit (desktop, path, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new ("(sa{sv}as)", "org.freedesktop.login1.Session", &changed, NULL));
}

static void
a_locked_screen_is_said (Scene *self, gconstpointer unused)
{
  change_property (OURS, "LockedHint", FALSE);
  change_property (OURS, "IdleHint", TRUE);
  change_property (OTHER, "LockedHint", TRUE);
  assert_only_this_is_heard (self);
  change_property (OURS, "LockedHint", TRUE);
  session_scene_wait (was_said, self);
}

/* Also on the session bus, which here is the same one. */
static void
every_screen_saver_is_heard (Scene *self, gconstpointer unused)
{
  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    {
      emit (desktop, "/ScreenSaver", names[i], "ActiveChanged", g_variant_new ("(b)", FALSE));
      emit (desktop, "/ScreenSaver", names[i], "ActiveChanged", g_variant_new ("(b)", TRUE));
      session_scene_wait (was_said, self);
      g_assert_cmpuint (self->n_away, ==, 1);
      self->n_away = 0;
    }
}

static void
nonsense_is_not_heard (Scene *self, gconstpointer unused)
{
  emit (desktop, PATH, MANAGER, "PrepareForSleep", g_variant_new ("(s)", "yes"));
  emit (desktop, PATH, MANAGER, "PrepareForSleep", NULL);
  emit (desktop, "/", names[1], "ActiveChanged", g_variant_new ("(u)", 1));
  emit (desktop, OURS, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new ("(s)", "LockedHint"));
  assert_only_this_is_heard (self);
}

static void
no_stranger_is_heard (Scene *self, gconstpointer unused)
{
  sleeps (stranger, TRUE);
  emit (stranger, OURS, "org.freedesktop.login1.Session", "Lock", NULL);
  emit (stranger, "/", names[2], "ActiveChanged", g_variant_new ("(b)", TRUE));
  g_dbus_connection_call_sync (stranger, "org.freedesktop.DBus", "/", "org.freedesktop.DBus.Peer",
                               "Ping", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  assert_only_this_is_heard (self);
}

static void
on_done (gpointer owner, gpointer result, const GError *error)
{
}

static gboolean
is_unlocked (gpointer account)
{
  return !gm_account_is_locked (account);
}

static gboolean
is_locked (gpointer account)
{
  return gm_account_is_locked (account);
}

/* The whole way: a person's wallet, unlocked, and the machine that sleeps. */
static void
the_wallet_is_locked_before_sleep (void)
{
  static const GmSealedCost cheap = { 64 * 1024, 1 };
  SessionScene *scene;
  GmAccount *account;
  g_autoptr (GmSecret) words = gm_account_make_words (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse battery");

  gm_sealed_set_cost_for_test (&cheap);
  n_delays = 0;
  scene = session_scene_new ();
  account = gm_session_get_account (scene->session);
  gm_account_create (account, words, password, G_OBJECT (scene->session), on_done);
  session_scene_wait (is_unlocked, account);
  session_scene_wait (listens, NULL);
  sleeps (desktop, TRUE);
  session_scene_wait (is_let_go, NULL);
  g_assert_true (is_locked (account));
  session_scene_free (scene);
}

#define ADD(name, test) g_test_add (name, Scene, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (GTestDBus) bus = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
  desktop = connect_to (bus);
  stranger = connect_to (bus);
  own_names ();

  ADD ("/away/the-machine-sleeps-after-it-was-said", the_machine_sleeps_after_it_was_said);
  ADD ("/away/a-locked-session-is-said", a_locked_session_is_said);
  ADD ("/away/a-locked-screen-is-said", a_locked_screen_is_said);
  ADD ("/away/every-screen-saver-is-heard", every_screen_saver_is_heard);
  ADD ("/away/nonsense-is-not-heard", nonsense_is_not_heard);
  ADD ("/away/no-stranger-is-heard", no_stranger_is_heard);
  g_test_add_func ("/away/the-wallet-is-locked-before-sleep", the_wallet_is_locked_before_sleep);
  status = g_test_run ();

  g_object_unref (desktop);
  g_object_unref (stranger);
  g_test_dbus_stop (bus);
  return status;
}
