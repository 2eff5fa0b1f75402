/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/admin/audit-list.h"

#include <glib/gi18n-lib.h>

#include "app/audit-diff.h"
#include "app/when.h"
#include "ui/common/error-words.h"

#define SHOWN 20 /* entries; the audit page has them all */

typedef struct
{
  GmSession *session;
  char *id;
  GmAuditModel *model; /* (nullable) until unfolded */
  AdwExpanderRow *fold;
  GPtrArray *rows; /* of GtkWidget, borrowed */
} AuditList;

static void
audit_list_free (gpointer data)
{
  AuditList *self = data;

  g_object_unref (self->session);
  g_clear_object (&self->model);
  g_ptr_array_unref (self->rows);
  g_free (self->id);
  g_free (self);
}

/* "0x1234…abcd" of an address; other actors are words already. */
static char *
short_actor (const char *actor)
{
  const gsize length = actor != NULL ? strlen (actor) : 0;

  if (length < 20)
    return g_strdup (actor);
  return g_strdup_printf ("%.6s…%s", actor, actor + length - 4);
}

static const struct
{
  const char *operation;
  const char *words;
} operations[] = {
  { "create", N_ ("Added") },
    { "update", N_ ("Edited") },
      { "status_change", N_ ("Status changed") },
        { "delete", N_ ("Archived") },
      };

static const char *
operation_words (const char *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_strcmp0 (operations[i].operation, operation) == 0)
      return _ (operations[i].words);
  return operation;
}

static void
add_row (AuditList *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", subtitle, NULL);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_expander_row_add_row (self->fold, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_item (AuditList *self, GObject *item)
{
  g_autofree char *actor = NULL;
  g_autofree char *operation = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *who = NULL;
  g_autofree char *when = NULL;
  g_autofree char *diff = NULL;
  g_autofree char *title = NULL;
  gint64 at;

  g_object_get (item, "actor", &actor, "operation", &operation, "changed", &changed, "before",
                &before, "after", &after, "created-at", &at, NULL);
  who = short_actor (actor);
  when = gm_when_format (at);
  diff = before != NULL ? gm_audit_diff_text (changed, before, after) : NULL;
  title = g_strdup_printf ("%s · %s · %s", operation_words (operation), who, when);
  add_row (self, title, diff != NULL ? diff : "");
}

static void
show (AuditList *self)
{
  g_autoptr (GError) error = NULL;
  gboolean loading;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  g_object_get (self->model, "error", &error, "loading", &loading, NULL);
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->fold, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < MIN (n, SHOWN); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      add_item (self, item);
    }
  if (error != NULL)
    {
      g_autofree char *title = NULL;
      g_autofree char *sentence = NULL;

      gm_error_words (error, &title, &sentence, NULL, NULL);
      add_row (self, title, sentence);
    }
  else if (n == 0)
    add_row (self, loading ? _ ("Loading…") : _ ("Nothing yet"), "");
}

static void
on_unfolded (AdwExpanderRow *fold, GParamSpec *pspec, gpointer data)
{
  AuditList *self = data;

  if (!adw_expander_row_get_expanded (fold))
    return;
  if (self->model != NULL)
    {
      gm_audit_model_refresh (self->model);
      return;
    }
  self->model = gm_audit_model_new (self->session, self->id);
  g_signal_connect_data (self->model, "items-changed", G_CALLBACK (show), self, NULL,
                         G_CONNECT_SWAPPED);
  g_signal_connect_data (self->model, "notify", G_CALLBACK (show), self, NULL, G_CONNECT_SWAPPED);
  show (self);
}

GtkWidget *
gm_audit_list_new (GmSession *session, const char *id)
{
  AuditList *self = g_new0 (AuditList, 1);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *fold = adw_expander_row_new ();

  self->session = g_object_ref (session);
  self->id = g_strdup (id);
  self->fold = ADW_EXPANDER_ROW (fold);
  self->rows = g_ptr_array_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (fold), _ ("History"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (fold), _ ("Who changed what, and when"));
  gtk_list_box_append (GTK_LIST_BOX (list), fold);
  g_signal_connect (fold, "notify::expanded", G_CALLBACK (on_unfolded), self);
  g_object_set_data_full (G_OBJECT (list), "gm-audit-list", self, audit_list_free);
  return list;
}
