/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/jukebox.h"

#include <glib/gi18n-lib.h>

#include "app/marks-follower.h"
#include "app/session-core.h"
#include "app/track-maker.h"
#include "base/error.h"
#include "playback/player.h"

struct _GmJukebox
{
  GObject parent;
  GmSession *session;
  GmPlayerState *state; /* the player's own is repeated here: it comes later */
  GmPlayer *player;     /* (nullable) until GStreamer is started */
  gboolean started;
  GObject *asking;    /* (nullable) owner of the preview being fetched */
  GPtrArray *waiting; /* (nullable) tracks asked for before there was a player */
  guint waiting_start;
};

G_DEFINE_FINAL_TYPE (GmJukebox, gm_jukebox, G_TYPE_OBJECT)

static GQuark jukebox_quark;
static guint failed_signal;

static void
fail (GmJukebox *self, const GError *error)
{
  g_signal_emit (self, failed_signal, 0, error);
}

static void
play (GmJukebox *self, GPtrArray *tracks, guint start)
{
  GmTrack *first = tracks->pdata[start];

  if (self->player == NULL)
    {
      g_clear_pointer (&self->waiting, g_ptr_array_unref);
      self->waiting = g_ptr_array_ref (tracks);
      self->waiting_start = start;
      gm_jukebox_start (self);
    }
  else if (gm_track_get_info (first)->kind == GM_TRACK_PREVIEW)
    gm_player_preview (self->player, first);
  else
    gm_player_play (self->player, tracks, start);
}

static void
on_player_changed (GmJukebox *self, GParamSpec *pspec, GmPlayerState *of_player)
{
  gm_player_state_show (self->state, gm_player_state_get_facts (of_player));
}

static void
on_volume_changed (GmJukebox *self)
{
  double volume;

  g_object_get (gm_session_get_settings (self->session), "volume", &volume, NULL);
  gm_player_set_volume (self->player, volume);
}

static gpointer
init_gstreamer (gpointer input, GCancellable *cancellable, GError **error)
{
  if (!gst_init_check (NULL, NULL, error))
    {
      gm_error_adopt (error);
      return NULL;
    }
  return GM_WORKER_OK;
}

static void
gstreamer_ready (gpointer owner, gpointer result, const GError *error)
{
  GmJukebox *self = owner;

  if (result == NULL)
    {
      self->started = FALSE;
      fail (self, error);
      return;
    }
  self->player = gm_player_new (NULL);
  g_signal_connect_object (gm_player_get_state (self->player), "notify",
                           G_CALLBACK (on_player_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gm_session_get_settings (self->session), "notify::volume",
                           G_CALLBACK (on_volume_changed), self, G_CONNECT_SWAPPED);
  on_volume_changed (self);
  if (self->waiting != NULL)
    {
      g_autoptr (GPtrArray) tracks = g_steal_pointer (&self->waiting);

      play (self, tracks, self->waiting_start);
    }
}

void
gm_jukebox_start (GmJukebox *self)
{
  g_return_if_fail (GM_IS_JUKEBOX (self));

  if (self->started)
    return;
  self->started = TRUE;
  gm_worker_run (
      gm_session_get_core (self->session)->io,
      &(GmCall){ .owner = G_OBJECT (self), .work = init_gstreamer, .done = gstreamer_ready });
}

GmPlayerState *
gm_jukebox_get_state (GmJukebox *self)
{
  g_return_val_if_fail (GM_IS_JUKEBOX (self), NULL);
  return self->state;
}

GListModel *
gm_jukebox_get_queue (GmJukebox *self)
{
  g_return_val_if_fail (GM_IS_JUKEBOX (self), NULL);
  return self->player != NULL ? gm_player_get_queue (self->player) : NULL;
}

/* The asker is a token: asking for another preview frees it, and the older answer never comes. */
static void
preview_ready (gpointer owner, gpointer result, const GError *error)
{
  GmJukebox *self = g_object_get_qdata (owner, jukebox_quark);
  g_autoptr (GPtrArray) tracks = NULL;

  if (result == NULL)
    {
      fail (self, error);
      return;
    }
  tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_track_unref);
  g_ptr_array_add (tracks, gm_track_ref (result));
  play (self, tracks, 0);
}

void
gm_jukebox_preview (GmJukebox *self, const char *asset)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (self->state);
  g_autoptr (GmAssetItem) item = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (GM_IS_JUKEBOX (self) && asset != NULL);

  g_clear_object (&self->asking);
  if (facts->mode == GM_PLAYER_PREVIEW &&
      g_strcmp0 (gm_track_get_info (facts->track)->asset, asset) == 0)
    {
      gm_player_toggle (self->player);
      return;
    }
  item = gm_catalog_model_find (gm_session_get_catalog (self->session), asset);
  if (item == NULL)
    {
      error = g_error_new_literal (GM_ERROR, GM_ERROR_NOT_FOUND,
                                   _ ("this is not in the catalog any more"));
      fail (self, error);
      return;
    }
  self->asking = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_qdata (self->asking, jukebox_quark, self);
  gm_track_maker_preview (self->session, gm_asset_item_get_asset (item), self->asking,
                          preview_ready);
}

void
gm_jukebox_play (GmJukebox *self, const char *asset_id)
{
  const GmPlayerFacts *facts = gm_player_state_get_facts (self->state);
  g_autoptr (GPtrArray) tracks = NULL;
  g_autoptr (GError) error = NULL;
  guint start = 0;

  g_return_if_fail (GM_IS_JUKEBOX (self) && asset_id != NULL);

  g_clear_object (&self->asking);
  if (facts->mode == GM_PLAYER_MASTER &&
      g_strcmp0 (gm_track_get_info (facts->track)->asset_id, asset_id) == 0)
    {
      gm_player_toggle (self->player);
      return;
    }
  tracks = gm_track_maker_queue (self->session, asset_id, &start);
  if (tracks != NULL)
    {
      play (self, tracks, start);
      return;
    }
  error = g_error_new_literal (GM_ERROR, GM_ERROR_NOT_FOUND, _ ("this is not in the library yet"));
  fail (self, error);
}

void
gm_jukebox_press (GmJukebox *self, GmJukeboxKey key)
{
  g_return_if_fail (GM_IS_JUKEBOX (self));

  if (self->player == NULL)
    return;
  switch (key)
    {
    case GM_JUKEBOX_TOGGLE: gm_player_toggle (self->player); break;
    case GM_JUKEBOX_STOP: gm_player_stop (self->player); break;
    case GM_JUKEBOX_NEXT: gm_player_next (self->player); break;
    case GM_JUKEBOX_PREVIOUS: gm_player_previous (self->player); break;
    default: g_return_if_reached ();
    }
}

void
gm_jukebox_seek (GmJukebox *self, gint64 position_ms)
{
  g_return_if_fail (GM_IS_JUKEBOX (self));

  if (self->player != NULL)
    gm_player_seek (self->player, MAX (position_ms, 0));
}

void
gm_jukebox_seek_by (GmJukebox *self, gint64 delta_ms)
{
  gm_jukebox_seek (self, gm_player_state_get_facts (self->state)->position_ms + delta_ms);
}

static void
dispose (GObject *object)
{
  GmJukebox *self = GM_JUKEBOX (object);

  g_clear_object (&self->asking);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->player, gm_player_free);
  g_clear_object (&self->state);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gm_jukebox_parent_class)->dispose (object);
}

static void
gm_jukebox_class_init (GmJukeboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  jukebox_quark = g_quark_from_static_string ("gm-jukebox");
  failed_signal = g_signal_new ("failed", GM_TYPE_JUKEBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
gm_jukebox_init (GmJukebox *self)
{
  self->state = gm_player_state_new ();
}

GmJukebox *
gm_jukebox_new (GmSession *session)
{
  GmJukebox *self = g_object_new (GM_TYPE_JUKEBOX, NULL);

  self->session = g_object_ref (session);
  gm_marks_follower_start (self->state, gm_session_get_marks (session));
  return self;
}
