/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/player.h"

#include "playback/cipher-source.h"
#include "playback/deck.h"
#include "playback/preview-limit.h"
#include "playback/queue.h"

#define TICK_MS    100  /* ten positions a second */
#define RESTART_MS 3000 /* before this, previous means the track before */

struct _GmPlayer
{
  GmPlayerState *state;
  GmPlayerFacts facts;
  GmQueue *queue; /* empty during a preview */
  GmDeck *deck;
  gboolean loaded;   /* FALSE after an error: the next start loads again */
  gboolean measured; /* the duration is the stream's, no more the catalog's */
  guint tick;
  GMutex lock;     /* of uris */
  GPtrArray *uris; /* handles given to the deck since the last load */
};

static void
show (GmPlayer *self)
{
  gboolean master = self->facts.mode == GM_PLAYER_MASTER;

  self->facts.can_next = master && gm_queue_may_step (self->queue, 1);
  self->facts.can_previous = master;
  self->facts.buffering = gm_deck_is_buffering (self->deck);
  gm_player_state_show (self->state, &self->facts);
}

static void
set_track (GmPlayer *self, GmTrack *track)
{
  const GmTrackInfo *info = track != NULL ? gm_track_get_info (track) : NULL;

  if (track != NULL)
    gm_track_ref (track);
  gm_track_unref (self->facts.track);
  self->facts.track = track;
  self->measured = FALSE;
  self->facts.position_ms = 0;
  self->facts.duration_ms = info != NULL ? info->duration_ms : 0;
  if (info != NULL && info->kind == GM_TRACK_PREVIEW)
    self->facts.duration_ms = MIN (self->facts.duration_ms, GM_PREVIEW_LIMIT_MS);
  g_clear_error (&self->facts.error);
}

static void
free_handle (char *uri)
{
  gm_cipher_source_withdraw (uri);
  g_free (uri);
}

/* Any thread. */
static char *
make_uri (GmPlayer *self, GmTrack *track)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  const GmTrackInfo *info = gm_track_get_info (track);
  char *uri;

  if (info->open == NULL)
    return g_strdup (info->uri);

  uri = gm_cipher_source_publish (track);
  g_ptr_array_add (self->uris, uri);
  return g_strdup (uri);
}

static void
read_position (GmPlayer *self)
{
  GstClockTime position = gm_deck_get_position (self->deck);
  gint64 ms = (gint64) (position / GST_MSECOND);

  if (!GST_CLOCK_TIME_IS_VALID (position))
    return;
  self->facts.position_ms = self->facts.duration_ms > 0 ? MIN (ms, self->facts.duration_ms) : ms;
}

static void
read_duration (GmPlayer *self)
{
  GstClockTime duration = gm_deck_get_duration (self->deck);

  if (self->measured || !GST_CLOCK_TIME_IS_VALID (duration))
    return;

  self->facts.duration_ms = (gint64) (duration / GST_MSECOND);
  self->measured = TRUE;
}

static gboolean
on_tick (gpointer data)
{
  GmPlayer *self = data;

  read_duration (self);
  read_position (self);
  show (self);
  return G_SOURCE_CONTINUE;
}

/* From now on, so that a position just shown stands for a full interval. */
static void
restart_ticks (GmPlayer *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->facts.playing)
    self->tick = g_timeout_add (TICK_MS, on_tick, self);
}

static void
set_playing (GmPlayer *self, gboolean playing)
{
  self->facts.playing = playing;
  gm_deck_set_playing (self->deck, playing);
  restart_ticks (self);
}

/* The current track, from the position that is shown. @alone: what follows is not read ahead. */
static void
load (GmPlayer *self, gboolean alone)
{
  gboolean preview = self->facts.mode == GM_PLAYER_PREVIEW;
  g_autofree char *uri = NULL;

  gm_deck_silence (self->deck);
  gm_queue_step (self->queue, 0);
  if (alone)
    gm_queue_hold (self->queue);
  g_ptr_array_set_size (self->uris, 0);
  g_clear_error (&self->facts.error);

  uri = make_uri (self, self->facts.track);
  gm_deck_load (self->deck, uri, (GstClockTime) self->facts.position_ms * GST_MSECOND,
                preview ? GM_PREVIEW_LIMIT_MS * GST_MSECOND : GST_CLOCK_TIME_NONE);
  self->loaded = TRUE;
}

static void
start (GmPlayer *self, GmPlayerMode mode, GmTrack *track)
{
  self->facts.mode = mode;
  set_track (self, track);
  load (self, FALSE);
  set_playing (self, TRUE);
  show (self);
}

/* By hand, or because the end came before the next was asked for: playing or paused as before. */
static void
step (GmPlayer *self, int by)
{
  gm_deck_silence (self->deck);
  gm_queue_step (self->queue, by);
  set_track (self, gm_queue_get_current (self->queue));
  load (self, FALSE);
  show (self);
}

static void
finish (GmPlayer *self)
{
  if (self->facts.mode == GM_PLAYER_MASTER && gm_queue_may_step (self->queue, 1))
    {
      step (self, 1);
      return;
    }

  set_playing (self, FALSE);
  gm_deck_seek (self->deck, 0);
  self->facts.position_ms = 0;
  show (self);
}

static char *
next_uri (gpointer data)
{
  GmPlayer *self = data;
  g_autoptr (GmTrack) track = gm_queue_hand_over (self->queue);

  return track != NULL ? make_uri (self, track) : NULL;
}

static void
on_ready (gpointer data)
{
  GmPlayer *self = data;

  read_duration (self);
  read_position (self);
  restart_ticks (self);
  show (self);
}

static void
on_late (gpointer data)
{
  GmPlayer *self = data;

  read_position (self);
  load (self, FALSE);
  show (self);
}

static void
on_moved_on (gpointer data)
{
  GmPlayer *self = data;

  if (!gm_queue_is_ahead (self->queue))
    return;

  gm_queue_advance (self->queue);
  set_track (self, gm_queue_get_current (self->queue));
  read_duration (self);
  restart_ticks (self); /* asked now, the sink may still tell the old position */
  show (self);
}

static void
on_ended (gpointer data)
{
  finish (data);
}

static void
on_failed (gpointer data, const GError *error)
{
  GmPlayer *self = data;

  read_position (self);
  if (gm_queue_is_ahead (self->queue))
    {
      /* A later track is at fault: this one is heard to its end first. */
      load (self, TRUE);
      show (self);
      return;
    }

  self->loaded = FALSE;
  gm_deck_unload (self->deck);
  set_playing (self, FALSE);
  g_clear_error (&self->facts.error);
  self->facts.error = g_error_copy (error);
  show (self);
}

static void
on_changed (gpointer data)
{
  GmPlayer *self = data;

  self->facts.volume = CLAMP (gm_deck_get_volume (self->deck), 0, 1);
  show (self);
}

static const GmDeckListener listener = {
  .next_uri = next_uri,
  .ready = on_ready,
  .late = on_late,
  .moved_on = on_moved_on,
  .ended = on_ended,
  .failed = on_failed,
  .changed = on_changed,
};

void
gm_player_preview (GmPlayer *self, GmTrack *track)
{
  g_assert (gm_track_get_info (track)->kind == GM_TRACK_PREVIEW);

  gm_deck_silence (self->deck);
  gm_queue_fill (self->queue, NULL, 0);
  start (self, GM_PLAYER_PREVIEW, track);
}

void
gm_player_play (GmPlayer *self, GPtrArray *tracks, guint first)
{
  g_assert (first < tracks->len);
  for (guint i = 0; i < tracks->len; i++)
    g_assert (gm_track_get_info (tracks->pdata[i])->kind == GM_TRACK_MASTER);

  gm_deck_silence (self->deck);
  gm_queue_fill (self->queue, tracks, first);
  start (self, GM_PLAYER_MASTER, gm_queue_get_current (self->queue));
}

void
gm_player_toggle (GmPlayer *self)
{
  if (self->facts.mode == GM_PLAYER_IDLE)
    return;

  if (!self->facts.playing && !self->loaded)
    load (self, FALSE);
  set_playing (self, !self->facts.playing);
  show (self);
}

void
gm_player_pause (GmPlayer *self)
{
  if (self->facts.playing)
    gm_player_toggle (self);
}

void
gm_player_stop (GmPlayer *self)
{
  set_playing (self, FALSE);
  gm_deck_unload (self->deck);
  gm_queue_fill (self->queue, NULL, 0);
  g_ptr_array_set_size (self->uris, 0);
  self->facts.mode = GM_PLAYER_IDLE;
  self->loaded = FALSE;
  set_track (self, NULL);
  show (self);
}

void
gm_player_next (GmPlayer *self)
{
  if (gm_queue_may_step (self->queue, 1))
    step (self, 1);
}

void
gm_player_previous (GmPlayer *self)
{
  if (self->facts.mode != GM_PLAYER_MASTER)
    return;

  read_position (self);
  if (self->facts.position_ms < RESTART_MS && gm_queue_may_step (self->queue, -1))
    step (self, -1);
  else
    gm_player_seek (self, 0);
}

void
gm_player_seek (GmPlayer *self, gint64 position_ms)
{
  gint64 end_ms = self->facts.duration_ms;

  if (self->facts.mode == GM_PLAYER_IDLE)
    return;
  if (end_ms > 0 && position_ms >= end_ms)
    {
      finish (self);
      return;
    }

  self->facts.position_ms = MAX (position_ms, 0);
  gm_deck_seek (self->deck, (GstClockTime) self->facts.position_ms * GST_MSECOND);
  show (self);
}

void
gm_player_set_volume (GmPlayer *self, double cubic)
{
  self->facts.volume = CLAMP (cubic, 0, 1);
  gm_deck_set_volume (self->deck, cubic);
  show (self);
}

GmPlayerState *
gm_player_get_state (GmPlayer *self)
{
  return self->state;
}

GListModel *
gm_player_get_queue (GmPlayer *self)
{
  return gm_queue_get_items (self->queue);
}

GmPlayer *
gm_player_new (GstElement *audio_sink)
{
  GmPlayer *self = g_new0 (GmPlayer, 1);

  gst_init (NULL, NULL);
  gm_cipher_source_register ();
  if (audio_sink == NULL)
    audio_sink = gst_element_factory_make ("autoaudiosink", NULL);

  g_mutex_init (&self->lock);
  self->uris = g_ptr_array_new_with_free_func ((GDestroyNotify) free_handle);
  self->state = gm_player_state_new ();
  self->queue = gm_queue_new ();
  self->deck = gm_deck_new (audio_sink, &listener, self);
  self->facts.volume = 1;
  return self;
}

void
gm_player_free (GmPlayer *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->deck, gm_deck_free); /* its threads use the queue and the handles */
  g_clear_pointer (&self->queue, gm_queue_free);
  g_clear_pointer (&self->uris, g_ptr_array_unref);
  gm_track_unref (self->facts.track);
  g_clear_error (&self->facts.error);
  g_mutex_clear (&self->lock);
  g_object_unref (self->state);
  g_free (self);
}
