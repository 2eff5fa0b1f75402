/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/asset-item.h"

#include "app/price.h"
#include "base/duration.h"

enum
{
  OWNED,
  PLAYING,
  PRICE_TEXT,
  DURATION_TEXT,
  CAMELOT,
  N_OWN,
};

struct _GmAssetItem
{
  GObject parent;
  GmAsset *asset;
  GmAssetMarks *marks; /* (nullable) */
  gboolean owned;
  gboolean playing;
};

G_DEFINE_FINAL_TYPE (GmAssetItem, gm_asset_item, G_TYPE_OBJECT)

static GParamSpec *own[N_OWN];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmAssetItem *self = GM_ASSET_ITEM (object);

  switch ((int) (id - gm_asset_type.n_fields - 1))
    {
    case OWNED: g_value_set_boolean (value, self->owned); break;
    case PLAYING: g_value_set_boolean (value, self->playing); break;
    case PRICE_TEXT:
      g_value_take_string (value,
                           gm_price_format (self->asset->price_units, self->asset->price_currency));
      break;
    case DURATION_TEXT:
      g_value_take_string (value, gm_duration_format (self->asset->duration_ms));
      break;
    case CAMELOT:
      g_value_set_static_string (value, gm_asset_key_camelot (self->asset->key_sig));
      break;
    default: gm_record_get_property (object, id, value, pspec); break;
    }
}

static void
on_marks_changed (GmAssetItem *self)
{
  gboolean owned = gm_asset_marks_is_owned (self->marks, self->asset->asset_id);
  gboolean playing = gm_asset_marks_is_playing (self->marks, self->asset->asset_id);

  if (owned != self->owned)
    {
      self->owned = owned;
      g_object_notify_by_pspec (G_OBJECT (self), own[OWNED]);
    }
  if (playing != self->playing)
    {
      self->playing = playing;
      g_object_notify_by_pspec (G_OBJECT (self), own[PLAYING]);
    }
}

static void
finalize (GObject *object)
{
  GmAssetItem *self = GM_ASSET_ITEM (object);

  if (self->marks != NULL)
    g_signal_handlers_disconnect_by_data (self->marks, self);
  g_clear_object (&self->marks);
  gm_asset_free (self->asset);
  G_OBJECT_CLASS (gm_asset_item_parent_class)->finalize (object);
}

static void
gm_asset_item_class_init (GmAssetItemClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  gm_record_install_properties (&gm_asset_type, object, G_STRUCT_OFFSET (GmAssetItem, asset));
  object->get_property = get_property;
  object->finalize = finalize;
  own[OWNED] = g_param_spec_boolean ("owned", NULL, NULL, FALSE, flags);
  own[PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  own[PRICE_TEXT] = g_param_spec_string ("price-text", NULL, NULL, NULL, flags);
  own[DURATION_TEXT] = g_param_spec_string ("duration-text", NULL, NULL, NULL, flags);
  own[CAMELOT] = g_param_spec_string ("camelot", NULL, NULL, NULL, flags);
  for (guint i = 0; i < N_OWN; i++)
    g_object_class_install_property (object, gm_asset_type.n_fields + 1 + i, own[i]);
}

static void
gm_asset_item_init (GmAssetItem *self)
{
}

GmAssetItem *
gm_asset_item_new (GmAsset *asset, GmAssetMarks *marks)
{
  GmAssetItem *self = g_object_new (GM_TYPE_ASSET_ITEM, NULL);

  self->asset = asset;
  if (marks == NULL)
    return self;

  self->marks = g_object_ref (marks);
  self->owned = gm_asset_marks_is_owned (marks, asset->asset_id);
  self->playing = gm_asset_marks_is_playing (marks, asset->asset_id);
  g_signal_connect_swapped (marks, "changed", G_CALLBACK (on_marks_changed), self);
  return self;
}

const GmAsset *
gm_asset_item_get_asset (GmAssetItem *self)
{
  return self->asset;
}
