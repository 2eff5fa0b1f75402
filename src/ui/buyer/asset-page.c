/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/asset-page.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/asset-facts.h"
#include "ui/buyer/asset-license.h"
#include "ui/buyer/asset-player.h"
#include "ui/buyer/asset-proof.h"
#include "ui/buyer/asset-words.h"
#include "ui/common/cover.h"
#include "ui/common/fold-box.h"
#include "ui/common/state-page.h"

struct _GmAssetPage
{
  AdwBin parent;
  GmSession *session;
  char *id;
  GmAssetItem *item; /* (nullable) */
  GmSyncJob *sync;   /* (nullable) the one that is followed */
  GmStatePage *state_page;
  GmCover *cover;
  GtkLabel *title;
  GmAssetPlayer *player;
  GmAssetFacts *facts;
  GmAssetLicense *license;
  GmAssetProof *proof;
};

G_DEFINE_FINAL_TYPE (GmAssetPage, gm_asset_page, ADW_TYPE_BIN)

enum
{
  PROP_ITEM = 1,
  PROP_ARTWORK,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

/* What the template formats */

static char *
type_words (gpointer self, const char *type)
{
  return g_strdup (gm_asset_words_type (type));
}

static gboolean
has_text (gpointer self, const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
has_tags (gpointer self, const char *const *tags)
{
  return tags != NULL && tags[0] != NULL;
}

static char *
tag_words (gpointer self, const char *const *tags)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    g_string_append_printf (words, "%s#%s", i > 0 ? "  " : "", tags[i]);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* The item */

/* The large picture, where there is one. */
static const char *
get_artwork (GmAssetPage *self)
{
  const GmAsset *asset = self->item != NULL ? gm_asset_item_get_asset (self->item) : NULL;

  if (asset == NULL)
    return NULL;
  return asset->artwork_large != NULL ? asset->artwork_large : asset->artwork;
}

static void
set_item (GmAssetPage *self, GmAssetItem *item)
{
  g_set_object (&self->item, item);
  g_object_set (self->cover, "seed", self->id, NULL);
  gm_asset_player_set_item (self->player, item);
  gm_asset_facts_set_item (self->facts, item);
  gm_asset_license_set_item (self->license, item);
  gm_asset_proof_set_item (self->proof, item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARTWORK]);
  gm_state_page_set_state (self->state_page, GM_PAGE_CONTENT);
}

/* An asset the catalog does not know: perhaps it comes yet. */
static void
show_missing (GmAssetPage *self)
{
  g_autoptr (GError) error = NULL;
  GmSyncState state = GM_SYNC_SYNCING;

  if (self->sync != NULL)
    {
      g_object_get (self->sync, "error", &error, NULL);
      state = gm_sync_job_get_state (self->sync);
    }
  if (state == GM_SYNC_OFFLINE && error != NULL)
    gm_state_page_fail (self->state_page, error);
  else
    gm_state_page_set_state (self->state_page,
                             state == GM_SYNC_CURRENT ? GM_PAGE_EMPTY : GM_PAGE_WAITING);
}

/* What was taken down while it is shown stays until one leaves. */
static void
update (GmAssetPage *self)
{
  g_autoptr (GmAssetItem) found = gm_catalog_model_find (gm_session_get_catalog (self->session),
                                                         self->id);

  if (found == NULL)
    {
      if (self->item == NULL)
        show_missing (self);
      return;
    }
  if (self->item == NULL || !gm_record_equal (&gm_asset_type, gm_asset_item_get_asset (found),
                                              gm_asset_item_get_asset (self->item)))
    set_item (self, found);
}

static void
on_sync_changed (GmAssetPage *self)
{
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_set_object (&self->sync, gm_session_get_sync (self->session));
  if (self->sync != NULL)
    {
      g_signal_connect_object (self->sync, "updated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->sync, "notify::state", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
on_retry (GmAssetPage *self)
{
  if (self->sync != NULL)
    gm_sync_job_retry (self->sync);
}

static void
on_space (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GmAssetPage *self = GM_ASSET_PAGE (widget);

  if (self->item != NULL)
    gm_asset_player_toggle (self->player);
}

static void
on_buy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GmAssetPage *self = GM_ASSET_PAGE (widget);

  if (self->item != NULL)
    gm_asset_license_press (self->license);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmAssetPage *self = GM_ASSET_PAGE (object);

  switch (id)
    {
    case PROP_ITEM: g_value_set_object (value, self->item); break;
    case PROP_ARTWORK: g_value_set_string (value, get_artwork (self)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
dispose (GObject *object)
{
  GmAssetPage *self = GM_ASSET_PAGE (object);

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (gm_asset_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, GmAssetPage, state_page);
  gtk_widget_class_bind_template_child (widget, GmAssetPage, cover);
  gtk_widget_class_bind_template_child (widget, GmAssetPage, title);
  gtk_widget_class_bind_template_child (widget, GmAssetPage, player);
  gtk_widget_class_bind_template_child (widget, GmAssetPage, facts);
  gtk_widget_class_bind_template_child (widget, GmAssetPage, license);
  gtk_widget_class_bind_template_child (widget, GmAssetPage, proof);
  gtk_widget_class_bind_template_callback (widget, type_words);
  gtk_widget_class_bind_template_callback (widget, has_text);
  gtk_widget_class_bind_template_callback (widget, has_tags);
  gtk_widget_class_bind_template_callback (widget, tag_words);
  gtk_widget_class_bind_template_callback (widget, on_retry);
}

static void
gm_asset_page_class_init (GmAssetPageClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->dispose = dispose;
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, GM_TYPE_ASSET_ITEM, flags);
  properties[PROP_ARTWORK] = g_param_spec_string ("artwork", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  g_type_ensure (GM_TYPE_STATE_PAGE);
  g_type_ensure (GM_TYPE_COVER);
  g_type_ensure (GM_TYPE_FOLD_BOX);
  g_type_ensure (GM_TYPE_ASSET_PLAYER);
  g_type_ensure (GM_TYPE_ASSET_FACTS);
  g_type_ensure (GM_TYPE_ASSET_LICENSE);
  g_type_ensure (GM_TYPE_ASSET_PROOF);
  gtk_widget_class_install_action (widget, "page.space", NULL, on_space);
  gtk_widget_class_install_action (widget, "asset.buy", NULL, on_buy);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_b, 0, "asset.buy", NULL);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/asset-page.ui");
  bind_children (widget);
}

static void
gm_asset_page_init (GmAssetPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GmAssetPage *
page_new (GmSession *session, GmPlayerState *state, const char *id)
{
  GmAssetPage *self = g_object_new (GM_TYPE_ASSET_PAGE, NULL);

  self->session = g_object_ref (session);
  self->id = g_strdup (id);
  g_object_set (self->cover, "session", session, NULL);
  gm_asset_player_set_up (self->player, session, state);
  gm_asset_license_set_session (self->license, session);
  g_signal_connect_object (session, "notify::sync", G_CALLBACK (on_sync_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

GtkWidget *
gm_asset_page_new (GmSession *session, GmPlayerState *state, GmAssetItem *item)
{
  GmAssetPage *self = page_new (session, state, gm_asset_item_get_asset (item)->id);

  set_item (self, item);
  on_sync_changed (self);
  return GTK_WIDGET (self);
}

GtkWidget *
gm_asset_page_new_for_id (GmSession *session, GmPlayerState *state, const char *id)
{
  GmAssetPage *self = page_new (session, state, id);

  on_sync_changed (self);
  return GTK_WIDGET (self);
}
