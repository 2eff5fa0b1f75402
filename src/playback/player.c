/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/player.h"

#include "playback/cipher-source.h"
#include "playback/deck.h"
#include "playback/preview-limit.h"
#include "playback/queue.h"

#define TICK_MS    100  /* ten positions a second */
#define AHEAD_MS   8000 /* before its end the next track is opened */
#define RESTART_MS 3000 /* before this, previous means the track before */

struct _GmPlayer
{
  GmPlayerState *state;
  GmPlayerFacts facts;
  GmQueue *queue; /* empty during a preview */
  GmDeck *deck;
  gboolean loaded;   /* FALSE at the end and after an error: the next start loads */
  gboolean measured; /* the duration is the stream's, no more the catalog's */
  gboolean alone;    /* the next one failed when it was opened ahead: it is told in its turn */
  guint tick;
};

static void
show (GmPlayer *self)
{
  gboolean master = self->facts.mode == GM_PLAYER_MASTER;

  self->facts.can_next = master && gm_queue_peek (self->queue, 1) != NULL;
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
  self->measured = self->alone = FALSE;
  self->facts.position_ms = 0;
  self->facts.duration_ms = info != NULL ? info->duration_ms : 0;
  if (info != NULL && info->kind == GM_TRACK_PREVIEW)
    self->facts.duration_ms = MIN (self->facts.duration_ms, GM_PREVIEW_LIMIT_MS);
  g_clear_error (&self->facts.error);
}

/* The handle lives as long as the deck makes a source of it. */
static void
put_on_deck (GmPlayer *self, GmTrack *track, void (*put) (GmPlayer *self, const char *uri))
{
  const GmTrackInfo *info = gm_track_get_info (track);
  g_autofree char *handle = NULL;

  if (info->open == NULL)
    {
      put (self, info->uri);
      return;
    }
  handle = gm_cipher_source_publish (track);
  put (self, handle);
  gm_cipher_source_withdraw (handle);
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

static void
append (GmPlayer *self, const char *uri)
{
  gm_deck_append (self->deck, uri);
}

/* Opens the next track shortly before it is due. */
static void
read_ahead (GmPlayer *self)
{
  GmTrack *next = gm_queue_peek (self->queue, 1);
  gint64 left_ms = self->facts.duration_ms - self->facts.position_ms;

  if (next != NULL && self->measured && left_ms <= AHEAD_MS && !self->alone &&
      !gm_deck_has_next (self->deck))
    put_on_deck (self, next, append);
}

static gboolean
on_tick (gpointer data)
{
  GmPlayer *self = data;

  read_duration (self);
  read_position (self);
  read_ahead (self);
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

static void
put_first (GmPlayer *self, const char *uri)
{
  gm_deck_load (self->deck, uri, (GstClockTime) self->facts.position_ms * GST_MSECOND,
                self->facts.mode == GM_PLAYER_PREVIEW ? GM_PREVIEW_LIMIT_MS * GST_MSECOND
                                                      : GST_CLOCK_TIME_NONE);
}

/* The current track, from the position that is shown. */
static void
load (GmPlayer *self)
{
  gm_deck_unload (self->deck);
  g_clear_error (&self->facts.error);
  put_on_deck (self, self->facts.track, put_first);
  self->loaded = TRUE;
}

static void
unload (GmPlayer *self)
{
  gm_deck_unload (self->deck);
  self->loaded = FALSE;
}

static void
start (GmPlayer *self, GmPlayerMode mode, GmTrack *track)
{
  self->facts.mode = mode;
  set_track (self, track);
  load (self);
  set_playing (self, TRUE);
  show (self);
}

/* By hand, or because the end came before the next was opened: playing or paused as before. */
static void
step (GmPlayer *self, int by)
{
  gm_queue_step (self->queue, by);
  set_track (self, gm_queue_peek (self->queue, 0));
  load (self);
  show (self);
}

/* The last note was heard: back to the beginning, nothing is held open. */
static void
rewind_and_pause (GmPlayer *self)
{
  unload (self);
  set_playing (self, FALSE);
  self->facts.position_ms = 0;
  show (self);
}

static void
finish (GmPlayer *self)
{
  if (gm_queue_peek (self->queue, 1) != NULL)
    step (self, 1);
  else
    rewind_and_pause (self);
}

static void
on_ready (gpointer data)
{
  GmPlayer *self = data;

  read_duration (self);
  read_position (self);
  read_ahead (self);
  restart_ticks (self);
  show (self);
}

static void
on_late (gpointer data)
{
  GmPlayer *self = data;

  read_position (self);
  load (self);
  show (self);
}

static void
on_moved_on (gpointer data)
{
  GmPlayer *self = data;

  gm_queue_step (self->queue, 1);
  set_track (self, gm_queue_peek (self->queue, 0));
  read_duration (self);
  read_ahead (self);
  restart_ticks (self); /* asked now, the sink may still tell the old position */
  show (self);
}

static void
on_next_failed (gpointer data)
{
  GmPlayer *self = data;

  self->alone = TRUE;
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

  g_debug ("playing ended: %s", error->message);
  read_position (self);
  unload (self);
  set_playing (self, FALSE);
  g_clear_error (&self->facts.error);
  self->facts.error = g_error_copy (error);
  show (self);
}

static void
on_changed (gpointer data)
{
  show (data);
}

static const GmDeckListener listener = {
  .ready = on_ready,
  .late = on_late,
  .moved_on = on_moved_on,
  .next_failed = on_next_failed,
  .ended = on_ended,
  .failed = on_failed,
  .changed = on_changed,
};

void
gm_player_preview (GmPlayer *self, GmTrack *track)
{
  g_assert (gm_track_get_info (track)->kind == GM_TRACK_PREVIEW);

  gm_queue_fill (self->queue, NULL, 0);
  start (self, GM_PLAYER_PREVIEW, track);
}

void
gm_player_play (GmPlayer *self, GPtrArray *tracks, guint first)
{
  g_assert (first < tracks->len);
  for (guint i = 0; i < tracks->len; i++)
    g_assert (gm_track_get_info (tracks->pdata[i])->kind == GM_TRACK_MASTER);

  gm_queue_fill (self->queue, tracks, first);
  start (self, GM_PLAYER_MASTER, gm_queue_peek (self->queue, 0));
}

void
gm_player_toggle (GmPlayer *self)
{
  if (self->facts.mode == GM_PLAYER_IDLE)
    return;

  if (!self->facts.playing && !self->loaded)
    load (self);
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
  unload (self);
  set_playing (self, FALSE);
  gm_queue_fill (self->queue, NULL, 0);
  self->facts.mode = GM_PLAYER_IDLE;
  set_track (self, NULL);
  show (self);
}

void
gm_player_next (GmPlayer *self)
{
  if (gm_queue_peek (self->queue, 1) != NULL)
    step (self, 1);
}

void
gm_player_previous (GmPlayer *self)
{
  if (self->facts.mode != GM_PLAYER_MASTER)
    return;

  read_position (self);
  if (self->facts.position_ms < RESTART_MS && gm_queue_peek (self->queue, -1) != NULL)
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
  gm_deck_free (self->deck);
  gm_queue_free (self->queue);
  gm_track_unref (self->facts.track);
  g_clear_error (&self->facts.error);
  g_object_unref (self->state);
  g_free (self);
}
