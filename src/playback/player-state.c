/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/player-state.h"

#include "base/duration.h"

enum
{
  MODE = 1,
  PLAYING,
  BUFFERING,
  ASSET_ID,
  ASSET,
  TITLE,
  ARTIST,
  ARTWORK,
  POSITION_MS,
  DURATION_MS,
  FRACTION,
  POSITION_TEXT,
  DURATION_TEXT,
  CAN_NEXT,
  CAN_PREVIOUS,
  VOLUME,
  ERROR,
  N_PROPERTIES,
};

struct _GmPlayerState
{
  GObject parent;
  GmPlayerFacts facts;
};

/* clang-format off */
G_DEFINE_ENUM_TYPE (GmPlayerMode, gm_player_mode,
  G_DEFINE_ENUM_VALUE (GM_PLAYER_IDLE, "idle"),
  G_DEFINE_ENUM_VALUE (GM_PLAYER_PREVIEW, "preview"),
  G_DEFINE_ENUM_VALUE (GM_PLAYER_MASTER, "master"))
/* clang-format on */

G_DEFINE_FINAL_TYPE (GmPlayerState, gm_player_state, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPERTIES];

static double
fraction_of (const GmPlayerFacts *facts)
{
  if (facts->duration_ms <= 0)
    return 0;
  return CLAMP ((double) facts->position_ms / (double) facts->duration_ms, 0, 1);
}

/* Whole seconds that have passed: a clock is not rounded up. */
static char *
position_text (const GmPlayerFacts *facts)
{
  gint64 passed_ms = facts->position_ms - facts->position_ms % 1000;

  if (facts->track == NULL)
    return NULL;
  return passed_ms > 0 ? gm_duration_format (passed_ms) : g_strdup ("0:00");
}

static void
read_track (const GmPlayerFacts *facts, guint id, GValue *value)
{
  const GmTrackInfo *info = facts->track != NULL ? gm_track_get_info (facts->track) : NULL;
  const char *text = NULL;

  if (info == NULL)
    return;

  switch (id)
    {
    case ASSET_ID: text = info->asset_id; break;
    case ASSET: text = info->asset; break;
    case TITLE: text = info->title; break;
    case ARTIST: text = info->artist; break;
    case ARTWORK: text = info->artwork; break;
    default: g_assert_not_reached ();
    }
  g_value_set_string (value, text);
}

static void
read_fact (const GmPlayerFacts *facts, guint id, GValue *value)
{
  switch (id)
    {
    case MODE: g_value_set_enum (value, facts->mode); break;
    case PLAYING: g_value_set_boolean (value, facts->playing); break;
    case BUFFERING: g_value_set_boolean (value, facts->buffering); break;
    case POSITION_MS: g_value_set_int64 (value, facts->position_ms); break;
    case DURATION_MS: g_value_set_int64 (value, facts->duration_ms); break;
    case FRACTION: g_value_set_double (value, fraction_of (facts)); break;
    case POSITION_TEXT: g_value_take_string (value, position_text (facts)); break;
    case DURATION_TEXT: g_value_take_string (value, gm_duration_format (facts->duration_ms)); break;
    case CAN_NEXT: g_value_set_boolean (value, facts->can_next); break;
    case CAN_PREVIOUS: g_value_set_boolean (value, facts->can_previous); break;
    case VOLUME: g_value_set_double (value, facts->volume); break;
    case ERROR: g_value_set_boxed (value, facts->error); break;
    default: read_track (facts, id, value); break;
    }
}

static gboolean
same_error (const GError *a, const GError *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_error_matches (a, b->domain, b->code) && g_str_equal (a->message, b->message);
}

static gboolean
same_fact (const GmPlayerFacts *a, const GmPlayerFacts *b, guint id)
{
  g_auto (GValue) one = G_VALUE_INIT;
  g_auto (GValue) other = G_VALUE_INIT;

  if (id == ERROR)
    return same_error (a->error, b->error);

  g_value_init (&one, properties[id]->value_type);
  g_value_init (&other, properties[id]->value_type);
  read_fact (a, id, &one);
  read_fact (b, id, &other);
  return g_param_values_cmp (properties[id], &one, &other) == 0;
}

static void
clear_facts (GmPlayerFacts *facts)
{
  g_clear_pointer (&facts->track, gm_track_unref);
  g_clear_error (&facts->error);
}

void
gm_player_state_show (GmPlayerState *self, const GmPlayerFacts *facts)
{
  GmPlayerFacts old = self->facts;

  self->facts = *facts;
  if (facts->track != NULL)
    gm_track_ref (facts->track);
  if (facts->error != NULL)
    self->facts.error = g_error_copy (facts->error);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint id = MODE; id < N_PROPERTIES; id++)
    if (!same_fact (&old, &self->facts, id))
      g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  clear_facts (&old);
  g_object_thaw_notify (G_OBJECT (self));
}

const GmPlayerFacts *
gm_player_state_get_facts (GmPlayerState *self)
{
  return &self->facts;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  read_fact (&GM_PLAYER_STATE (object)->facts, id, value);
}

static void
finalize (GObject *object)
{
  clear_facts (&GM_PLAYER_STATE (object)->facts);
  G_OBJECT_CLASS (gm_player_state_parent_class)->finalize (object);
}

/* What each value is, in the order of the enumeration above. */
static const struct
{
  const char *name;
  GType type;
} kinds[N_PROPERTIES] = {
  [PLAYING] = { "playing", G_TYPE_BOOLEAN },
  [BUFFERING] = { "buffering", G_TYPE_BOOLEAN },
  [ASSET_ID] = { "asset-id", G_TYPE_STRING },
  [ASSET] = { "asset", G_TYPE_STRING },
  [TITLE] = { "title", G_TYPE_STRING },
  [ARTIST] = { "artist", G_TYPE_STRING },
  [ARTWORK] = { "artwork", G_TYPE_STRING },
  [POSITION_MS] = { "position-ms", G_TYPE_INT64 },
  [DURATION_MS] = { "duration-ms", G_TYPE_INT64 },
  [FRACTION] = { "fraction", G_TYPE_DOUBLE },
  [POSITION_TEXT] = { "position-text", G_TYPE_STRING },
  [DURATION_TEXT] = { "duration-text", G_TYPE_STRING },
  [CAN_NEXT] = { "can-next", G_TYPE_BOOLEAN },
  [CAN_PREVIOUS] = { "can-previous", G_TYPE_BOOLEAN },
  [VOLUME] = { "volume", G_TYPE_DOUBLE },
};

static GParamSpec *
make_property (const char *name, GType type)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  switch (type)
    {
    case G_TYPE_BOOLEAN: return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
    case G_TYPE_STRING: return g_param_spec_string (name, NULL, NULL, NULL, flags);
    case G_TYPE_INT64: return g_param_spec_int64 (name, NULL, NULL, 0, G_MAXINT64, 0, flags);
    default: return g_param_spec_double (name, NULL, NULL, 0, 1, 0, flags);
    }
}

static void
gm_player_state_class_init (GmPlayerStateClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[MODE] = g_param_spec_enum ("mode", NULL, NULL, GM_TYPE_PLAYER_MODE, GM_PLAYER_IDLE,
                                        flags);
  for (guint id = PLAYING; id < ERROR; id++)
    properties[id] = make_property (kinds[id].name, kinds[id].type);
  properties[ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object, N_PROPERTIES, properties);
}

static void
gm_player_state_init (GmPlayerState *self)
{
  self->facts.volume = 1;
}

GmPlayerState *
gm_player_state_new (void)
{
  return g_object_new (GM_TYPE_PLAYER_STATE, NULL);
}
