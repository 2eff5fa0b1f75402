/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/admin/asset-sheet.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "ui/admin/asset-editor.h"
#include "ui/admin/audit-list.h"
#include "ui/admin/status-words.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

struct _GmAssetSheet
{
  GtkWidget parent;
  GmSession *session;
  GmAssetTableModel *table;
  char *id;
  char *status;
  GmAssetEditor *editor;
  GtkLabel *problem;
  GtkWidget *steps; /* box of buttons */
  GtkWidget *save;
  GtkWidget *spinner;
  gboolean saving;
};

G_DEFINE_FINAL_TYPE (GmAssetSheet, gm_asset_sheet, GTK_TYPE_WIDGET)

static void
update_buttons (GmAssetSheet *self)
{
  gboolean valid;
  gboolean changed;

  g_object_get (self->editor, "valid", &valid, "changed", &changed, NULL);
  gtk_widget_set_sensitive (self->save, valid && changed && !self->saving);
  gtk_widget_set_sensitive (self->steps, valid && !self->saving);
  gtk_widget_set_sensitive (GTK_WIDGET (self->editor), !self->saving);
  gtk_widget_set_visible (self->spinner, self->saving);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->saving);
}

static GmAssetItem *
find_item (GmAssetSheet *self)
{
  GListModel *list = G_LIST_MODEL (self->table);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GmAssetItem) item = g_list_model_get_item (list, i);

      if (g_strcmp0 (gm_asset_item_get_asset (item)->id, self->id) == 0)
        return g_steal_pointer (&item);
    }
  return NULL;
}

static void
show_problem (GmAssetSheet *self, const GError *error)
{
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *text = NULL;

  gm_error_words (error, &title, &sentence, NULL, NULL);
  text = g_strdup_printf ("%s. %s", title, sentence);
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gm_compat_announce (GTK_WIDGET (self), text);
}

static void fill_steps (GmAssetSheet *self);

static void
take_row (GmAssetSheet *self)
{
  g_autoptr (GmAssetItem) item = find_item (self);

  if (item == NULL)
    return;
  g_free (self->status);
  self->status = g_strdup (gm_asset_item_get_asset (item)->status);
  fill_steps (self);
  gm_asset_editor_rebase (self->editor, gm_asset_item_get_asset (item));
}

static void
saved (gpointer owner, gpointer result, const GError *error)
{
  GmAssetSheet *self = owner;

  self->saving = FALSE;
  if (error == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "app.toast", "s", _ ("Saved"));
      gm_compat_dialog_close (GTK_WIDGET (self));
      return;
    }
  if (gm_error_is (error, GM_ERROR_CONFLICT))
    take_row (self);
  show_problem (self, error);
  update_buttons (self);
}

static void
send (GmAssetSheet *self, const char *status)
{
  JsonObject *edits;

  if (self->saving || !gm_asset_editor_is_valid (self->editor))
    return;
  edits = gm_asset_editor_dup_edits (self->editor);
  if (status != NULL)
    json_object_set_string_member (edits, "status", status);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  self->saving = TRUE;
  update_buttons (self);
  gm_asset_table_model_edit (self->table, self->id, edits, G_OBJECT (self), saved);
}

static void
on_save (GmAssetSheet *self)
{
  send (self, NULL);
}

static void
on_step (GmAssetSheet *self, GtkWidget *button)
{
  send (self, gtk_widget_get_name (button));
}

static void
fill_steps (GmAssetSheet *self)
{
  GtkWidget *badge = gm_status_badge_new ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->steps)) != NULL)
    gtk_box_remove (GTK_BOX (self->steps), child);
  gm_status_badge_set (badge, self->status);
  gtk_widget_set_hexpand (badge, TRUE);
  gtk_box_append (GTK_BOX (self->steps), badge);
  for (guint i = 0; i < GM_STATUS_N; i++)
    {
      const char *words = gm_status_step_words (self->status, gm_status_ids[i]);
      GtkWidget *button;

      if (words == NULL)
        continue;
      button = gtk_button_new_with_mnemonic (words);
      gtk_widget_set_name (button, gm_status_ids[i]);
      gtk_widget_set_tooltip_text (button, _ ("Save, and take this step"));
      if (g_str_equal (gm_status_ids[i], "published"))
        gtk_widget_add_css_class (button, "suggested-action");
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->steps), button);
    }
}

static GtkWidget *
make_bottom (GmAssetSheet *self)
{
  GtkWidget *bar = gtk_action_bar_new ();

  self->spinner = gtk_spinner_new ();
  self->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  gtk_widget_set_tooltip_text (self->save, _ ("Save what was changed"));
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), self->save);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), self->spinner);
  return bar;
}

static GtkLabel *
make_problem (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_set_visible (label, FALSE);
  return GTK_LABEL (label);
}

static void
build (GmAssetSheet *self, const GmAsset *asset)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->steps = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->problem = make_problem ();
  self->editor = GM_ASSET_EDITOR (gm_asset_editor_new (asset));
  g_signal_connect_object (self->editor, "notify::changed", G_CALLBACK (update_buttons), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "gm-sheet");
  gtk_box_append (GTK_BOX (box), self->steps);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->editor));
  gtk_box_append (GTK_BOX (box), gm_audit_list_new (self->session, self->id));
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (page), scroller);
  gtk_box_append (GTK_BOX (page), make_bottom (self));
  gtk_widget_set_parent (page, GTK_WIDGET (self));
  fill_steps (self);
  update_buttons (self);
}

static void
dispose (GObject *object)
{
  GmAssetSheet *self = GM_ASSET_SHEET (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->table);
  G_OBJECT_CLASS (gm_asset_sheet_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  GmAssetSheet *self = GM_ASSET_SHEET (object);

  g_free (self->id);
  g_free (self->status);
  G_OBJECT_CLASS (gm_asset_sheet_parent_class)->finalize (object);
}

static void
gm_asset_sheet_class_init (GmAssetSheetClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->dispose = dispose;
  object->finalize = finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gm_asset_sheet_init (GmAssetSheet *self)
{
}

GtkWidget *
gm_asset_sheet_new (GmSession *session, GmAssetTableModel *table, GmAssetItem *item)
{
  GmAssetSheet *self = g_object_new (GM_TYPE_ASSET_SHEET, NULL);
  const GmAsset *asset = gm_asset_item_get_asset (item);

  self->session = g_object_ref (session);
  self->table = g_object_ref (table);
  self->id = g_strdup (asset->id);
  self->status = g_strdup (asset->status);
  build (self, asset);
  return GTK_WIDGET (self);
}
