/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/secret-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/account.h"
#include "ui/buyer/word-cards.h"
#include "ui/common/compat.h"
#include "ui/common/secret-clipboard.h"

#define DOT  "•"
#define DOTS 6 /* for a word of any length */

struct _GmSecretView
{
  GtkWidget parent;
  GmSecret *secret; /* (nullable) */
  guint n_words;
  GtkFlowBox *words;
  GtkLabel *key;
  GtkToggleButton *show;
  GtkLabel *hint;
};

G_DEFINE_FINAL_TYPE (GmSecretView, gm_secret_view, GTK_TYPE_WIDGET)

static char *
dup_dots (gsize n)
{
  GString *dots = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (dots, DOT);
  return g_string_free (dots, FALSE);
}

static void
update_words (GmSecretView *self, gboolean shown)
{
  gm_word_cards_clear (self->words);
  for (guint i = 0; i < self->n_words; i++)
    gm_word_cards_add (self->words,
                       shown ? gm_account_dup_word (self->secret, i) : dup_dots (DOTS));
}

/* Of one width, shown or not. */
static void
update_key (GmSecretView *self, gboolean shown)
{
  const gsize length = gm_secret_length (self->secret);
  char *text = shown ? g_strndup ((const char *) gm_secret_open (self->secret), length)
                     : dup_dots (length);

  if (shown)
    gm_secret_close (self->secret);
  if (shown)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->key), GTK_ACCESSIBLE_PROPERTY_LABEL);
  else /* nobody wants to hear all those dots */
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->key), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Hidden"), -1);
  gtk_label_set_label (self->key, text);
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
update (GmSecretView *self)
{
  const gboolean shown = gtk_toggle_button_get_active (self->show);

  if (self->secret == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->show), shown ? _ ("Hide") : _ ("Show"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->show),
                               shown ? _ ("Hide it again") : _ ("Show it when nobody looks"));
  if (self->n_words > 0)
    update_words (self, shown);
  else
    update_key (self, shown);
}

static void
on_copy (GmSecretView *self)
{
  const char *copied = _ ("Copied. The clipboard is cleared in a minute.");

  if (self->secret == NULL)
    return;
  gm_secret_clipboard_copy (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->secret);
  gtk_label_set_label (self->hint, copied);
  gm_compat_announce (GTK_WIDGET (self), copied);
}

void
gm_secret_view_set (GmSecretView *self, GmSecret *secret, guint n_words)
{
  g_clear_pointer (&self->secret, gm_secret_unref);
  self->secret = gm_secret_ref (secret);
  self->n_words = n_words;
  gtk_widget_set_visible (GTK_WIDGET (self->words), n_words > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->key), n_words == 0);
  update (self);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GM_SECRET_VIEW (widget)->show));
}

static void
dispose (GObject *object)
{
  GmSecretView *self = GM_SECRET_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_SECRET_VIEW);
  g_clear_pointer (&self->secret, gm_secret_unref);
  G_OBJECT_CLASS (gm_secret_view_parent_class)->dispose (object);
}

static void
gm_secret_view_class_init (GmSecretViewClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget->grab_focus = grab_focus;
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/secret-view.ui");
  gtk_widget_class_bind_template_child_full (widget, "buttons", FALSE, 0);
  gtk_widget_class_bind_template_child (widget, GmSecretView, words);
  gtk_widget_class_bind_template_child (widget, GmSecretView, key);
  gtk_widget_class_bind_template_child (widget, GmSecretView, show);
  gtk_widget_class_bind_template_child (widget, GmSecretView, hint);
  gtk_widget_class_bind_template_callback (widget, update);
  gtk_widget_class_bind_template_callback (widget, on_copy);
}

static void
gm_secret_view_init (GmSecretView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
