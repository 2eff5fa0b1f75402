/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/away.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define LOGIND      "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define MANAGER     "org.freedesktop.login1.Manager"
#define SESSION     "org.freedesktop.login1.Session"
#define PROPERTIES  "org.freedesktop.DBus.Properties"
#define CALL_MS     5000

/* Each desktop has its own; name and interface are one. */
static const char *const savers[] = {
  "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver",
  "org.mate.ScreenSaver",        "org.xfce.ScreenSaver",
};

struct _GmAway
{
  GObject parent;
  GmWorker *io;
  GDBusConnection *system; /* (nullable) until it was asked, or where there is none */
  GDBusConnection *session;
  GArray *subscriptions; /* Subscription */
  int delay;             /* while it is open, sleep waits for us; or -1 */
  gboolean sleeping;
};

G_DEFINE_FINAL_TYPE (GmAway, gm_away, G_TYPE_OBJECT)

static guint away_signal;

typedef struct
{
  GDBusConnection *bus;
  guint id;
} Subscription;

/* What a worker found; each may be missing. */
typedef struct
{
  GDBusConnection *system;
  GDBusConnection *session;
  char *login; /* path of this login session */
  int delay;
} Buses;

static void
close_delay (int *delay)
{
  int open = g_steal_fd (delay);

  if (open >= 0)
    close (open);
}

static Buses *
buses_new (GDBusConnection *system)
{
  Buses *buses = g_new0 (Buses, 1);

  buses->system = system != NULL ? g_object_ref (system) : NULL;
  buses->delay = -1;
  return buses;
}

static void
buses_free (gpointer data)
{
  Buses *buses = data;

  g_clear_object (&buses->system);
  g_clear_object (&buses->session);
  close_delay (&buses->delay);
  g_free (buses->login);
  g_free (buses);
}

static GVariant *
ask_logind (GDBusConnection *system,
            const char *method,
            GVariant *arguments,
            GUnixFDList **files,
            GCancellable *cancellable)
{
  return g_dbus_connection_call_with_unix_fd_list_sync (
      system, LOGIND, LOGIND_PATH, MANAGER, method, arguments, NULL,
      G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_MS, NULL, files, cancellable, NULL);
}

static int
take_delay (GDBusConnection *system, GCancellable *cancellable)
{
  g_autoptr (GUnixFDList) files = NULL;
  g_autoptr (GVariant) answer = NULL;
  gint32 handle;

  answer = ask_logind (
      system, "Inhibit",
      g_variant_new ("(ssss)", "sleep", "GotMusic", _ ("The wallet is being locked"), "delay"),
                     &files, cancellable);
  if (answer == NULL || files == NULL || !g_variant_is_of_type (answer, G_VARIANT_TYPE ("(h)")))
    return -1;
  g_variant_get (answer, "(h)", &handle);
  return g_unix_fd_list_get (files, handle, NULL);
}

/* Also for a process that a service manager started, outside of the session. */
static char *
find_login (GDBusConnection *system, GCancellable *cancellable)
{
  g_autoptr (GVariant) answer = ask_logind (system, "GetSession", g_variant_new ("(s)", "auto"),
                                            NULL, cancellable);
  char *path = NULL;

  if (answer != NULL && g_variant_is_of_type (answer, G_VARIANT_TYPE ("(o)")))
    g_variant_get (answer, "(o)", &path);
  return path;
}

static gpointer
look_up (gpointer input, GCancellable *cancellable, GError **error)
{
  Buses *buses = buses_new (NULL);

  buses->system = g_bus_get_sync (G_BUS_TYPE_SYSTEM, cancellable, NULL);
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL) /* else asking would try to start one */
    buses->session = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL);
  if (buses->system != NULL)
    {
      g_dbus_connection_set_exit_on_close (buses->system, FALSE);
      buses->login = find_login (buses->system, cancellable);
    }
  return buses;
}

static gpointer
look_up_delay (gpointer input, GCancellable *cancellable, GError **error)
{
  Buses *buses = buses_new (input);

  buses->delay = take_delay (buses->system, cancellable);
  return buses;
}

static void
delay_taken (gpointer owner, gpointer result, const GError *error)
{
  GmAway *self = owner;
  Buses *buses = result;

  if (buses == NULL || self->sleeping)
    return;
  close_delay (&self->delay);
  self->delay = g_steal_fd (&buses->delay);
}

static void
ask_for_delay (GmAway *self)
{
  gm_worker_run (self->io, &(GmCall){ .owner = G_OBJECT (self),
                                      .work = look_up_delay,
                                      .input = g_object_ref (self->system),
                                      .free_input = g_object_unref,
                                      .free_result = buses_free,
                                      .done = delay_taken });
}

static void
on_sleep (GDBusConnection *bus,
          const char *sender,
          const char *path,
          const char *interface,
          const char *name,
          GVariant *arguments,
          gpointer data)
{
  GmAway *self = data;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (arguments, "(b)", &self->sleeping);
  if (!self->sleeping)
    {
      ask_for_delay (self);
      return;
    }
  g_signal_emit (self, away_signal, 0);
  close_delay (&self->delay);
}

static void
on_lock (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *name,
         GVariant *arguments,
         gpointer data)
{
  g_signal_emit (data, away_signal, 0);
}

/* The desktop says that its own screen is locked. */
static void
on_properties (GDBusConnection *bus,
               const char *sender,
               const char *path,
               const char *interface,
               const char *name,
               GVariant *arguments,
               gpointer data)
{
  g_autoptr (GVariant) changed = NULL;
  gboolean locked;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  changed = g_variant_get_child_value (arguments, 1);
  if (g_variant_lookup (changed, "LockedHint", "b", &locked) && locked)
    g_signal_emit (data, away_signal, 0);
}

static void
on_saver (GDBusConnection *bus,
          const char *sender,
          const char *path,
          const char *interface,
          const char *name,
          GVariant *arguments,
          gpointer data)
{
  gboolean active;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (arguments, "(b)", &active);
  if (active)
    g_signal_emit (data, away_signal, 0);
}

typedef struct
{
  const char *sender, *interface, *member, *path;
  GDBusSignalCallback callback;
} Wish;

static void
subscribe (GmAway *self, GDBusConnection *bus, const Wish *wish)
{
  const Subscription subscription = { bus, g_dbus_connection_signal_subscribe (
                                               bus, wish->sender, wish->interface, wish->member,
                                               wish->path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                               wish->callback, self, NULL) };

  g_array_append_val (self->subscriptions, subscription);
}

/* First to hear of it, then to be waited for. */
static void
follow_logind (GmAway *self, const char *login)
{
  subscribe (self, self->system,
             &(Wish){ LOGIND, MANAGER, "PrepareForSleep", LOGIND_PATH, on_sleep });
  if (login != NULL)
    {
      subscribe (self, self->system, &(Wish){ LOGIND, SESSION, "Lock", login, on_lock });
      subscribe (self, self->system,
                 &(Wish){ LOGIND, PROPERTIES, "PropertiesChanged", login, on_properties });
    }
  ask_for_delay (self);
}

static void
looked_up (gpointer owner, gpointer result, const GError *error)
{
  GmAway *self = owner;
  Buses *buses = result;

  if (buses == NULL)
    return;
  self->system = g_steal_pointer (&buses->system);
  self->session = g_steal_pointer (&buses->session);
  for (guint i = 0; self->session != NULL && i < G_N_ELEMENTS (savers); i++)
    subscribe (self, self->session,
               &(Wish){ savers[i], savers[i], "ActiveChanged", NULL, on_saver });
  if (self->system != NULL)
    follow_logind (self, buses->login);
}

static void
finalize (GObject *object)
{
  GmAway *self = GM_AWAY (object);

  for (guint i = 0; i < self->subscriptions->len; i++)
    {
      const Subscription *subscription = &g_array_index (self->subscriptions, Subscription, i);

      g_dbus_connection_signal_unsubscribe (subscription->bus, subscription->id);
    }
  g_array_unref (self->subscriptions);
  g_clear_object (&self->system);
  g_clear_object (&self->session);
  close_delay (&self->delay);
  G_OBJECT_CLASS (gm_away_parent_class)->finalize (object);
}

static void
gm_away_class_init (GmAwayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
  away_signal = g_signal_new ("away", GM_TYPE_AWAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
}

static void
gm_away_init (GmAway *self)
{
  self->delay = -1;
  self->subscriptions = g_array_new (FALSE, FALSE, sizeof (Subscription));
}

GmAway *
gm_away_new (GmWorker *io)
{
  GmAway *self = g_object_new (GM_TYPE_AWAY, NULL);

  self->io = io;
  gm_worker_run (io, &(GmCall){ .owner = G_OBJECT (self),
                                .work = look_up,
                                .free_result = buses_free,
                                .done = looked_up });
  return self;
}
