/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/deck.h"

#include <gst/audio/audio.h>

#include "playback/branch.h"
#include "playback/deck-error.h"
#include "playback/preview-limit.h"

#define SEGMENT_NAME "gm-deck-segment"
#define END_NAME     "gm-deck-end"

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
  GstElement *pipeline; /* owns the elements that follow */
  GstElement *concat;
  GstElement *volume;
  GstElement *sink;
  GstElement *heard; /* branch; NULL when EMPTY */
  GstElement *next;  /* branch; (nullable) */
  GmPreviewLimit *guard;
  GThread *thread; /* of the main loop */
  Stage stage;
  gboolean playing;
  int percent;          /* of the network buffer */
  GstClockTime limit;   /* or NONE */
  GstClockTime target;  /* where the seek on its way leads */
  GstClockTime waiting; /* the seek after that, or NONE */
};

static void
set_state (GmDeck *self, GstState state)
{
  g_autoptr (GstBus) bus = NULL;

  if (gst_element_set_state (self->pipeline, state) != GST_STATE_CHANGE_FAILURE)
    return;

  bus = gst_element_get_bus (self->pipeline);
  gst_bus_post (bus, gm_deck_error_message (self->pipeline));
}

/* An error on its way just then can keep a bin from going further than READY, once. */
static void
set_null (GstElement *element)
{
  if (gst_element_set_state (element, GST_STATE_NULL) == GST_STATE_CHANGE_FAILURE)
    gst_element_set_state (element, GST_STATE_NULL);
}

static GstElement *
add_branch (GmDeck *self, const char *uri)
{
  GstElement *branch = gm_branch_new (uri);

  gst_bin_add (GST_BIN (self->pipeline), branch);
  gst_element_link (branch, self->concat);
  return branch;
}

static void
remove_branch (GmDeck *self, GstElement **branch)
{
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstPad) joint = NULL;

  if (*branch == NULL)
    return;

  /* Its thread may be waiting for its turn at the joint, which must go first. */
  pad = gst_element_get_static_pad (*branch, "src");
  joint = gst_pad_get_peer (pad);
  gst_element_release_request_pad (self->concat, joint);
  gst_element_set_locked_state (*branch, TRUE); /* the pipeline's own thread may be starting it */
  set_null (*branch);
  gst_bin_remove (GST_BIN (self->pipeline), *branch);
  *branch = NULL;
}

/* @branch is the one that concat lets pass. */
static gboolean
is_passing (GmDeck *self, GstElement *branch)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (branch, "src");
  g_autoptr (GstPad) joint = gst_pad_get_peer (pad);
  g_autoptr (GstPad) active = NULL;

  g_object_get (self->concat, "active-pad", &active, NULL);
  return joint == active;
}

void
gm_deck_unload (GmDeck *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  /* What was said about the last thing must not be taken for news of the next one. */
  set_null (self->pipeline);
  gst_bus_set_flushing (bus, TRUE);
  gst_bus_set_flushing (bus, FALSE);
  remove_branch (self, &self->next);
  remove_branch (self, &self->heard);
  self->stage = EMPTY;
  self->waiting = GST_CLOCK_TIME_NONE;
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
  self->limit = limit;
  self->target = from;
  self->waiting = from > 0 ? from : GST_CLOCK_TIME_NONE;
  gm_preview_limit_set (self->guard, limit);
  self->heard = add_branch (self, uri);
  set_state (self, GST_STATE_PAUSED);
}

void
gm_deck_append (GmDeck *self, const char *uri)
{
  g_assert (self->heard != NULL && self->next == NULL);

  self->next = add_branch (self, uri);
  if (!gst_element_sync_state_with_parent (self->next)) /* it says why */
    gst_element_set_locked_state (self->next, TRUE);    /* else no other change succeeds either */
}

gboolean
gm_deck_has_next (GmDeck *self)
{
  return self->next != NULL;
}

/* Under the lock that gst_element_send_event() takes, too: the pipeline goes on to PLAYING on a
 * thread of its own after a seek has landed, and a sink flushed just then would never tell that it
 * has landed again. */
static gboolean
seek_heard (GmDeck *self)
{
  gboolean accepted;

  GST_STATE_LOCK (self->pipeline);
  accepted = gm_branch_seek (self->heard, self->target, self->limit);
  GST_STATE_UNLOCK (self->pipeline);
  return accepted;
}

static void
start_seek (GmDeck *self)
{
  if (!is_passing (self, self->heard))
    {
      self->listener->late (self->data);
      return;
    }

  self->target = self->waiting;
  self->stage = SEEKING;
  if (!seek_heard (self))
    self->stage = READY; /* a stream that cannot: it goes on where it is */
  else if (!is_passing (self, self->heard))
    {
      self->listener->late (self->data); /* it ended just before the seek, which leads nowhere */
      return;
    }
  self->waiting = GST_CLOCK_TIME_NONE;
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

/* Opened, or landed. A limit that matters is told upstream too, with a seek. */
static void
on_async_done (GmDeck *self)
{
  gboolean opened = self->stage == LOADING;

  if (self->stage != LOADING && self->stage != SEEKING)
    return;

  self->stage = READY;
  if (opened && self->waiting == GST_CLOCK_TIME_NONE &&
      gm_branch_get_duration (self->heard) > self->limit)
    self->waiting = 0;
  if (self->waiting != GST_CLOCK_TIME_NONE)
    start_seek (self);
  if (self->stage != READY)
    return;

  apply_playing (self);
  self->listener->ready (self->data);
}

/* Streaming thread. A message, because what the main loop does about it is none of its business.
 * (STREAM_START of the sink comes too early: until the segment is there the old position stands.)
 */
static GstPadProbeReturn
on_sink_event (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstElement *pipeline = data;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_SEGMENT)
    gst_element_post_message (pipeline,
                              gst_message_new_application (GST_OBJECT (pipeline),
                                                           gst_structure_new_empty (SEGMENT_NAME)));
  return GST_PAD_PROBE_OK;
}

/* Any thread. A joint taken away when it was its turn makes concat push the end from the thread of
 * the main loop, which would wait in a paused sink for itself. */
static GstPadProbeReturn
on_joined_event (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GmDeck *self = data;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_EOS ||
      g_thread_self () != self->thread)
    return GST_PAD_PROBE_OK;

  gst_element_post_message (self->pipeline,
                            gst_message_new_application (GST_OBJECT (self->pipeline),
                                                         gst_structure_new_empty (END_NAME)));
  return GST_PAD_PROBE_DROP;
}

static void
on_segment (GmDeck *self)
{
  if (self->next == NULL || !is_passing (self, self->next))
    return;

  remove_branch (self, &self->heard);
  self->heard = self->next;
  self->next = NULL;
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
on_end (GmDeck *self)
{
  if (self->stage == READY) /* SEEKING: it had ended before that seek */
    self->listener->ended (self->data);
}

static gboolean
is_within (GstObject *object, GstElement *bin)
{
  return bin != NULL &&
         (object == GST_OBJECT (bin) || gst_object_has_as_ancestor (object, GST_OBJECT (bin)));
}

static void
on_error (GmDeck *self, GstMessage *message)
{
  GstObject *source = GST_MESSAGE_SRC (message);
  g_autoptr (GError) error = NULL;

  if (self->stage == EMPTY || !is_within (source, self->pipeline))
    return; /* a branch that was taken away has more to say */
  if (is_within (source, self->next))
    {
      remove_branch (self, &self->next);
      self->listener->next_failed (self->data);
      return;
    }

  error = gm_deck_error_parse (message, self->sink);
  self->listener->failed (self->data, error);
}

/* What streaming threads and branches have to say. */
static void
on_application (GmDeck *self, GstMessage *message)
{
  g_autoptr (GstMessage) error = gm_branch_dup_error (message);

  if (error != NULL)
    on_error (self, error);
  else if (gst_message_has_name (message, SEGMENT_NAME))
    on_segment (self);
  else
    on_end (self);
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

  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ASYNC_DONE: on_async_done (self); break;
    case GST_MESSAGE_APPLICATION: on_application (self, message); break;
    case GST_MESSAGE_EOS: on_end (self); break;
    case GST_MESSAGE_ERROR: on_error (self, message); break;
    case GST_MESSAGE_BUFFERING: on_buffering (self, message); break;
    case GST_MESSAGE_CLOCK_LOST: on_clock_lost (self); break;
    case GST_MESSAGE_LATENCY: gst_bin_recalculate_latency (GST_BIN (self->pipeline)); break;
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
  if (!gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &position) || position < 0)
    return GST_CLOCK_TIME_NONE;
  return MIN ((GstClockTime) position, self->limit);
}

GstClockTime
gm_deck_get_duration (GmDeck *self)
{
  if (self->stage != READY && self->stage != SEEKING)
    return GST_CLOCK_TIME_NONE;
  return MIN (gm_branch_get_duration (self->heard), self->limit);
}

gboolean
gm_deck_is_buffering (GmDeck *self)
{
  return self->stage == LOADING || (self->stage != EMPTY && self->percent < 100);
}

void
gm_deck_set_volume (GmDeck *self, double cubic)
{
  double linear = gst_stream_volume_convert_volume (
      GST_STREAM_VOLUME_FORMAT_CUBIC, GST_STREAM_VOLUME_FORMAT_LINEAR, CLAMP (cubic, 0, 1));

  g_object_set (self->volume, "volume", linear, NULL);
}

GmDeck *
gm_deck_new (GstElement *audio_sink, const GmDeckListener *listener, gpointer data)
{
  GmDeck *self = g_new0 (GmDeck, 1);
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  GstElement *resample = gst_element_factory_make ("audioresample", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (audio_sink, "sink");
  g_autoptr (GstPad) joined = NULL;
  g_autoptr (GstBus) bus = NULL;

  self->listener = listener;
  self->data = data;
  self->thread = g_thread_self ();
  self->limit = self->waiting = GST_CLOCK_TIME_NONE;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->concat = gst_element_factory_make ("concat", NULL);
  self->volume = gst_element_factory_make ("volume", NULL);
  self->sink = audio_sink;
  self->guard = gm_preview_limit_new (pad);
  gst_bin_add_many (GST_BIN (self->pipeline), self->concat, convert, resample, self->volume,
                    self->sink, NULL);
  gst_element_link_many (self->concat, convert, resample, self->volume, self->sink, NULL);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_sink_event, self->pipeline, NULL);
  joined = gst_element_get_static_pad (self->concat, "src");
  gst_pad_add_probe (joined, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_joined_event, self, NULL);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_add_watch (bus, on_message, self);
  return self;
}

void
gm_deck_free (GmDeck *self)
{
  g_autoptr (GstBus) bus = NULL;

  if (self == NULL)
    return;

  bus = gst_element_get_bus (self->pipeline);
  gm_deck_unload (self);
  gst_bus_remove_watch (bus);
  gm_preview_limit_free (self->guard);
  gst_object_unref (self->pipeline);
  g_free (self);
}
