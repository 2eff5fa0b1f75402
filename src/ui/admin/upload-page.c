/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/admin/upload-page.h"

#include <glib/gi18n-lib.h>

#include "app/sound-files.h"
#include "ui/admin/upload-row.h"
#include "ui/common/compat.h"
#include "ui/common/state-page.h"

#define WIDTH 760 /* px */

struct _GmUploadPage
{
  AdwBin parent;
  GmSession *session;
  GListStore *jobs; /* of GmUploadJob, newest first */
  GmStatePage *states;
};

G_DEFINE_FINAL_TYPE (GmUploadPage, gm_upload_page, ADW_TYPE_BIN)

static void
update (GmUploadPage *self)
{
  gm_state_page_set_state (self->states, g_list_model_get_n_items (G_LIST_MODEL (self->jobs)) > 0
                                             ? GM_PAGE_CONTENT
                                             : GM_PAGE_EMPTY);
}

void
gm_upload_page_add (GmUploadPage *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GPtrArray) found = path != NULL ? gm_sound_files_find (path) : NULL;

  g_return_if_fail (GM_IS_UPLOAD_PAGE (self));

  if (found == NULL || found->len == 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "app.toast", "s",
                                  _ ("There is no music to upload in this folder"));
      return;
    }
  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (GmUploadJob) job = gm_upload_job_new (self->session, found->pdata[i]);

      g_list_store_append (self->jobs, job);
      gm_upload_job_start (job);
    }
}

static void
on_chosen (GListModel *files, gpointer data)
{
  GWeakRef *page = data;
  g_autoptr (GmUploadPage) self = g_weak_ref_get (page);

  for (guint i = 0; self != NULL && files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      gm_upload_page_add (self, file);
    }
  g_weak_ref_clear (page);
  g_free (page);
}

static GListModel *
make_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) music = gtk_file_filter_new ();

  gtk_file_filter_set_name (music, _ ("Music"));
  gtk_file_filter_add_mime_type (music, "audio/*");
  g_list_store_append (filters, music);
  return G_LIST_MODEL (filters);
}

static void
choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GListModel) filters = make_filters ();
  GWeakRef *page = g_new0 (GWeakRef, 1);

  g_weak_ref_init (page, widget);
  gm_compat_open_files (widget, _ ("Choose Music to Upload"), filters, TRUE, on_chosen, page);
}

static gboolean
on_drop (GmUploadPage *self, const GValue *value)
{
  const GSList *files = g_value_get_boxed (value);

  for (const GSList *link = files; link != NULL; link = link->next)
    gm_upload_page_add (self, link->data);
  return files != NULL;
}

static void
pasted (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (GmUploadPage) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (value != NULL)
    on_drop (self, value);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.toast", "s",
                                _ ("There are no files to paste. Copy some in the file manager"));
}

static void
paste (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gdk_clipboard_read_value_async (gtk_widget_get_clipboard (widget), GDK_TYPE_FILE_LIST,
                                  G_PRIORITY_DEFAULT, NULL, pasted, g_object_ref (widget));
}

/* Wherever the focus is, but not from behind another page. */
static gboolean
on_key (GtkWidget *widget, GVariant *action, gpointer user_data)
{
  return gtk_widget_get_mapped (widget) &&
         gtk_widget_activate_action (widget, g_variant_get_string (action, NULL), NULL);
}

static void
add_keys (GmUploadPage *self)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = { { GDK_KEY_o, "uploads.choose" }, { GDK_KEY_v, "uploads.paste" } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (
          gtk_keyval_trigger_new (keys[i].key, GDK_CONTROL_MASK),
          gtk_callback_action_new (on_key, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].action));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
on_remove (GmUploadPage *self, GmUploadRow *row)
{
  guint at;

  if (g_list_store_find (self->jobs, gm_upload_row_get_job (row), &at))
    g_list_store_remove (self->jobs, at);
}

static GtkWidget *
make_row (gpointer job, gpointer self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *upload = gm_upload_row_new (job);

  g_signal_connect_object (upload, "remove", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), upload);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE); /* what is in it is */
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static GtkWidget *
make_choose (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Add Files…"));

  gtk_widget_set_tooltip_text (button, _ ("Choose music files to upload, or paste copied ones"));
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "uploads.choose");
  return button;
}

static GtkWidget *
make_list (GmUploadPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), G_LIST_MODEL (self->jobs), make_row, self, NULL);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Uploads"), -1);
  gtk_widget_add_css_class (box, "gm-sheet");
  gtk_box_append (GTK_BOX (box), make_choose ());
  gtk_box_append (GTK_BOX (box), list);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static void
dispose (GObject *object)
{
  GmUploadPage *self = GM_UPLOAD_PAGE (object);

  g_clear_object (&self->session);
  g_clear_object (&self->jobs);
  G_OBJECT_CLASS (gm_upload_page_parent_class)->dispose (object);
}

static void
gm_upload_page_class_init (GmUploadPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "uploads.choose", NULL, choose);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "uploads.paste", NULL, paste);
}

static void
gm_upload_page_init (GmUploadPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->jobs = g_list_store_new (GM_TYPE_UPLOAD_JOB);
  self->states = GM_STATE_PAGE (gm_state_page_new ());
  g_object_set (
      self->states, "empty-icon", "uploads-symbolic", "empty-title",
      _ ("Drop or Paste Music Here"), "empty-description",
         _ ("WAV, AIFF, FLAC, MP3, Ogg Vorbis, Opus or M4A. Title, artist, tempo and key are "
                   "read from the file; you check them before buyers see it."),
            "empty-action-label",
            _ ("_Choose Files…"), "empty-action-name", "uploads.choose", NULL);
  gm_state_page_set_child (self->states, make_list (self));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->states));
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  add_keys (self);
  g_signal_connect_object (self->jobs, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

GtkWidget *
gm_upload_page_new (GmSession *session)
{
  GmUploadPage *self = g_object_new (GM_TYPE_UPLOAD_PAGE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
