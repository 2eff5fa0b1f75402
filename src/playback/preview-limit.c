/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "playback/preview-limit.h"

#include <gst/audio/audio.h>

struct _GmPreviewLimit
{
  GstPad *pad;
  gulong probe;
  GMutex lock; /* of limit; the rest belongs to the streaming thread */
  GstClockTime limit;
  GstSegment segment;
  GstAudioInfo format;
  gboolean has_format;
  gboolean ended; /* since the last flush */
};

void
gm_preview_limit_set (GmPreviewLimit *self, GstClockTime limit)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->limit = limit;
}

static GstClockTime
get_limit (GmPreviewLimit *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->limit;
}

static void
watch_event (GmPreviewLimit *self, GstEvent *event)
{
  GstCaps *caps;

  switch ((int) GST_EVENT_TYPE (event))
    {
    case GST_EVENT_SEGMENT: gst_event_copy_segment (event, &self->segment); break;
    case GST_EVENT_FLUSH_STOP:
    case GST_EVENT_STREAM_START: self->ended = FALSE; break;
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      self->has_format = gst_audio_info_from_caps (&self->format, caps);
      break;
    default: break;
    }
}

static GstPadProbeReturn
end_stream (GmPreviewLimit *self, GstPadProbeInfo *info)
{
  if (!self->ended)
    {
      self->ended = TRUE;
      gst_pad_send_event (self->pad, gst_event_new_eos ());
    }
  gst_clear_buffer ((GstBuffer **) &GST_PAD_PROBE_INFO_DATA (info));
  GST_PAD_PROBE_INFO_FLOW_RETURN (info) = GST_FLOW_EOS;
  return GST_PAD_PROBE_HANDLED;
}

/* Frames from stream time @from that lie before @limit; counted, for a duration in nanoseconds may
 * hide one more. */
static gsize
frames_left (GmPreviewLimit *self, GstClockTime from, GstClockTime limit)
{
  guint64 rate = (guint64) GST_AUDIO_INFO_RATE (&self->format);

  if (!self->has_format || !GST_CLOCK_TIME_IS_VALID (from) || from >= limit)
    return 0;
  return (gsize) (gst_util_uint64_scale_round (limit, rate, GST_SECOND) -
                  gst_util_uint64_scale_round (from, rate, GST_SECOND));
}

static GstPadProbeReturn
watch_buffer (GmPreviewLimit *self, GstPadProbeInfo *info)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstClockTime limit = get_limit (self);
  GstClockTime from;
  gsize left;

  if (!GST_CLOCK_TIME_IS_VALID (limit))
    return GST_PAD_PROBE_OK;

  from = gst_segment_to_stream_time (&self->segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  left = frames_left (self, from, limit);
  if (left == 0)
    return end_stream (self, info);
  if (left * (gsize) GST_AUDIO_INFO_BPF (&self->format) < gst_buffer_get_size (buffer))
    GST_PAD_PROBE_INFO_DATA (info) = gst_audio_buffer_truncate (
        buffer, GST_AUDIO_INFO_BPF (&self->format), 0, left);
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
watch (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GmPreviewLimit *self = data;

  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER) != 0)
    return watch_buffer (self, info);

  watch_event (self, GST_PAD_PROBE_INFO_EVENT (info));
  return GST_PAD_PROBE_OK;
}

GmPreviewLimit *
gm_preview_limit_new (GstPad *sink_pad)
{
  GmPreviewLimit *self = g_new0 (GmPreviewLimit, 1);

  g_mutex_init (&self->lock);
  self->limit = GST_CLOCK_TIME_NONE;
  gst_segment_init (&self->segment, GST_FORMAT_TIME);
  self->pad = gst_object_ref (sink_pad);
  self->probe = gst_pad_add_probe (sink_pad,
                                   GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM |
                                       GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                                   watch, self, NULL);
  return self;
}

void
gm_preview_limit_free (GmPreviewLimit *self)
{
  if (self == NULL)
    return;

  gst_pad_remove_probe (self->pad, self->probe);
  gst_object_unref (self->pad);
  g_mutex_clear (&self->lock);
  g_free (self);
}
