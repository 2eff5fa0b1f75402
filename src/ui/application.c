/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application.h"

#include <glib/gi18n-lib.h>

#include "app/jukebox.h"
#include "app/local-store.h"
#include "base/ulid.h"
#include "ui/buyer/asset-page.h"
#include "ui/buyer/buyer-actions.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"
#include "ui/common/preferences.h"
#include "ui/common/store-page.h"
#include "ui/shortcuts.h"
#include "ui/window.h"

#define LINK_PREFIX   "gotmusic://asset/"
#define DIALOG_WIDTH  520 /* px */
#define DIALOG_HEIGHT 640

struct _GmApplication
{
  AdwApplication parent;
  GmSettings *settings;
  GmSession *session; /* (nullable) could not be made: the window says why */
  GmJukebox *jukebox; /* (nullable) with the session */
  GmWindow *window;   /* (nullable) */
};

G_DEFINE_FINAL_TYPE (GmApplication, gm_application, ADW_TYPE_APPLICATION)

static void
toast_error (GmApplication *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (self->window == NULL || error == NULL)
    return;
  sentence = gm_error_words_short (error);
  gm_window_toast (self->window, sentence);
}

/* Playing */

static void
on_preview (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gm_jukebox_preview (GM_APPLICATION (user_data)->jukebox, g_variant_get_string (parameter, NULL));
}

static void
on_play (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gm_jukebox_play (GM_APPLICATION (user_data)->jukebox, g_variant_get_string (parameter, NULL));
}

static void
on_player_key (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const struct
  {
    const char *name;
    GmJukeboxKey key;
  } keys[] = { { "toggle", GM_JUKEBOX_TOGGLE },
               { "stop", GM_JUKEBOX_STOP },
               { "next", GM_JUKEBOX_NEXT },
               { "previous", GM_JUKEBOX_PREVIOUS } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].name, g_action_get_name (G_ACTION (action))))
      gm_jukebox_press (GM_APPLICATION (user_data)->jukebox, keys[i].key);
}

static void
on_seek (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gm_jukebox_seek (GM_APPLICATION (user_data)->jukebox, g_variant_get_int64 (parameter));
}

static void
on_seek_by (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gm_jukebox_seek_by (GM_APPLICATION (user_data)->jukebox, g_variant_get_int64 (parameter));
}

/* Actions of the player can be pressed when there is something to press them for. */
static void
update_player_actions (GmApplication *self)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (gm_jukebox_get_state (self->jukebox));
  const struct
  {
    const char *name;
    gboolean possible;
  } actions[] = { { "toggle", facts->mode != GM_PLAYER_IDLE },
                  { "stop", facts->mode != GM_PLAYER_IDLE },
                  { "next", facts->can_next },
                  { "previous", facts->can_previous },
                  { "seek", facts->duration_ms > 0 },
                  { "seek-by", facts->duration_ms > 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), actions[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), actions[i].possible);
    }
}

static void
on_player_error (GmApplication *self, GParamSpec *pspec, GmPlayerState *state)
{
  toast_error (self, gm_player_state_get_facts (state)->error);
}

/* Going somewhere */

static void
on_show (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gm_window_show (GM_APPLICATION (user_data)->window, g_variant_get_string (parameter, NULL));
}

/* Its state is what makes the button of the current place look pressed. */
static void
on_place_changed (GmApplication *self, GParamSpec *pspec, GmWindow *window)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "show");
  g_autofree char *place = NULL;

  g_object_get (window, "place", &place, NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (place));
}

static void
on_open_asset (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GmApplication *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (GmAssetItem) item = gm_catalog_model_find (gm_session_get_catalog (self->session), id);
  GmPlayerState *state = gm_jukebox_get_state (self->jukebox);

  if (item != NULL)
    gm_window_push (self->window, gm_asset_page_new (self->session, state, item),
                    gm_asset_item_get_asset (item)->title);
  else
    gm_window_push (self->window, gm_asset_page_new_for_id (self->session, state, id), _ ("Asset"));
}

static void
on_toast (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gm_window_toast (GM_APPLICATION (user_data)->window, g_variant_get_string (parameter, NULL));
}

static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GmApplication *self = user_data;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->window)),
                          g_variant_get_string (parameter, NULL));
  gm_window_toast (self->window, _ ("Copied"));
}

static void
on_sync (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GmSyncJob *sync = gm_session_get_sync (GM_APPLICATION (user_data)->session);

  if (sync != NULL)
    gm_sync_job_retry (sync);
}

static void
on_lock (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gm_account_lock (gm_session_get_account (GM_APPLICATION (user_data)->session));
}

/* Dialogs */

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GmApplication *self = user_data;

  gm_compat_dialog_present (gm_preferences_new (self->session), GTK_WIDGET (self->window));
}

static GmStorePage *
ask_store (GmApplication *self)
{
  GtkWidget *page = gm_store_page_new (self->session);

  g_signal_connect (page, "added", G_CALLBACK (gm_compat_dialog_close), NULL);
  gm_compat_dialog_present (gm_compat_dialog_new (
      page, _ ("Add a Store"), DIALOG_WIDTH, DIALOG_HEIGHT), GTK_WIDGET (self->window));
  return GM_STORE_PAGE (page);
}

static void
on_change_store (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GmApplication *self = user_data;
  GmStorePage *page = ask_store (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  /* somebody else answers for the open store: begin with that */
  g_object_get (self->session, "error", &error, "store-url", &url, NULL);
  if (error != NULL && url != NULL)
    gm_store_page_offer (page, url);
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *window = gm_shortcuts_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (GM_APPLICATION (user_data)->window));
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GmApplication *self = user_data;

  gm_compat_about (
      GTK_WIDGET (self->window),
      &(GmCompatAbout){ .developers = _ ("The GotMusic developers"),
                                         .comments = _ ("Music to make music with: found, heard, "
                                                    "bought, kept."),
                                                        .translators = _ ("translator-credits") });
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GmApplication *self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  g_application_quit (G_APPLICATION (self));
}

/* Everything but quitting needs a session, so it is there only with one. */
static const GActionEntry session_actions[] = {
  { "preview", on_preview, "s" },
  { "play", on_play, "s" },
  { "toggle", on_player_key },
  { "stop", on_player_key },
  { "next", on_player_key },
  { "previous", on_player_key },
  { "seek", on_seek, "x" },
  { "seek-by", on_seek_by, "x" },
  { "show", on_show, "s", "'discover'" },
  { "open-asset", on_open_asset, "s" },
  { "toast", on_toast, "s" },
  { "copy", on_copy, "s" },
  { "sync", on_sync },
  { "lock", on_lock },
  { "preferences", on_preferences },
  { "change-store", on_change_store },
};
static const GActionEntry own_actions[] = {
  { "shortcuts", on_shortcuts },
  { "about", on_about },
  { "quit", on_quit },
};

/* Links */

/* The page waits for its asset when the catalog is not here yet. */
static void
take_link (GmApplication *self, const char *uri)
{
  const char *id = g_str_has_prefix (uri, LINK_PREFIX) ? uri + strlen (LINK_PREFIX) : "";

  if (gm_ulid_is_valid (id) && self->session != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self), "open-asset", g_variant_new_string (id));
}

/* Starting */

static void
apply_color_scheme (GmApplication *self)
{
  g_autofree char *scheme = NULL;

  g_object_get (self->settings, "color-scheme", &scheme, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_strcmp0 (scheme, "dark") == 0 ? ADW_COLOR_SCHEME_FORCE_DARK
                                      : g_strcmp0 (scheme, "light") == 0
                                          ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                          : ADW_COLOR_SCHEME_DEFAULT);
}

static void
follow_player (GmApplication *self)
{
  GmPlayerState *state = gm_jukebox_get_state (self->jukebox);

  g_signal_connect_object (state, "notify", G_CALLBACK (update_player_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (state, "notify::error", G_CALLBACK (on_player_error), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->jukebox, "failed", G_CALLBACK (toast_error), self,
                           G_CONNECT_SWAPPED);
  update_player_actions (self);
}

static gboolean
is_open (GBinding *binding, const GValue *locked, GValue *enabled, gpointer user_data)
{
  g_value_set_boolean (enabled, !g_value_get_boolean (locked));
  return TRUE;
}

static void
follow_account (GmApplication *self)
{
  g_object_bind_property_full (gm_session_get_account (self->session), "locked",
                               g_action_map_lookup_action (G_ACTION_MAP (self), "lock"), "enabled",
                               G_BINDING_SYNC_CREATE, is_open, NULL, NULL, NULL);
}

static void
start_session (GmApplication *self)
{
  g_autoptr (GError) error = NULL;

  self->session = gm_session_new (NULL, NULL, self->settings, &error);
  if (self->session == NULL)
    {
      gm_window_fail (self->window, error);
      return;
    }
  self->jukebox = gm_jukebox_new (self->session);
  g_action_map_add_action_entries (G_ACTION_MAP (self), session_actions,
                                   G_N_ELEMENTS (session_actions), self);
  gm_buyer_actions_add (G_ACTION_MAP (self), self->session, GTK_WIDGET (self->window));
  follow_player (self);
  follow_account (self);
  gm_session_open (self->session);
  gm_local_store_resume (gm_local_store_of (self->session));
  gm_window_set_session (self->window, self->session, self->jukebox);
}

static gboolean
on_first_frame (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  if (gdk_frame_clock_get_frame_counter (clock) == 0) /* about to be painted */
    return G_SOURCE_CONTINUE;
  gm_jukebox_start (GM_JUKEBOX (user_data));
  return G_SOURCE_REMOVE;
}

static void
activate (GApplication *application)
{
  GmApplication *self = GM_APPLICATION (application);

  if (self->window == NULL)
    {
      self->window = gm_window_new (GTK_APPLICATION (self), self->settings);
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      g_signal_connect_object (self->window, "retry", G_CALLBACK (start_session), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->window, "notify::place", G_CALLBACK (on_place_changed), self,
                               G_CONNECT_SWAPPED);
      start_session (self);
      if (self->jukebox != NULL)
        gtk_widget_add_tick_callback (GTK_WIDGET (self->window), on_first_frame,
                                      g_object_ref (self->jukebox), g_object_unref);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
open_files (GApplication *application, GFile **files, int n, const char *hint)
{
  g_application_activate (application);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);

      take_link (GM_APPLICATION (application), uri);
    }
}

/* A store on this machine is added without a question only if nothing was chosen before. */
static void
local_store_probed (gpointer owner, gpointer result, const GError *error)
{
  GmApplication *self = owner;
  const GmStoreOffer *offer = result;

  if (offer != NULL && offer->is_local)
    gm_session_add_store (self->session, offer);
  else
    toast_error (self, error);
}

static void
offer_store (GmApplication *self, const char *url)
{
  g_autofree char *chosen = gm_settings_dup_store_url (self->settings);

  if (self->session == NULL || g_strcmp0 (chosen, url) == 0)
    return;
  if (*chosen == '\0' && gm_local_store_is_loopback (url))
    gm_session_probe (self->session, url, G_OBJECT (self), local_store_probed);
  else
    gm_store_page_offer (ask_store (self), url);
}

static int
command_line (GApplication *application, GApplicationCommandLine *line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (line, NULL);
  const char *store;

  g_application_activate (application);
  if (g_variant_dict_lookup (options, "store", "&s", &store))
    offer_store (GM_APPLICATION (application), store);
  for (guint i = 1; arguments[i] != NULL; i++)
    take_link (GM_APPLICATION (application), arguments[i]);
  return 0;
}

static void
startup (GApplication *application)
{
  GmApplication *self = GM_APPLICATION (application);

  G_APPLICATION_CLASS (gm_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (GM_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), own_actions, G_N_ELEMENTS (own_actions),
                                   self);
  gm_shortcuts_apply (GTK_APPLICATION (self));
  g_signal_connect_object (self->settings, "notify::color-scheme", G_CALLBACK (apply_color_scheme),
                           self, G_CONNECT_SWAPPED);
  apply_color_scheme (self);
}

static void
dispose (GObject *object)
{
  GmApplication *self = GM_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->jukebox);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (gm_application_parent_class)->dispose (object);
}

static void
gm_application_class_init (GmApplicationClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GApplicationClass *application = G_APPLICATION_CLASS (klass);

  object->dispose = dispose;
  application->startup = startup;
  application->activate = activate;
  application->open = open_files;
  application->command_line = command_line;
}

static void
gm_application_init (GmApplication *self)
{
  const GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Offer to open this store"), N_ ("URL") },
      { 0 },
    };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), "[" LINK_PREFIX "ID]");
  self->settings = gm_settings_new ();
}

GmApplication *
gm_application_new (void)
{
  return g_object_new (GM_TYPE_APPLICATION, "application-id", GM_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", GM_APP_PATH, NULL);
}
