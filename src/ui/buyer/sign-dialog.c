/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/sign-dialog.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "ui/buyer/fact-row.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

#define WIDTH  460
#define HEIGHT 620

#define PAUSE_MS 500 /* a double click was meant for what was there before */

struct _GmSignDialog
{
  GtkWidget parent;
  GmSigningDesk *desk;
  GmReview *review;
  guint pause; /* source */
  GtkImage *icon;
  GtkLabel *sentence;
  GtkLabel *danger;
  GtkListBox *facts;
  GtkWidget *outcome;
  GtkListBox *changes;
  GtkExpander *whole;
  GtkTextBuffer *raw;
  GtkWidget *copy;
  GtkCheckButton *understood;
  GtkWidget *proof; /* asks for the password */
  GtkEditable *password;
  GtkLabel *wrong;
  GtkSpinner *spinner;
  GtkWidget *checking;
  gboolean busy; /* the password is being tried */
  GtkWidget *decline;
  GtkWidget *sign;
};

G_DEFINE_FINAL_TYPE (GmSignDialog, gm_sign_dialog, GTK_TYPE_WIDGET)

static void
set_class (gpointer widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static gboolean
needs_password (GmSignDialog *self)
{
  return gtk_widget_get_visible (self->proof);
}

static void
update_sign (GmSignDialog *self)
{
  const gboolean has_danger = gm_review_get_danger (self->review) != NULL;
  const gboolean is_understood = !has_danger || gtk_check_button_get_active (self->understood);
  const gboolean has_password = *gtk_editable_get_text (self->password) != '\0';

  gtk_widget_set_sensitive (self->sign, self->pause == 0 && !self->busy && is_understood &&
                                            (has_password || !needs_password (self)));
}

static void
on_typed (GmSignDialog *self)
{
  if (*gtk_editable_get_text (self->password) != '\0')
    gtk_widget_set_visible (GTK_WIDGET (self->wrong), FALSE);
  update_sign (self);
}

/* Trying it out may find one after it is shown: what was understood before was something else. */
static void
on_danger (GmSignDialog *self)
{
  const char *danger = gm_review_get_danger (self->review);

  gtk_label_set_label (self->danger, danger != NULL ? danger : "");
  gtk_widget_set_visible (GTK_WIDGET (self->danger), danger != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->understood), danger != NULL);
  gtk_check_button_set_active (self->understood, FALSE);
  gtk_image_set_from_icon_name (self->icon, danger != NULL ? "dialog-warning-symbolic"
                                                           : "document-edit-symbolic");
  set_class (self->icon, "error", danger != NULL);
  set_class (self->icon, "dim-label", danger == NULL);
  set_class (self->sign, "destructive-action", danger != NULL);
  set_class (self->sign, "suggested-action", danger == NULL);
  update_sign (self);
}

static void
on_simulation (GmSignDialog *self)
{
  g_autoptr (GListModel) simulation = NULL;

  g_object_get (self->review, "simulation", &simulation, NULL);
  gtk_widget_set_visible (self->outcome, simulation != NULL);
  gtk_list_box_bind_model (self->changes, simulation, gm_fact_row_new, NULL, NULL);
}

/* No hyphens where a line is broken: nobody signed those. */
static void
show_raw (GmSignDialog *self, const char *raw)
{
  GtkTextIter start, end;

  gtk_text_buffer_set_text (self->raw, raw, -1);
  gtk_text_buffer_get_bounds (self->raw, &start, &end);
  gtk_text_buffer_apply_tag_by_name (self->raw, "as-it-is", &start, &end);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy), "s", raw);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy), "app.copy");
}

static void
show_review (GmSignDialog *self)
{
  GListModel *facts = gm_review_get_facts (self->review);

  gtk_widget_set_visible (self->proof, gm_signing_desk_needs_password (self->desk, self->review));

  gtk_label_set_label (self->sentence, gm_review_get_sentence (self->review));
  gtk_list_box_bind_model (self->facts, facts, gm_fact_row_new, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), g_list_model_get_n_items (facts) > 0);
  gtk_expander_set_expanded (self->whole, gm_review_get_danger (self->review) != NULL);
  show_raw (self, gm_review_get_raw (self->review));
  on_danger (self);
  on_simulation (self);
}

static gboolean
on_paused (gpointer data)
{
  GmSignDialog *self = data;

  self->pause = 0;
  update_sign (self);
  return G_SOURCE_REMOVE;
}

static void
map (GtkWidget *widget)
{
  GmSignDialog *self = GM_SIGN_DIALOG (widget);

  GTK_WIDGET_CLASS (gm_sign_dialog_parent_class)->map (widget);
  gtk_widget_grab_focus (self->decline);
  gm_compat_announce (widget, gm_review_get_sentence (self->review));
}

static void
answer (GmSignDialog *self, gboolean yes)
{
  g_autoptr (GmSigningDesk) desk = g_steal_pointer (&self->desk);

  if (desk != NULL)
    gm_signing_desk_answer (desk, self->review, yes);
}

static void
on_decline (GmSignDialog *self)
{
  gm_compat_dialog_close (GTK_WIDGET (self));
}

static void
set_busy (GmSignDialog *self, gboolean busy)
{
  self->busy = busy;
  gtk_editable_set_editable (self->password, !busy); /* it keeps the focus */
  gtk_widget_set_visible (self->checking, busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  update_sign (self);
}

static void
password_tried (gpointer owner, gpointer result, const GError *error)
{
  GmSignDialog *self = owner;
  g_autofree char *sentence = NULL;

  set_busy (self, FALSE);
  if (result != NULL) /* it is signed, and settled */
    return;
  sentence = gm_error_is (error, GM_ERROR_DENIED)
      ? g_strdup (_ ("This is not the password of the wallet."))
      : gm_error_words_short (error);
  gtk_label_set_label (self->wrong, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), TRUE);
  gm_compat_announce (GTK_WIDGET (self), sentence);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

/* The text leaves the entry in any case: it is in a GmSecret, or wrong. */
static void
try_password (GmSignDialog *self)
{
  g_autoptr (GmSecret) password = gm_secret_new_text (gtk_editable_get_text (self->password));

  set_busy (self, TRUE);
  gtk_editable_set_text (self->password, "");
  gm_compat_announce (GTK_WIDGET (self), _ ("Checking the password…"));
  gm_signing_desk_answer_yes (self->desk, self->review, password, G_OBJECT (self), password_tried);
}

static void
on_sign (GmSignDialog *self)
{
  if (!gtk_widget_is_sensitive (self->sign)) /* Enter in the password */
    return;
  if (needs_password (self))
    {
      try_password (self);
      return;
    }
  answer (self, TRUE);
  gm_compat_dialog_close (GTK_WIDGET (self));
}

static void
on_settled (GmSignDialog *self, GmReview *review)
{
  if (review == self->review)
    gm_compat_dialog_close (GTK_WIDGET (self));
}

static void
dispose (GObject *object)
{
  GmSignDialog *self = GM_SIGN_DIALOG (object);

  answer (self, FALSE); /* unless it is answered */
  g_clear_handle_id (&self->pause, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_SIGN_DIALOG);
  g_clear_object (&self->review);
  G_OBJECT_CLASS (gm_sign_dialog_parent_class)->dispose (object);
}

static void
gm_sign_dialog_class_init (GmSignDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget->map = map;
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/sign-dialog.ui");
  gtk_widget_class_bind_template_child_full (widget, "scroll", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget, "bar", FALSE, 0);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, icon);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, sentence);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, danger);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, facts);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, outcome);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, changes);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, whole);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, raw);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, copy);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, understood);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, proof);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, password);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, wrong);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, checking);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, spinner);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, decline);
  gtk_widget_class_bind_template_child (widget, GmSignDialog, sign);
  gtk_widget_class_bind_template_callback (widget, update_sign);
  gtk_widget_class_bind_template_callback (widget, on_typed);
  gtk_widget_class_bind_template_callback (widget, on_decline);
  gtk_widget_class_bind_template_callback (widget, on_sign);
}

static void
gm_sign_dialog_init (GmSignDialog *self)
{
  self->pause = g_timeout_add (PAUSE_MS, on_paused, self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_sign_dialog_new (GmSigningDesk *desk, GmReview *review)
{
  GmSignDialog *self = g_object_new (GM_TYPE_SIGN_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  self->review = g_object_ref (review);
  show_review (self);
  g_signal_connect_object (review, "notify::danger", G_CALLBACK (on_danger), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (review, "notify::simulation", G_CALLBACK (on_simulation), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "settled", G_CALLBACK (on_settled), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* Over whatever dialog asked for it. */
static GtkWidget *
topmost (GtkWindow *window)
{
  GtkApplication *application = gtk_window_get_application (window);
  GtkWindow *active = application != NULL ? gtk_application_get_active_window (application) : NULL;

  return GTK_WIDGET (active != NULL ? active : window);
}

static void
on_review (GtkWindow *window, GmReview *review, GmSigningDesk *desk)
{
  GtkWidget *content = gm_sign_dialog_new (desk, review);

  gm_compat_dialog_present (gm_compat_dialog_new (content, _ ("Sign"), WIDTH, HEIGHT),
                                                  topmost (window));
}

void
gm_sign_dialog_attach (GtkWindow *window, GmSigningDesk *desk)
{
  g_signal_connect_object (desk, "review", G_CALLBACK (on_review), window, G_CONNECT_SWAPPED);
}
