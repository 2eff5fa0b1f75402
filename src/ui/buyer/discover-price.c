/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/discover-price.h"

#include <glib/gi18n-lib.h>

#include "base/money.h"
#include "ui/common/any-spin.h"

#define CURRENCY   "USDC" /* prices are compared in its units */
#define ONE        1000000
#define MOST_WHOLE 10000

struct _GmDiscoverPrice
{
  GtkWidget parent;
  GmDiscoverQuery *query;
  GtkWidget *box;
  GtkSpinButton *most;
  GtkCheckButton *free;
  gboolean showing; /* what the query says, not what a person does */
};

G_DEFINE_FINAL_TYPE (GmDiscoverPrice, gm_discover_price, GTK_TYPE_WIDGET)

char *
gm_discover_price_dup_word (const GmSearch *search)
{
  const GmMoney most = { search->price_max, gm_currency_find (CURRENCY) };
  g_autofree char *amount = NULL;

  if (search->price_max < 0)
    return NULL;
  if (search->price_max == 0)
    return g_strdup (_ ("Free"));
  amount = gm_money_format (&most);
  return g_strdup_printf (_ ("up to %s"), amount);
}

static void
on_edited (GmDiscoverPrice *self)
{
  g_autoptr (GmSearch) next = NULL;
  int most = gtk_spin_button_get_value_as_int (self->most);

  if (self->showing)
    return;
  next = gm_discover_query_dup (self->query);
  next->price_max = most > 0 ? (gint64) most * ONE : GM_SEARCH_ANY_PRICE;
  if (gtk_check_button_get_active (self->free))
    next->price_max = 0;
  gm_discover_query_apply (self->query, next);
}

static void
show_query (GmDiscoverPrice *self)
{
  const GmSearch *search = gm_discover_query_get (self->query);

  self->showing = TRUE;
  gtk_check_button_set_active (self->free, search->price_max == 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->most), search->price_max != 0);
  if (search->price_max != 0) /* what was chosen stays there for when free is over */
    gtk_spin_button_set_value (self->most,
                               search->price_max > 0 ? (double) search->price_max / ONE : 0);
  self->showing = FALSE;
}

static void
dispose (GObject *object)
{
  GmDiscoverPrice *self = GM_DISCOVER_PRICE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->query);
  G_OBJECT_CLASS (gm_discover_price_parent_class)->dispose (object);
}

static void
gm_discover_price_class_init (GmDiscoverPriceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gm_discover_price_init (GmDiscoverPrice *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Up to"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "filterform");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->free = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_ ("Only what is _free")));
  self->most = GTK_SPIN_BUTTON (gm_any_spin_new (MOST_WHOLE, 5, _ ("Up to this price")));
  gtk_widget_set_hexpand (GTK_WIDGET (self->most), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->most));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->most));
  gtk_box_append (GTK_BOX (line), gtk_label_new (CURRENCY));
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->free));
}

GtkWidget *
gm_discover_price_new (GmDiscoverQuery *query)
{
  GmDiscoverPrice *self = g_object_new (GM_TYPE_DISCOVER_PRICE, NULL);

  self->query = g_object_ref (query);
  show_query (self);
  g_signal_connect_swapped (self->most, "value-changed", G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (self->free, "toggled", G_CALLBACK (on_edited), self);
  g_signal_connect_object (query, "changed", G_CALLBACK (show_query), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
