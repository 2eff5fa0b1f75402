/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/network-group.h"

#include <glib/gi18n-lib.h>

#include "app/wallet-network.h"
#include "ui/common/compat.h"

static GtkWidget *
make_test_row (GmSettings *settings)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Test Networks"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Shows networks whose money is worth nothing"));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (toggle, _ ("Show test networks in the wallet"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Test Networks"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_object_bind_property (settings, "test-networks", toggle, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return row;
}

/* What is wrong stays as it was typed, and changes nothing. */
static void
on_nodes (GtkWidget *row, GmSettings *settings)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (
      gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autoptr (GError) error = NULL;

  if (gm_wallet_network_check (typed, &error))
    {
      g_object_set (settings, "own-nodes", typed, NULL);
      gtk_widget_remove_css_class (row, "error");
      adw_preferences_group_set_description (group, NULL);
    }
  else
    {
      g_autofree char *words = g_markup_escape_text (error->message, -1);

      gtk_widget_add_css_class (row, "error");
      adw_preferences_group_set_description (group, words);
      gm_compat_announce (row, error->message);
    }
}

static GtkWidget *
make_nodes_row (GmSettings *settings)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *nodes = NULL;

  g_object_get (settings, "own-nodes", &nodes, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 _ ("Own nodes, like 8453 https://node.example"));
  gtk_widget_set_tooltip_text (
      row, _ ("The number of a network, then one or two of your nodes; empty asks public ones"));
  gtk_editable_set_text (GTK_EDITABLE (row), nodes != NULL ? nodes : "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (on_nodes), settings, 0);
  return row;
}

GtkWidget *
gm_network_group_new (GmSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (group);

  adw_preferences_group_set_title (rows, _ ("Networks of the Wallet"));
  adw_preferences_group_add (rows, make_test_row (settings));
  adw_preferences_group_add (rows, make_nodes_row (settings));
  return group;
}
