/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/asset-license.h"

#include <glib/gi18n-lib.h>

#include "app/license-text.h"
#include "ui/common/compat.h"

struct _GmAssetLicense
{
  GtkWidget parent;
  GmAssetItem *item;
  gulong owned_handler;
  GtkWidget *box;
  GtkLabel *name;
  GtkBox *terms;
  GtkWidget *more;
  GtkLabel *text;
  GtkLabel *price;
  GtkButton *button;
  GtkWidget *note;
};

G_DEFINE_FINAL_TYPE (GmAssetLicense, gm_asset_license, GTK_TYPE_WIDGET)

static void
add_term (GmAssetLicense *self, gboolean may, const char *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *mark = gtk_image_new_from_icon_name (may ? "object-select-symbolic"
                                                      : "process-stop-symbolic");
  GtkWidget *label = gtk_label_new (words);

  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_add_css_class (mark, may ? "may" : "maynot");
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  may ? _ ("Yes") : _ ("No"), -1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (self->terms, line);
}

/* In the order a buyer asks; the words stand for resources/terms/standard.txt. */
static void
show_terms (GmAssetLicense *self, const GmAsset *asset)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->terms))) != NULL)
    gtk_box_remove (self->terms, child);
  gtk_label_set_label (self->name,
                       asset->is_exclusive ? _ ("Exclusive License") : _ ("Standard License"));
  add_term (self, TRUE, _ ("Use it in your own songs, films, games and videos, also commercially"));
  add_term (self, TRUE, _ ("Worldwide and for good: one payment, nothing later"));
  add_term (self, TRUE, _ ("Download and keep the master in full quality"));
  if (asset->is_exclusive)
    add_term (self, TRUE,
              _ ("Nobody gets a license after you; the ones sold before you stay valid"));
  add_term (self, FALSE,
            _ ("Not to be resold or shared on its own, nor as a sample or loop of your own"));
  if (!asset->is_exclusive)
    add_term (self, FALSE, _ ("Not yours alone: others can license it too"));
}

/* Only when it is the text that a receipt of this sale will name. */
static void
show_text (GmAssetLicense *self, const GmAsset *asset)
{
  g_autofree char *text = asset->license_hash != NULL ? gm_license_text_dup (asset->license_hash)
                                                      : NULL;

  gtk_widget_set_visible (self->more, text != NULL);
  gtk_label_set_label (self->text, text != NULL ? text : "");
}

static void
show_button (GmAssetLicense *self)
{
  const GmAsset *asset = gm_asset_item_get_asset (self->item);
  g_autofree char *price = NULL;
  g_autofree char *name = NULL;
  gboolean owned;

  g_object_get (self->item, "owned", &owned, "price-text", &price, NULL);
  gtk_label_set_label (self->price, owned ? _ ("Owned") : price);
  gtk_button_set_label (self->button,
                        owned ? _ ("Play") : asset->price_units == 0 ? _ ("Get It") : _ ("Buy"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button),
                               owned ? _ ("Play the whole recording") : _ ("Buy a license (B)"));
  /* Translators: the name of a button, "Buy Tide" */
  name = g_strdup_printf (owned ? _ ("Play %s") : _ ("Buy %s"), asset->title);
  gm_compat_button_set_label (GTK_WIDGET (self->button), name);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), asset->asset_id != NULL);
}

void
gm_asset_license_set_item (GmAssetLicense *self, GmAssetItem *item)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->owned_handler, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  self->owned_handler = g_signal_connect_swapped (item, "notify::owned", G_CALLBACK (show_button),
                                                  self);
  show_terms (self, gm_asset_item_get_asset (item));
  show_text (self, gm_asset_item_get_asset (item));
  show_button (self);
}

void
gm_asset_license_press (GmAssetLicense *self)
{
  const GmAsset *asset = gm_asset_item_get_asset (self->item);
  gboolean owned;

  g_object_get (self->item, "owned", &owned, NULL);
  if (asset->asset_id == NULL)
    return;
  if (owned)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.play", "s", asset->asset_id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.buy", "s", asset->id);
}

void
gm_asset_license_set_session (GmAssetLicense *self, GmSession *session)
{
  g_object_bind_property (session, "test-money", self->note, "visible", G_BINDING_SYNC_CREATE);
}

static void
dispose (GObject *object)
{
  GmAssetLicense *self = GM_ASSET_LICENSE (object);

  gm_asset_license_set_item (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gm_asset_license_parent_class)->dispose (object);
}

static void
gm_asset_license_class_init (GmAssetLicenseClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/asset-license.ui");
  gtk_widget_class_bind_template_child (widget, GmAssetLicense, box);
  gtk_widget_class_bind_template_child (widget, GmAssetLicense, name);
  gtk_widget_class_bind_template_child (widget, GmAssetLicense, terms);
  gtk_widget_class_bind_template_child (widget, GmAssetLicense, more);
  gtk_widget_class_bind_template_child (widget, GmAssetLicense, text);
  gtk_widget_class_bind_template_child (widget, GmAssetLicense, price);
  gtk_widget_class_bind_template_child (widget, GmAssetLicense, button);
  gtk_widget_class_bind_template_child (widget, GmAssetLicense, note);
  gtk_widget_class_bind_template_callback (widget, gm_asset_license_press);
}

static void
gm_asset_license_init (GmAssetLicense *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
