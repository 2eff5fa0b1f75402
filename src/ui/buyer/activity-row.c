/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/activity-row.h"

#include <glib/gi18n-lib.h>

#include "ui/common/compat.h"
#include "ui/common/error-words.h"
#include "ui/common/fold-box.h"

struct _GmActivityRow
{
  GtkListBoxRow parent;
  GmActivity *activity;
  GmActivityItem *item;
  GtkLabel *sentence;
  GtkImage *icon;
  GtkLabel *state;
  GtkLabel *where;
  GtkWidget *verbs;
  GtkWidget *speed_up;
  GtkWidget *cancel;
  GtkWidget *link;
};

G_DEFINE_FINAL_TYPE (GmActivityRow, gm_activity_row, GTK_TYPE_LIST_BOX_ROW)

static const struct
{
  const char *icon;
  const char *css;
} looks[] = {
  [GM_SENT_TX_SIGNED] = { "step-pending-symbolic", "dim-label" },
  [GM_SENT_TX_SENT] = { "view-refresh-symbolic", "dim-label" },
  [GM_SENT_TX_DONE] = { "emblem-ok-symbolic", "success" },
  [GM_SENT_TX_REVERTED] = { "dialog-error-symbolic", "error" },
  [GM_SENT_TX_REPLACED] = { "edit-undo-symbolic", "dim-label" },
  [GM_SENT_TX_DROPPED] = { "dialog-error-symbolic", "error" },
};

static char *
dup_where (GmActivityRow *self)
{
  g_autofree char *network = NULL;
  g_autofree char *when = NULL;
  gboolean test;

  g_object_get (self->item, "network", &network, "when-text", &when, "test-money", &test, NULL);
  if (network == NULL)
    return g_steal_pointer (&when);
  if (test)
    return g_strdup_printf (_ ("%s, test money · %s"), network, when);
  return g_strdup_printf ("%s · %s", network, when);
}

static void
update (GmActivityRow *self)
{
  g_autofree char *sentence = NULL;
  g_autofree char *words = NULL;
  g_autofree char *where = dup_where (self);
  g_autofree char *link = NULL;
  g_autofree char *name = NULL;
  gboolean may_replace;
  int state;

  g_object_get (self->item, "sentence", &sentence, "state", &state, "state-text", &words, "link",
                &link, "may-replace", &may_replace, NULL);
  name = g_strdup_printf ("%s, %s, %s", sentence, words, where);
  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->state, words);
  gtk_label_set_label (self->where, where);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[i].css);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[state].css);
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_widget_set_visible (self->verbs, may_replace);
  gtk_widget_set_visible (self->link, link != NULL);
  if (link != NULL)
    gtk_link_button_set_uri (GTK_LINK_BUTTON (self->link), link);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The row of the other one comes by itself. */
static void
replaced (gpointer owner, gpointer result, const GError *error)
{
  GmActivityRow *self = owner;
  const GmTxRun *run = result;
  g_autofree char *words = NULL;

  gtk_widget_set_sensitive (self->verbs, TRUE);
  if (error != NULL)
    words = gm_error_words_short (error); /* the chain's own reason */
  else if (run->sent->state == GM_SENT_TX_DROPPED)
    words = g_strdup (run->sent->failure);
  if (words != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.toast", "s", words);
}

static void
replace (GmActivityRow *self, gboolean cancel)
{
  gtk_widget_set_sensitive (self->verbs, FALSE);
  gm_activity_replace (self->activity, self->item, cancel, G_OBJECT (self), replaced);
}

static void
speed_up (gpointer self)
{
  replace (self, FALSE);
}

static void
cancel (gpointer self)
{
  replace (self, TRUE);
}

static void
on_speed_up (GmActivityRow *self)
{
  gm_compat_confirm (
      GTK_WIDGET (self),
      &(GmCompatQuestion){
          .heading = _ ("Speed It Up?"),
              .body = _ ("It is sent again for a fee at least a tenth higher. Only one of both counts."),
                  .yes = _ ("_Speed Up"), .func = speed_up, .data = g_object_ref (self),
                            .free_data = g_object_unref });
}

static void
on_cancel (GmActivityRow *self)
{
  gm_compat_confirm (
      GTK_WIDGET (self),
      &(GmCompatQuestion){
          .heading = _ ("Cancel It?"),
              .body = _ ("Nothing is sent to yourself in its place, for a higher fee. It may be too late: "
                 "then the first one counts."),
                  .yes = _ ("_Cancel It"), .destructive = TRUE, .func = cancel,
                            .data = g_object_ref (self), .free_data = g_object_unref });
}

static void
name_buttons (GmActivityRow *self, const char *sentence)
{
  g_autofree char *faster = g_strdup_printf (_ ("Speed up: %s"), sentence);
  g_autofree char *never = g_strdup_printf (_ ("Cancel: %s"), sentence);
  g_autofree char *show = g_strdup_printf (_ ("In the block explorer: %s"), sentence);

  gm_compat_button_set_label (self->speed_up, faster);
  gm_compat_button_set_label (self->cancel, never);
  gm_compat_button_set_label (self->link, show);
}

static void
dispose (GObject *object)
{
  GmActivityRow *self = GM_ACTIVITY_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_ACTIVITY_ROW);
  g_clear_object (&self->item);
  g_clear_object (&self->activity);
  G_OBJECT_CLASS (gm_activity_row_parent_class)->dispose (object);
}

static void
gm_activity_row_class_init (GmActivityRowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (GM_TYPE_FOLD_BOX);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/activity-row.ui");
  gtk_widget_class_bind_template_child (widget, GmActivityRow, sentence);
  gtk_widget_class_bind_template_child (widget, GmActivityRow, icon);
  gtk_widget_class_bind_template_child (widget, GmActivityRow, state);
  gtk_widget_class_bind_template_child (widget, GmActivityRow, where);
  gtk_widget_class_bind_template_child (widget, GmActivityRow, verbs);
  gtk_widget_class_bind_template_child (widget, GmActivityRow, speed_up);
  gtk_widget_class_bind_template_child (widget, GmActivityRow, cancel);
  gtk_widget_class_bind_template_child (widget, GmActivityRow, link);
  gtk_widget_class_bind_template_callback (widget, on_speed_up);
  gtk_widget_class_bind_template_callback (widget, on_cancel);
}

static void
gm_activity_row_init (GmActivityRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_activity_row_new (gpointer item, gpointer activity)
{
  static const char *const followed[] = { "notify::state-text", "notify::network",
                                          "notify::may-replace" };
  GmActivityRow *self = g_object_new (GM_TYPE_ACTIVITY_ROW, NULL);

  self->item = g_object_ref (item);
  self->activity = g_object_ref (activity);
  name_buttons (self, gm_activity_item_get_tx (item)->sentence);
  for (guint i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_connect_object (item, followed[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
