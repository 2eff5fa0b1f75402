/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/admin/asset-editor.h"

#include <glib/gi18n-lib.h>

#include "app/asset-form.h"
#include "ui/buyer/asset-words.h"
#include "ui/common/compat.h"

enum
{
  PROP_VALID = 1,
  PROP_CHANGED,
  N_PROPS,
};

struct _GmAssetEditor
{
  GtkWidget parent;
  GmAssetForm *form;
  GtkWidget *rows[GM_ASSET_N_FIELDS];
  GtkLabel *theirs;  /* what somebody else wrote meanwhile */
  GtkLabel *problem; /* the first one, in words */
  gboolean filling;  /* rows are being set, nobody types */
};

G_DEFINE_FINAL_TYPE (GmAssetEditor, gm_asset_editor, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static GQuark field_quark;

static void
show_problems (GmAssetEditor *self)
{
  g_autofree char *first = NULL;

  for (guint i = 0; i < GM_ASSET_N_FIELDS; i++)
    {
      g_autofree char *problem = gm_asset_form_dup_problem (self->form, i);

      if (problem != NULL)
        gtk_widget_add_css_class (self->rows[i], "error");
      else
        gtk_widget_remove_css_class (self->rows[i], "error");
      gtk_accessible_update_state (
          GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_STATE_INVALID,
          problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
      gtk_widget_set_tooltip_text (self->rows[i],
                                   problem != NULL ? problem : gm_asset_field_title (i));
      if (problem != NULL && first == NULL)
        first = g_strdup_printf ("%s: %s", gm_asset_field_title (i), problem);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem), first != NULL);
  gtk_label_set_label (self->problem, first != NULL ? first : "");
}

static void
take (GmAssetEditor *self, GmAssetField field, const char *text)
{
  if (self->filling)
    return;
  gm_asset_form_set (self->form, field, text);
  show_problems (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
}

static GmAssetField
field_of (gpointer row)
{
  return (GmAssetField) GPOINTER_TO_UINT (g_object_get_qdata (row, field_quark));
}

static void
on_typed (GmAssetEditor *self, GtkEditable *row)
{
  take (self, field_of (row), gtk_editable_get_text (row));
}

static void
on_type_chosen (GmAssetEditor *self, GParamSpec *pspec, AdwComboRow *row)
{
  const guint at = adw_combo_row_get_selected (row);

  take (self, field_of (row), at != GTK_INVALID_LIST_POSITION ? gm_asset_form_types ()[at] : NULL);
}

static void
on_switched (GmAssetEditor *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  take (self, field_of (toggle), gtk_switch_get_active (toggle) ? "yes" : NULL);
}

static GtkWidget *
make_entry (GmAssetEditor *self, GmAssetField field)
{
  GtkWidget *row = adw_entry_row_new ();

  if (field == GM_ASSET_FIELD_BPM)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_DIGITS);
  else if (field == GM_ASSET_FIELD_PRICE)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_NUMBER);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_types (GmAssetEditor *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (const char *const *type = gm_asset_form_types (); *type != NULL; type++)
    gtk_string_list_append (words, gm_asset_words_type (*type));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_type_chosen), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_exclusive (GmAssetEditor *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Sold once, to one buyer"));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (toggle, _ ("Sell this once, to one buyer"));
  g_object_set_qdata (G_OBJECT (toggle), field_quark, GUINT_TO_POINTER (GM_ASSET_FIELD_EXCLUSIVE));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_switched), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_row (GmAssetEditor *self, GmAssetField field)
{
  GtkWidget *row = field == GM_ASSET_FIELD_TYPE        ? make_types (self)
                   : field == GM_ASSET_FIELD_EXCLUSIVE ? make_exclusive (self)
                                                       : make_entry (self, field);

  g_object_set_qdata (G_OBJECT (row), field_quark, GUINT_TO_POINTER (field));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gm_asset_field_title (field));
  return row;
}

static void
fill_row (GmAssetEditor *self, GmAssetField field)
{
  const char *text = gm_asset_form_get (self->form, field);

  if (ADW_IS_ENTRY_ROW (self->rows[field]))
    gtk_editable_set_text (GTK_EDITABLE (self->rows[field]), text);
  else if (field == GM_ASSET_FIELD_EXCLUSIVE)
    gtk_switch_set_active (
        GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (self->rows[field]))),
        *text != '\0');
  else
    for (guint i = 0; gm_asset_form_types ()[i] != NULL; i++)
      if (g_str_equal (gm_asset_form_types ()[i], text))
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->rows[field]), i);
}

static void
fill (GmAssetEditor *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < GM_ASSET_N_FIELDS; i++)
    fill_row (self, i);
  self->filling = FALSE;
  show_problems (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
}

gboolean
gm_asset_editor_is_valid (GmAssetEditor *self)
{
  g_return_val_if_fail (GM_IS_ASSET_EDITOR (self), FALSE);
  return gm_asset_form_is_valid (self->form);
}

JsonObject *
gm_asset_editor_dup_edits (GmAssetEditor *self)
{
  g_return_val_if_fail (GM_IS_ASSET_EDITOR (self), NULL);
  return gm_asset_form_dup_edits (self->form);
}

void
gm_asset_editor_rebase (GmAssetEditor *self, const GmAsset *asset)
{
  g_autofree char *both = NULL;

  g_return_if_fail (GM_IS_ASSET_EDITOR (self));

  both = gm_asset_form_rebase (self->form, asset);
  gtk_widget_set_visible (GTK_WIDGET (self->theirs), both != NULL);
  if (both != NULL)
    {
      g_autofree char *text = g_strdup_printf (
          _ ("Somebody else changed this meanwhile. The store now has:\n%s\nSaving again replaces "
             "it with what you typed."),
             both);

      gtk_label_set_label (self->theirs, text);
      gm_compat_announce (GTK_WIDGET (self), text);
    }
  fill (self);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmAssetEditor *self = GM_ASSET_EDITOR (object);

  switch (id)
    {
    case PROP_VALID: g_value_set_boolean (value, gm_asset_form_is_valid (self->form)); break;
    case PROP_CHANGED: g_value_set_boolean (value, gm_asset_form_is_changed (self->form)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (gm_asset_editor_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  gm_asset_form_free (GM_ASSET_EDITOR (object)->form);
  G_OBJECT_CLASS (gm_asset_editor_parent_class)->finalize (object);
}

static void
gm_asset_editor_class_init (GmAssetEditorClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  field_quark = g_quark_from_static_string ("gm-asset-field");
  object->get_property = get_property;
  object->dispose = dispose;
  object->finalize = finalize;
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, flags);
  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
make_note (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_visible (label, FALSE);
  return GTK_LABEL (label);
}

static void
gm_asset_editor_init (GmAssetEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();

  self->filling = TRUE; /* until there is a form */
  self->theirs = make_note ("warning");
  self->problem = make_note ("error");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < GM_ASSET_N_FIELDS; i++)
    {
      self->rows[i] = make_row (self, i);
      gtk_list_box_append (GTK_LIST_BOX (list), self->rows[i]);
    }
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->theirs));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
gm_asset_editor_new (const GmAsset *asset)
{
  GmAssetEditor *self = g_object_new (GM_TYPE_ASSET_EDITOR, NULL);

  self->form = gm_asset_form_new (asset);
  fill (self);
  return GTK_WIDGET (self);
}
