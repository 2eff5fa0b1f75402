/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/track-item.h"

#include "base/duration.h"

enum
{
  ASSET_ID = 1,
  ASSET,
  TITLE,
  ARTIST,
  ARTWORK,
  DURATION_TEXT,
  CURRENT,
  N_PROPERTIES,
};

struct _GmTrackItem
{
  GObject parent;
  GmTrack *track;
  gboolean current;
};

G_DEFINE_FINAL_TYPE (GmTrackItem, gm_track_item, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPERTIES];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmTrackItem *self = GM_TRACK_ITEM (object);
  const GmTrackInfo *info = gm_track_get_info (self->track);

  switch (id)
    {
    case ASSET_ID: g_value_set_string (value, info->asset_id); break;
    case ASSET: g_value_set_string (value, info->asset); break;
    case TITLE: g_value_set_string (value, info->title); break;
    case ARTIST: g_value_set_string (value, info->artist); break;
    case ARTWORK: g_value_set_string (value, info->artwork); break;
    case DURATION_TEXT: g_value_take_string (value, gm_duration_format (info->duration_ms)); break;
    case CURRENT: g_value_set_boolean (value, self->current); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
finalize (GObject *object)
{
  gm_track_unref (GM_TRACK_ITEM (object)->track);
  G_OBJECT_CLASS (gm_track_item_parent_class)->finalize (object);
}

static void
gm_track_item_class_init (GmTrackItemClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char *const texts[] = {
    [ASSET_ID] = "asset-id", [ASSET] = "asset",     [TITLE] = "title",
    [ARTIST] = "artist",     [ARTWORK] = "artwork", [DURATION_TEXT] = "duration-text",
  };

  object->get_property = get_property;
  object->finalize = finalize;
  for (guint id = ASSET_ID; id < G_N_ELEMENTS (texts); id++)
    properties[id] = g_param_spec_string (texts[id], NULL, NULL, NULL, flags);
  properties[CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object, N_PROPERTIES, properties);
}

static void
gm_track_item_init (GmTrackItem *self)
{
}

GmTrackItem *
gm_track_item_new (GmTrack *track)
{
  GmTrackItem *self = g_object_new (GM_TYPE_TRACK_ITEM, NULL);

  self->track = gm_track_ref (track);
  return self;
}

GmTrack *
gm_track_item_get_track (GmTrackItem *self)
{
  return self->track;
}

void
gm_track_item_set_current (GmTrackItem *self, gboolean current)
{
  if (self->current == current)
    return;

  self->current = current;
  g_object_notify_by_pspec (G_OBJECT (self), properties[CURRENT]);
}
