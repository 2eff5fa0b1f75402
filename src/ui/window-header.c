/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window-header.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "ui/common/compat.h"

static GtkWidget *
make_button (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gm_compat_button_set_label (button, name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_menu (void)
{
  static const struct
  {
    const char *label;
    const char *action;
  } sections[][4] = {
    { { N_ ("_Lock Wallet"), "app.lock" } },
      { { N_ ("_Preferences"), "app.preferences" },
          { N_ ("_Keyboard Shortcuts"), "app.shortcuts" }, { N_ ("_About GotMusic"), "app.about" },
                                                             { N_ ("_Quit"), "app.quit" } },
       };
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (GMenu) section = g_menu_new ();

      for (guint k = 0; k < G_N_ELEMENTS (sections[i]) && sections[i][k].label != NULL; k++)
        g_menu_append (section, _ (sections[i][k].label), sections[i][k].action);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE); /* F10 */
  gtk_widget_set_tooltip_text (button, _ ("Main Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Main Menu"), -1);
  return button;
}

/* Seen while the store is away; pressing it tries at once. */
static gboolean
is_offline (GBinding *binding, const GValue *state, GValue *visible, gpointer user_data)
{
  g_value_set_boolean (visible, g_value_get_enum (state) == GM_SYNC_OFFLINE);
  return TRUE;
}

static void
on_sync_changed (GtkWidget *button, GParamSpec *pspec, GmSession *session)
{
  GmSyncJob *sync = gm_session_get_sync (session);

  gtk_widget_set_visible (button, FALSE);
  if (sync != NULL)
    g_object_bind_property_full (sync, "state", button, "visible", G_BINDING_SYNC_CREATE,
                                 is_offline, NULL, NULL, NULL);
}

static GtkWidget *
make_offline (GmSession *session)
{
  GtkWidget *button = make_button ("network-offline-symbolic",
                                   _ ("The store does not answer. Try again now"), "app.sync");

  g_signal_connect_object (session, "notify::sync", G_CALLBACK (on_sync_changed), button,
                           G_CONNECT_SWAPPED);
  on_sync_changed (button, NULL, session);
  return button;
}

static GtkWidget *
make_banner (GmSession *session)
{
  GtkWidget *label = gtk_label_new (_ ("Local store, test money"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "gm-banner");
  gtk_widget_set_tooltip_text (label, _ ("This store is on your machine. Nothing here costs real "
                                         "money, and its licenses are good for trying only."));
  g_object_bind_property (session, "test-money", label, "visible", G_BINDING_SYNC_CREATE);
  return label;
}

/* An open store with an error: another owner answers at its address, or it has other keys. */
static gboolean
is_another_owner (GBinding *binding, const GValue *error, GValue *visible, gpointer session)
{
  GmSessionState state;

  g_object_get (session, "state", &state, NULL);
  g_value_set_boolean (visible, g_value_get_boxed (error) != NULL && state == GM_SESSION_OPEN);
  return TRUE;
}

static gboolean
word_alert (GBinding *binding, const GValue *error, GValue *label, gpointer user_data)
{
  g_value_set_string (
      label, gm_error_is (g_value_get_boxed (error), GM_ERROR_CONFLICT)
      ? _ ("This store has other keys than the ones you trusted. Nothing new is used "
                      "until you decide; what you own still plays.")
      : _ ("Somebody else answers for this store now. Nothing of theirs "
                      "is used; what you own still plays."));
  return TRUE;
}

static GtkWidget *
make_alert (GmSession *session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *review = gtk_button_new_with_mnemonic (_ ("_Review…"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (review, _ ("See who answers, and decide"));
  gtk_widget_set_valign (review, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (review), "app.change-store");
  gtk_widget_add_css_class (box, "gm-banner");
  gtk_widget_add_css_class (box, "alert");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), review);
  g_object_bind_property_full (session, "error", label, "label", G_BINDING_SYNC_CREATE, word_alert,
                               NULL, NULL, NULL);
  g_object_bind_property_full (session, "error", box, "visible", G_BINDING_SYNC_CREATE,
                               is_another_owner, NULL, session, NULL);
  return box;
}

static gboolean
needs_sidebar_button (GBinding *binding, const GValue *shown, GValue *visible, gpointer user_data)
{
  g_value_set_boolean (visible, !g_value_get_boolean (shown));
  return TRUE;
}

GtkWidget *
gm_window_header_new (GmWindow *window, GmSession *session, GmPagePile *pile)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *title = adw_window_title_new ("", NULL);
  GtkWidget *back = make_button ("go-previous-symbolic", _ ("Back"), "win.back");
  GtkWidget *sidebar = make_button ("sidebar-show-symbolic", _ ("Show Sidebar"), "win.sidebar");

  g_object_bind_property (pile, "title", title, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property (pile, "deep", back, "visible", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (window, "sidebar", sidebar, "visible", G_BINDING_SYNC_CREATE,
                               needs_sidebar_button, NULL, NULL, NULL);
  g_object_bind_property_full (window, "sidebar", bar, "show-start-title-buttons",
                               G_BINDING_SYNC_CREATE, needs_sidebar_button, NULL, NULL, NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), sidebar);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), back);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), make_menu ());
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), make_offline (session));
  gtk_widget_add_css_class (bar, "flat");
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), make_banner (session));
  gtk_box_append (GTK_BOX (box), make_alert (session));
  return box;
}
