/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/deck.h"

#include <gst/audio/audio.h>

#include "playback/deck-error.h"
#include "playback/preview-limit.h"

/* GstPlayFlags: no video, no text. Buffering only from the network: playbin 1.22 waits for ever for
 * it when a track that was read ahead is sought in. */
#define PLAY_AUDIO_SOFT_VOLUME 0x012
#define PLAY_BUFFERING         0x100

typedef enum
{
  EMPTY,
  LOADING,
  SEEKING,
  READY,
} Stage;

struct _GmDeck
{
  const GmDeckListener *listener;
  gpointer data;
  GstElement *playbin;
  GstElement *sink;
  GmPreviewLimit *guard;
  Stage stage;
  gboolean playing;
  int percent;          /* of the network buffer */
  GstClockTime limit;   /* or NONE */
  GstClockTime target;  /* where the seek on its way leads */
  GstClockTime waiting; /* the seek after that, or NONE */
  guint group;          /* of the stream that is heard */
  GMutex lock;          /* of what follows: the streaming thread asks and tells */
  gboolean closed;      /* a seek is being made: nothing may be read ahead in front of it */
  guint ahead;          /* URIs that are read already and not heard yet */
};

static void
set_state (GmDeck *self, GstState state)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->playbin);

  if (gst_element_set_state (self->playbin, state) != GST_STATE_CHANGE_FAILURE)
    return;
  if (state > GST_STATE_READY)
    gst_bus_post (bus, gm_deck_error_message (self->playbin));
}

/* What was said about the last thing must not be taken for news of the next one. */
static void
reset (GmDeck *self, GstState state)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->playbin);

  gst_element_set_state (self->playbin, state);
  gst_bus_set_flushing (bus, TRUE);
  gst_bus_set_flushing (bus, FALSE);
  self->stage = EMPTY;
  self->waiting = GST_CLOCK_TIME_NONE;
}

void
gm_deck_silence (GmDeck *self)
{
  if (self->stage != EMPTY)
    reset (self, GST_STATE_READY);
}

void
gm_deck_unload (GmDeck *self)
{
  reset (self, GST_STATE_NULL);
}

static void
apply_playing (GmDeck *self)
{
  if (self->stage == READY)
    set_state (self, self->playing && self->percent >= 100 ? GST_STATE_PLAYING : GST_STATE_PAUSED);
}

void
gm_deck_set_playing (GmDeck *self, gboolean playing)
{
  self->playing = playing;
  apply_playing (self);
}

void
gm_deck_load (GmDeck *self, const char *uri, GstClockTime from, GstClockTime limit)
{
  g_assert (self->stage == EMPTY);

  self->stage = LOADING;
  self->percent = 100;
  self->group = GST_GROUP_ID_INVALID;
  self->limit = limit;
  self->target = from;
  self->waiting = from > 0 ? from : GST_CLOCK_TIME_NONE;
  self->closed = from > 0; /* no thread yet */
  self->ahead = 0;
  gm_preview_limit_set (self->guard, limit);
  g_object_set (self->playbin, "flags",
                g_str_has_prefix (uri, "http") ? PLAY_AUDIO_SOFT_VOLUME | PLAY_BUFFERING
                                               : PLAY_AUDIO_SOFT_VOLUME,
                "uri", uri, NULL);
  set_state (self, GST_STATE_PAUSED);
}

/* FALSE: too late. Between TRUE and open_ahead() nothing is read ahead. */
static gboolean
close_ahead (GmDeck *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->closed = self->ahead == 0;
  return self->closed;
}

static void
open_ahead (GmDeck *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->closed = FALSE;
}

static void
start_seek (GmDeck *self)
{
  if (!close_ahead (self))
    {
      self->listener->late (self->data);
      return;
    }

  self->target = self->waiting;
  self->waiting = GST_CLOCK_TIME_NONE;
  self->stage = SEEKING;
  if (!gst_element_seek (self->playbin, 1, GST_FORMAT_TIME,
                         GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, GST_SEEK_TYPE_SET,
                         (gint64) self->target, GST_SEEK_TYPE_SET, (gint64) self->limit))
    self->stage = READY; /* a stream that cannot: it goes on where it is */
  open_ahead (self);
}

void
gm_deck_seek (GmDeck *self, GstClockTime to)
{
  if (self->stage == EMPTY)
    return;

  self->waiting = to;
  if (self->stage == READY)
    start_seek (self);
}

static GstClockTime
query_duration (GmDeck *self)
{
  gint64 duration;

  if (!gst_element_query_duration (self->playbin, GST_FORMAT_TIME, &duration) || duration <= 0)
    return GST_CLOCK_TIME_NONE;
  return (GstClockTime) duration;
}

/* Opened, or landed. A limit that matters is told upstream too, with a seek. */
static void
on_async_done (GmDeck *self)
{
  gboolean opened = self->stage == LOADING;

  if (self->stage != LOADING && self->stage != SEEKING)
    return;

  self->stage = READY;
  if (opened && self->waiting == GST_CLOCK_TIME_NONE && query_duration (self) > self->limit)
    self->waiting = 0;
  if (self->waiting != GST_CLOCK_TIME_NONE)
    start_seek (self);
  if (self->stage != READY)
    return;

  apply_playing (self);
  self->listener->ready (self->data);
}

static void
on_stream_start (GmDeck *self, GstMessage *message)
{
  guint group = GST_GROUP_ID_INVALID;
  guint old = self->group;

  if (!gst_message_parse_group_id (message, &group) || group == old)
    return;

  self->group = group;
  if (old == GST_GROUP_ID_INVALID)
    return;

  g_mutex_lock (&self->lock);
  self->ahead -= MIN (self->ahead, 1);
  g_mutex_unlock (&self->lock);
  self->listener->moved_on (self->data);
}

static void
on_buffering (GmDeck *self, GstMessage *message)
{
  gst_message_parse_buffering (message, &self->percent);
  apply_playing (self);
  self->listener->changed (self->data);
}

static void
on_error (GmDeck *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (self->stage == EMPTY)
    return;

  error = gm_deck_error_parse (message, self->sink);
  self->listener->failed (self->data, error);
}

static void
on_clock_lost (GmDeck *self)
{
  if (self->stage != READY || !self->playing)
    return;

  set_state (self, GST_STATE_PAUSED);
  apply_playing (self);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  GmDeck *self = data;
  gboolean ours = GST_MESSAGE_SRC (message) == GST_OBJECT (self->playbin);

  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ASYNC_DONE:
      if (ours)
        on_async_done (self);
      break;
    case GST_MESSAGE_STREAM_START:
      if (ours)
        on_stream_start (self, message);
      break;
    case GST_MESSAGE_EOS:
      if (ours && self->stage == READY) /* SEEKING: it had ended before that seek */
        self->listener->ended (self->data);
      break;
    case GST_MESSAGE_ERROR: on_error (self, message); break;
    case GST_MESSAGE_BUFFERING: on_buffering (self, message); break;
    case GST_MESSAGE_CLOCK_LOST: on_clock_lost (self); break;
    case GST_MESSAGE_LATENCY: gst_bin_recalculate_latency (GST_BIN (self->playbin)); break;
    case GST_MESSAGE_APPLICATION: self->listener->changed (self->data); break;
    default: break;
    }
  return G_SOURCE_CONTINUE;
}

GstClockTime
gm_deck_get_position (GmDeck *self)
{
  gint64 position;

  if (self->stage == EMPTY)
    return GST_CLOCK_TIME_NONE;
  if (self->waiting != GST_CLOCK_TIME_NONE)
    return self->waiting;
  if (self->stage != READY)
    return self->target;
  if (!gst_element_query_position (self->playbin, GST_FORMAT_TIME, &position) || position < 0)
    return GST_CLOCK_TIME_NONE;
  return MIN ((GstClockTime) position, self->limit);
}

GstClockTime
gm_deck_get_duration (GmDeck *self)
{
  if (self->stage != READY && self->stage != SEEKING)
    return GST_CLOCK_TIME_NONE;
  return MIN (query_duration (self), self->limit);
}

gboolean
gm_deck_is_buffering (GmDeck *self)
{
  return self->stage == LOADING || (self->stage != EMPTY && self->percent < 100);
}

void
gm_deck_set_volume (GmDeck *self, double cubic)
{
  gst_stream_volume_set_volume (GST_STREAM_VOLUME (self->playbin), GST_STREAM_VOLUME_FORMAT_CUBIC,
                                CLAMP (cubic, 0, 1));
}

double
gm_deck_get_volume (GmDeck *self)
{
  return gst_stream_volume_get_volume (GST_STREAM_VOLUME (self->playbin),
                                       GST_STREAM_VOLUME_FORMAT_CUBIC);
}

/* Streaming thread. */
static char *
read_ahead (GmDeck *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  char *uri = self->closed ? NULL : self->listener->next_uri (self->data);

  self->ahead += uri != NULL;
  return uri;
}

static void
on_about_to_finish (GstElement *playbin, GmDeck *self)
{
  g_autofree char *uri = read_ahead (self);

  if (uri != NULL)
    g_object_set (playbin, "uri", uri, NULL);
}

/* The sound server may change the volume, on any thread. */
static void
on_volume_notify (GstElement *playbin)
{
  gst_element_post_message (
      playbin,
      gst_message_new_application (GST_OBJECT (playbin), gst_structure_new_empty ("gm-volume")));
}

GmDeck *
gm_deck_new (GstElement *audio_sink, const GmDeckListener *listener, gpointer data)
{
  GmDeck *self = g_new0 (GmDeck, 1);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (audio_sink, "sink");
  g_autoptr (GstBus) bus = NULL;

  g_mutex_init (&self->lock);
  self->listener = listener;
  self->data = data;
  self->limit = self->waiting = GST_CLOCK_TIME_NONE;
  self->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin", NULL));
  self->sink = gst_object_ref_sink (audio_sink);
  self->guard = gm_preview_limit_new (pad);
  g_object_set (self->playbin, "audio-sink", audio_sink, NULL);
  g_signal_connect (self->playbin, "about-to-finish", G_CALLBACK (on_about_to_finish), self);
  g_signal_connect (self->playbin, "notify::volume", G_CALLBACK (on_volume_notify), NULL);

  bus = gst_element_get_bus (self->playbin);
  gst_bus_add_watch (bus, on_message, self);
  return self;
}

void
gm_deck_free (GmDeck *self)
{
  g_autoptr (GstBus) bus = NULL;

  if (self == NULL)
    return;

  bus = gst_element_get_bus (self->playbin);
  gm_deck_unload (self);
  gst_bus_remove_watch (bus);
  gm_preview_limit_free (self->guard);
  gst_object_unref (self->playbin);
  gst_object_unref (self->sink);
  g_mutex_clear (&self->lock);
  g_free (self);
}
