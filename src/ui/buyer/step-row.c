/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/step-row.h"

#include <glib/gi18n-lib.h>

struct _GmStepRow
{
  GtkListBoxRow parent;
  GmBuyStepItem *item;
  GmBuyJob *job;
  GtkStack *picture;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *title;
  GtkProgressBar *progress;
  GtkLabel *state;
};

G_DEFINE_FINAL_TYPE (GmStepRow, gm_step_row, GTK_TYPE_LIST_BOX_ROW)

/* Each state by picture, word and color: no one of them alone. */
static const struct
{
  const char *icon; /* NULL: the spinner */
  const char *word;
  const char *css;
} looks[] = {
  [GM_BUY_STEP_PENDING] = {
      "step-pending-symbolic", N_ ("Next"), "pending" },
      [GM_BUY_STEP_ACTIVE] = {
          NULL, N_ ("Now"), "current" },
          [GM_BUY_STEP_DONE] = { "emblem-ok-symbolic", N_ ("Done"), "done" },
                                 [GM_BUY_STEP_FAILED] = { "dialog-error-symbolic",
                                                          N_ ("Stopped"), "failed" },
                                 };

static GmBuyStepState
get_state (GmStepRow *self)
{
  GmBuyStepState state;

  g_object_get (self->item, "state", &state, NULL);
  return state;
}

static void
on_fraction (GmStepRow *self)
{
  double fraction;

  g_object_get (self->job, "fraction", &fraction, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress),
                          fraction >= 0 && get_state (self) == GM_BUY_STEP_ACTIVE);
  gtk_progress_bar_set_fraction (self->progress, MAX (fraction, 0));
}

static void
on_state (GmStepRow *self)
{
  const GmBuyStepState state = get_state (self);
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), gtk_label_get_label (self->title),
                                              _ (looks[state].word));

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].css);
  gtk_widget_add_css_class (GTK_WIDGET (self), looks[state].css);
  gtk_label_set_label (self->state, state != GM_BUY_STEP_PENDING ? _ (looks[state].word) : "");
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_stack_set_visible_child (self->picture, looks[state].icon != NULL
                                                  ? GTK_WIDGET (self->icon)
                                                  : GTK_WIDGET (self->spinner));
  gtk_spinner_set_spinning (self->spinner, looks[state].icon == NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  on_fraction (self);
}

static void
dispose (GObject *object)
{
  GmStepRow *self = GM_STEP_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_STEP_ROW);
  g_clear_object (&self->item);
  g_clear_object (&self->job);
  G_OBJECT_CLASS (gm_step_row_parent_class)->dispose (object);
}

static void
gm_step_row_class_init (GmStepRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/step-row.ui");
  gtk_widget_class_bind_template_child (widget, GmStepRow, picture);
  gtk_widget_class_bind_template_child (widget, GmStepRow, icon);
  gtk_widget_class_bind_template_child (widget, GmStepRow, spinner);
  gtk_widget_class_bind_template_child (widget, GmStepRow, title);
  gtk_widget_class_bind_template_child (widget, GmStepRow, progress);
  gtk_widget_class_bind_template_child (widget, GmStepRow, state);
}

static void
gm_step_row_init (GmStepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_step_row_new (gpointer item, gpointer job)
{
  GmStepRow *self = g_object_new (GM_TYPE_STEP_ROW, NULL);

  self->item = g_object_ref (item);
  self->job = g_object_ref (job);
  g_object_bind_property (item, "title", self->title, "label", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "notify::fraction", G_CALLBACK (on_fraction), self,
                           G_CONNECT_SWAPPED);
  on_state (self);
  return GTK_WIDGET (self);
}
