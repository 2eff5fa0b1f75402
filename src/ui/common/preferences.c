/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/preferences.h"

#include <glib/gi18n-lib.h>

#include "ui/common/compat.h"
#include "ui/common/network-group.h"

#define WIDTH  520
#define HEIGHT 460

static const char *const schemes[] = { "system", "light", "dark" };

static gboolean
scheme_to_row (GBinding *binding, const GValue *scheme, GValue *row, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_strcmp0 (schemes[i], g_value_get_string (scheme)) == 0)
      g_value_set_uint (row, i);
  return TRUE;
}

static gboolean
row_to_scheme (GBinding *binding, const GValue *row, GValue *scheme, gpointer user_data)
{
  const guint i = g_value_get_uint (row);

  if (i >= G_N_ELEMENTS (schemes))
    return FALSE;
  g_value_set_static_string (scheme, schemes[i]);
  return TRUE;
}

static GtkWidget *
make_scheme_row (GmSettings *settings)
{
  const char *const names[] = { _ ("Like the System"), _ ("Light"), _ ("Dark"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Colors"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_object_bind_property_full (settings, "color-scheme", row, "selected",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, scheme_to_row,
                               row_to_scheme, NULL, NULL);
  return row;
}

static gboolean
escape_text (GBinding *binding, const GValue *text, GValue *markup, gpointer none)
{
  const char *value = g_value_get_string (text);

  g_value_take_string (markup, value != NULL && *value != '\0' ? g_markup_escape_text (value, -1)
                                                               : g_strdup (none));
  return TRUE;
}

/* A row that says @property of @source, and copies it. */
static GtkWidget *
make_fact_row (const char *title, GObject *source, const char *property, const char *none)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  g_object_bind_property_full (source, property, row, "subtitle", G_BINDING_SYNC_CREATE,
                               escape_text, NULL, g_strdup (none), g_free);
  return row;
}

static GtkWidget *
make_store_group (GmSession *session)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *change = gtk_button_new_with_mnemonic (_ ("_Change…"));
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (group);

  gtk_widget_set_tooltip_text (change, _ ("Open another store"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (change), "app.change-store");
  gtk_widget_set_valign (change, GTK_ALIGN_CENTER);
  adw_preferences_group_set_title (rows, _ ("Store"));
  adw_preferences_group_set_header_suffix (rows, change);
  adw_preferences_group_add (
      rows, make_fact_row (_ ("Name"), G_OBJECT (session), "store-name", _ ("None is open")));
  adw_preferences_group_add (
      rows, make_fact_row (_ ("Address"), G_OBJECT (session), "store-url", _ ("None is open")));
  adw_preferences_group_add (rows,
                             make_fact_row (_ ("Fingerprint of its owner"), G_OBJECT (session),
                                               "fingerprint", _ ("None is open")));
  return group;
}

GtkWidget *
gm_preferences_new (GmSession *session)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *looks = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (looks), _ ("Appearance"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (looks),
                             make_scheme_row (gm_session_get_settings (session)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (make_store_group (session)));
  adw_preferences_page_add (
      ADW_PREFERENCES_PAGE (page),
      ADW_PREFERENCES_GROUP (gm_network_group_new (gm_session_get_settings (session))));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (looks));
  return gm_compat_dialog_new (page, _ ("Preferences"), WIDTH, HEIGHT);
}
