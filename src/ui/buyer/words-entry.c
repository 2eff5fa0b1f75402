/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/words-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WORD_CHARS 9 /* of the longest word and one more */
#define FEW        4 /* so many are below one another */

struct _GmWordsEntry
{
  GtkWidget parent;
  GtkWidget *flow;
  GPtrArray *fields; /* of GtkEntry, the flow's */
  gboolean complete;
  gboolean spreading; /* several words are put into their fields */
};

G_DEFINE_FINAL_TYPE (GmWordsEntry, gm_words_entry, GTK_TYPE_WIDGET)

enum
{
  PROP_COMPLETE = 1,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];
static guint activate_signal;

const char *
gm_words_entry_get (GmWordsEntry *self, guint i)
{
  return i < self->fields->len ? gtk_editable_get_text (self->fields->pdata[i]) : "";
}

gboolean
gm_words_entry_is_complete (GmWordsEntry *self)
{
  return self->complete;
}

static void
update (GmWordsEntry *self)
{
  gboolean complete = self->fields->len > 0;

  for (guint i = 0; i < self->fields->len; i++)
    complete = complete && *gm_words_entry_get (self, i) != '\0';
  if (self->complete == complete)
    return;
  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

static guint
index_of (GmWordsEntry *self, gpointer field)
{
  guint index = 0;

  g_ptr_array_find (self->fields, field, &index);
  return index;
}

static void
wipe (char *text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

/* @text has spaces: its words go to this field and those that follow. */
static void
spread (GmWordsEntry *self, guint first, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  guint at = first;

  self->spreading = TRUE;
  gtk_editable_set_text (self->fields->pdata[first], "");
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0' && at < self->fields->len)
        gtk_editable_set_text (self->fields->pdata[at++], words[i]);
      explicit_bzero (words[i], strlen (words[i]));
    }
  self->spreading = FALSE;
  gtk_widget_grab_focus (self->fields->pdata[MIN (MAX (at, first), self->fields->len - 1)]);
}

static void
on_changed (GmWordsEntry *self, GtkEditable *field)
{
  const char *text = gtk_editable_get_text (field);

  if (self->spreading)
    return;
  if (strpbrk (text, " \t\r\n") != NULL)
    {
      char *copy = g_strdup (text);

      spread (self, index_of (self, field), copy);
      wipe (copy);
    }
  update (self);
}

static void
on_activate (GmWordsEntry *self, GtkWidget *field)
{
  const guint index = index_of (self, field);

  if (index + 1 < self->fields->len)
    gtk_widget_grab_focus (self->fields->pdata[index + 1]);
  else
    g_signal_emit (self, activate_signal, 0);
}

/* No input method learns these words, and nothing of them is on the heap. */
static GtkWidget *
field_new (GmWordsEntry *self, guint place)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();
  GtkWidget *field = gtk_entry_new_with_buffer (buffer);
  g_autofree char *name = g_strdup_printf (_ ("Word %u"), place + 1);

  gtk_entry_set_input_purpose (GTK_ENTRY (field), GTK_INPUT_PURPOSE_PASSWORD);
  gtk_entry_set_input_hints (GTK_ENTRY (field),
                             GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_LOWERCASE |
                                 GTK_INPUT_HINT_NO_EMOJI | GTK_INPUT_HINT_PRIVATE);
  gtk_editable_set_width_chars (GTK_EDITABLE (field), WORD_CHARS);
  gtk_widget_set_hexpand (field, TRUE);
  gtk_widget_set_tooltip_text (field, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (field, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);
  return field;
}

/* The place stays readable beside what is typed. */
static void
add_field (GmWordsEntry *self, guint place)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *number = gtk_label_new (NULL);
  GtkWidget *field = field_new (self, place);
  g_autofree char *text = g_strdup_printf ("%u", place + 1);

  gtk_label_set_label (GTK_LABEL (number), text);
  gtk_label_set_width_chars (GTK_LABEL (number), 2);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), field);
  g_ptr_array_add (self->fields, field);
  gtk_flow_box_append (GTK_FLOW_BOX (self->flow), box);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
}

void
gm_words_entry_ask (GmWordsEntry *self, const guint *places, guint n_places)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->fields, 0);
  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->flow), n_places > FEW ? 2 : 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->flow), n_places > FEW ? 3 : 1);
  for (guint i = 0; i < n_places; i++)
    add_field (self, places[i]);
  update (self);
}

GmSecret *
gm_words_entry_dup_all (GmWordsEntry *self)
{
  GmSecret *all;
  guint8 *at;
  gsize length = 0;

  for (guint i = 0; i < self->fields->len; i++)
    length += strlen (gm_words_entry_get (self, i)) + 1;
  if (length == 0)
    return NULL;

  all = gm_secret_new (length - 1);
  at = gm_secret_open_to_write (all);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const char *word = gm_words_entry_get (self, i);

      if (i > 0)
        *at++ = ' ';
      memcpy (at, word, strlen (word));
      at += strlen (word);
    }
  gm_secret_close (all);
  return all;
}

void
gm_words_entry_clear (GmWordsEntry *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    gtk_editable_set_text (self->fields->pdata[i], "");
}

static gboolean
grab_focus (GtkWidget *widget)
{
  GmWordsEntry *self = GM_WORDS_ENTRY (widget);

  return self->fields->len > 0 && gtk_widget_grab_focus (self->fields->pdata[0]);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, GM_WORDS_ENTRY (object)->complete);
}

static void
dispose (GObject *object)
{
  GmWordsEntry *self = GM_WORDS_ENTRY (object);

  g_ptr_array_set_size (self->fields, 0);
  g_clear_pointer (&self->flow, gtk_widget_unparent);
  G_OBJECT_CLASS (gm_words_entry_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  g_ptr_array_unref (GM_WORDS_ENTRY (object)->fields);
  G_OBJECT_CLASS (gm_words_entry_parent_class)->finalize (object);
}

static void
gm_words_entry_class_init (GmWordsEntryClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->get_property = get_property;
  object->dispose = dispose;
  object->finalize = finalize;
  widget->grab_focus = grab_focus;
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, properties);
  activate_signal = g_signal_new ("activate", GM_TYPE_WORDS_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
}

static void
gm_words_entry_init (GmWordsEntry *self)
{
  self->fields = g_ptr_array_new ();
  self->flow = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "homogeneous",
                             TRUE, "min-children-per-line", 2, "max-children-per-line", 4,
                             "row-spacing", 6, "column-spacing", 6, NULL);
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
}
