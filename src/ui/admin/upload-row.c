/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/admin/upload-row.h"

#include <glib/gi18n-lib.h>

#include "ui/admin/asset-editor.h"
#include "ui/admin/upload-words.h"
#include "ui/common/error-words.h"

struct _GmUploadRow
{
  GtkWidget parent;
  GmUploadJob *job;
  GmAssetEditor *editor; /* (nullable) once the store knows the file */
  gboolean kept;         /* saved, to be published later */
  GtkLabel *name;
  GtkLabel *words;
  GtkProgressBar *progress;
  GtkWidget *retry;
  GtkWidget *show;
  GtkWidget *close;
  GtkRevealer *revealer;
  AdwBin *editor_place;
  GtkWidget *keep;
  GtkWidget *publish;
};

G_DEFINE_FINAL_TYPE (GmUploadRow, gm_upload_row, GTK_TYPE_WIDGET)

static guint remove_signal;

static void
update_buttons (GmUploadRow *self)
{
  const gboolean valid = self->editor != NULL && gm_asset_editor_is_valid (self->editor);

  gtk_widget_set_sensitive (self->publish, valid);
  gtk_widget_set_sensitive (self->keep, valid);
}

/* The rows to type in come once the store has read the file. */
static void
ensure_editor (GmUploadRow *self)
{
  g_autoptr (GmAssetItem) item = NULL;

  if (self->editor != NULL)
    return;
  g_object_get (self->job, "asset", &item, NULL);
  if (item == NULL)
    return;
  self->editor = GM_ASSET_EDITOR (gm_asset_editor_new (gm_asset_item_get_asset (item)));
  g_signal_connect_object (self->editor, "notify::valid", G_CALLBACK (update_buttons), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->editor_place, GTK_WIDGET (self->editor));
  update_buttons (self);
}

static char *
dup_words (GmUploadRow *self, const GError *error)
{
  g_autofree char *step = NULL;
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;

  if (error != NULL)
    {
      gm_error_words (error, &title, &sentence, NULL, NULL);
      return g_strdup_printf ("%s. %s", title, sentence);
    }
  if (self->kept && gm_upload_job_get_phase (self->job) == GM_UPLOAD_READY)
    return g_strdup (_ ("Saved. Publish it here, or later under Assets."));
  g_object_get (self->job, "step", &step, NULL);
  return gm_upload_phase_words (gm_upload_job_get_phase (self->job), step);
}

static void
update (GmUploadRow *self)
{
  const GmUploadPhase phase = gm_upload_job_get_phase (self->job);
  const gboolean moving = phase == GM_UPLOAD_CREATING || phase == GM_UPLOAD_SENDING ||
                          phase == GM_UPLOAD_PROCESSING || phase == GM_UPLOAD_SAVING;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  double fraction;

  if (phase == GM_UPLOAD_FAILED)
    self->kept = FALSE;
  g_object_get (self->job, "error", &error, "fraction", &fraction, NULL);
  words = dup_words (self, error);
  gtk_label_set_label (self->words, words);
  gtk_widget_remove_css_class (GTK_WIDGET (self->words), error != NULL ? "dim-label" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), error != NULL ? "error" : "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), moving);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
  gtk_widget_set_visible (self->retry, phase == GM_UPLOAD_FAILED);
  gtk_widget_set_visible (self->show, phase == GM_UPLOAD_PUBLISHED);
  if (phase == GM_UPLOAD_READY)
    ensure_editor (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->revealer), phase != GM_UPLOAD_SAVING);
  gtk_revealer_set_reveal_child (self->revealer,
                                 phase != GM_UPLOAD_PUBLISHED && self->editor != NULL);
}

static void
on_retry (GmUploadRow *self)
{
  gm_upload_job_retry (self->job);
}

static void
on_show (GmUploadRow *self)
{
  g_autoptr (GmAssetItem) item = NULL;

  g_object_get (self->job, "asset", &item, NULL);
  if (item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.open-asset", "s",
                                gm_asset_item_get_asset (item)->id);
}

static void
on_close (GmUploadRow *self)
{
  gm_upload_job_cancel (self->job);
  g_signal_emit (self, remove_signal, 0);
}

static void
on_keep (GmUploadRow *self)
{
  self->kept = TRUE;
  gm_upload_job_finish (self->job, gm_asset_editor_dup_edits (self->editor), FALSE);
  update (self);
}

static void
on_publish (GmUploadRow *self)
{
  self->kept = FALSE;
  gm_upload_job_finish (self->job, gm_asset_editor_dup_edits (self->editor), TRUE);
}

static void
dispose (GObject *object)
{
  GmUploadRow *self = GM_UPLOAD_ROW (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->job);
  G_OBJECT_CLASS (gm_upload_row_parent_class)->dispose (object);
}

static void
gm_upload_row_class_init (GmUploadRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  remove_signal = g_signal_new ("remove", GM_TYPE_UPLOAD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/admin/upload-row.ui");
  gtk_widget_class_bind_template_child (widget, GmUploadRow, name);
  gtk_widget_class_bind_template_child (widget, GmUploadRow, words);
  gtk_widget_class_bind_template_child (widget, GmUploadRow, progress);
  gtk_widget_class_bind_template_child (widget, GmUploadRow, retry);
  gtk_widget_class_bind_template_child (widget, GmUploadRow, show);
  gtk_widget_class_bind_template_child (widget, GmUploadRow, close);
  gtk_widget_class_bind_template_child (widget, GmUploadRow, revealer);
  gtk_widget_class_bind_template_child (widget, GmUploadRow, editor_place);
  gtk_widget_class_bind_template_child (widget, GmUploadRow, keep);
  gtk_widget_class_bind_template_child (widget, GmUploadRow, publish);
  gtk_widget_class_bind_template_callback (widget, on_retry);
  gtk_widget_class_bind_template_callback (widget, on_show);
  gtk_widget_class_bind_template_callback (widget, on_close);
  gtk_widget_class_bind_template_callback (widget, on_keep);
  gtk_widget_class_bind_template_callback (widget, on_publish);
}

static void
gm_upload_row_init (GmUploadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_upload_row_new (GmUploadJob *job)
{
  GmUploadRow *self = g_object_new (GM_TYPE_UPLOAD_ROW, NULL);

  self->job = g_object_ref (job);
  g_object_bind_property (job, "file-name", self->name, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (job, "file-name", self->name, "tooltip-text", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (job, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

GmUploadJob *
gm_upload_row_get_job (GmUploadRow *self)
{
  g_return_val_if_fail (GM_IS_UPLOAD_ROW (self), NULL);
  return self->job;
}
