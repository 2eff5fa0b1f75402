/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/admin/status-words.h"

#include <glib/gi18n-lib.h>

#include "catalog/asset.h"

const char *const gm_status_ids[GM_STATUS_N] = { "draft",     "processing", "ready",
                                                 "published", "error",      "archived" };

static const struct
{
  const char *words;
  const char *style; /* (nullable) of .gm-badge */
} looks[GM_STATUS_N] = {
  { N_ ("Draft"), NULL },       { N_ ("Processing"), "info" }, { N_ ("Ready"), "caution" },
                                                                 { N_ ("Published"), "good" }, { N_ ("Error"), "danger" },    { N_ ("Archived"), NULL },
                                                                  };

static int
find (const char *status)
{
  for (guint i = 0; i < GM_STATUS_N; i++)
    if (g_strcmp0 (gm_status_ids[i], status) == 0)
      return (int) i;
  return -1;
}

const char *
gm_status_words (const char *status)
{
  const int at = find (status);

  return at >= 0 ? _ (looks[at].words) : status;
}

GtkWidget *
gm_status_badge_new (void)
{
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_widget_add_css_class (badge, "gm-badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (badge, GTK_ALIGN_START);
  return badge;
}

void
gm_status_badge_set (GtkWidget *badge, const char *status)
{
  const int at = find (status);

  for (guint i = 0; i < GM_STATUS_N; i++)
    if (looks[i].style != NULL)
      gtk_widget_remove_css_class (badge, looks[i].style);
  if (at >= 0 && looks[at].style != NULL)
    gtk_widget_add_css_class (badge, looks[at].style);
  gtk_label_set_label (GTK_LABEL (badge), gm_status_words (status));
}

const char *
gm_status_step_words (const char *from, const char *to)
{
  static const struct
  {
    const char *from; /* (nullable) any */
    const char *to;
    const char *words;
  } steps
      [] = {
        { NULL, "published", N_ ("_Publish") },
          { "published", "ready", N_ ("_Unpublish") },
            { "archived", "ready", N_ ("_Restore") },
              { "processing", "draft", N_ ("_Stop Processing") },
                { NULL, "archived", N_ ("_Archive") },
              };

  if (!gm_asset_status_may_go (from, to))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].to, to) &&
        (steps[i].from == NULL || g_str_equal (steps[i].from, from)))
      return _ (steps[i].words);
  return NULL;
}
