/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/common/any-spin.h"

#include <glib/gi18n-lib.h>

static gboolean
on_output (GtkSpinButton *spin)
{
  if (gtk_spin_button_get_value (spin) != 0)
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (spin), _ ("Any"));
  return TRUE;
}

/* What is no number is any. */
static int
on_input (GtkSpinButton *spin, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  char *end;

  *value = g_strtod (text, &end);
  if (end == text)
    *value = 0;
  return TRUE;
}

GtkWidget *
gm_any_spin_new (double most, double step, const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, step);

  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), FALSE); /* a word has to fit in */
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_widget_set_tooltip_text (spin, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (spin, "output", G_CALLBACK (on_output), NULL);
  g_signal_connect (spin, "input", G_CALLBACK (on_input), NULL);
  gtk_editable_set_text (GTK_EDITABLE (spin), _ ("Any"));
  return spin;
}
