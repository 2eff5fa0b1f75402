/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/license-view.h"

#include "app/fact.h"
#include "app/license-lookup.h"
#include "app/license-text.h"
#include "ui/buyer/fact-row.h"
#include "ui/common/cover.h"
#include "ui/common/state-page.h"

struct _GmLicenseView
{
  GtkWidget parent;
  GmSession *session;
  char *order_id;
  GmStatePage *page;
  GmCover *cover;
  GtkLabel *title;
  GtkLabel *artist;
  GtkListBox *facts;
  GtkWidget *terms;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (GmLicenseView, gm_license_view, GTK_TYPE_WIDGET)

/* Lines of the file are wrapped; a paragraph is one line on the screen. */
static char *
unwrap (const char *text)
{
  g_autoptr (GRegex) fold = g_regex_new ("\\n +", 0, 0, NULL);
  g_autofree char *unfolded = g_regex_replace_literal (fold, text, -1, 0, " ", 0, NULL);

  return g_strchomp (g_steal_pointer (&unfolded));
}

static void
show_terms (GmLicenseView *self, const GmLicense *license)
{
  g_autofree char *text = gm_license_text_dup (license->license_hash);
  g_autofree char *shown = text != NULL ? unwrap (text) : NULL;

  gtk_widget_set_visible (self->terms, shown != NULL);
  gtk_label_set_label (self->text, shown != NULL ? shown : "");
}

static void
show_owned (GmLicenseView *self, const GmLicense *license)
{
  GmLibraryItem *item = gm_library_model_find (gm_session_get_library (self->session),
                                               license->asset_id);
  const GmOwned *owned = item != NULL ? gm_library_item_get_owned (item) : NULL;

  if (owned == NULL)
    return;
  gtk_label_set_label (self->title, owned->title);
  gtk_label_set_label (self->artist, owned->artist);
  gm_cover_show (self->cover, owned->artwork, owned->asset_id);
}

static void
found (gpointer owner, gpointer result, const GError *error)
{
  GmLicenseView *self = owner;
  const GmLicense *license = result;
  g_autoptr (GListModel) facts = NULL;

  if (license == NULL)
    {
      gm_state_page_fail (self->page, error);
      return;
    }
  facts = gm_fact_list_of_license (license);
  gtk_list_box_bind_model (self->facts, facts, gm_fact_row_new, NULL, NULL);
  show_owned (self, license);
  show_terms (self, license);
  gm_state_page_set_state (self->page, GM_PAGE_CONTENT);
}

static void
look_up (GmLicenseView *self)
{
  gm_state_page_set_state (self->page, GM_PAGE_WAITING);
  gm_license_lookup (self->session, self->order_id, G_OBJECT (self), found);
}

static void
on_retry (GmLicenseView *self)
{
  look_up (self);
}

static void
dispose (GObject *object)
{
  GmLicenseView *self = GM_LICENSE_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_LICENSE_VIEW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_license_view_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  g_free (GM_LICENSE_VIEW (object)->order_id);
  G_OBJECT_CLASS (gm_license_view_parent_class)->finalize (object);
}

static void
gm_license_view_class_init (GmLicenseViewClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->dispose = dispose;
  object->finalize = finalize;
  g_type_ensure (GM_TYPE_STATE_PAGE);
  g_type_ensure (GM_TYPE_COVER);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/license-view.ui");
  gtk_widget_class_bind_template_child (widget, GmLicenseView, page);
  gtk_widget_class_bind_template_child (widget, GmLicenseView, cover);
  gtk_widget_class_bind_template_child (widget, GmLicenseView, title);
  gtk_widget_class_bind_template_child (widget, GmLicenseView, artist);
  gtk_widget_class_bind_template_child (widget, GmLicenseView, facts);
  gtk_widget_class_bind_template_child (widget, GmLicenseView, terms);
  gtk_widget_class_bind_template_child (widget, GmLicenseView, text);
  gtk_widget_class_bind_template_callback (widget, on_retry);
}

static void
gm_license_view_init (GmLicenseView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gm_license_view_new (GmSession *session, const char *order_id)
{
  GmLicenseView *self = g_object_new (GM_TYPE_LICENSE_VIEW, NULL);

  self->session = g_object_ref (session);
  self->order_id = g_strdup (order_id);
  g_object_set (self->cover, "session", session, NULL);
  look_up (self);
  return GTK_WIDGET (self);
}
