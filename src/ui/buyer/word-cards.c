/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/word-cards.h"

#include <string.h>

static GtkWidget *
number_new (guint place)
{
  g_autofree char *text = g_strdup_printf ("%u", place);
  GtkWidget *number = gtk_label_new (text);

  gtk_label_set_width_chars (GTK_LABEL (number), 2);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  return number;
}

static guint
count (GtkFlowBox *cards)
{
  guint n = 0;

  while (gtk_flow_box_get_child_at_index (cards, (int) n) != NULL)
    n++;
  return n;
}

void
gm_word_cards_add (GtkFlowBox *cards, char *word)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (word);

  explicit_bzero (word, strlen (word));
  g_free (word);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "recovery-word");
  gtk_box_append (GTK_BOX (card), number_new (count (cards) + 1));
  gtk_box_append (GTK_BOX (card), label);
  gtk_flow_box_append (cards, card);
  gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
}

void
gm_word_cards_clear (GtkFlowBox *cards)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (cards))) != NULL)
    gtk_flow_box_remove (cards, child);
}
