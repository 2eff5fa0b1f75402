/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/decoder.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "base/error.h"

#define PREROLL_SECONDS 20
#define PULL_SECONDS    20 /* without a frame: the decoder hangs */

typedef struct
{
  GstElement *pipeline;
  GstElement *convert;
  GstAppSink *sink;
} Decoder;

static void
decoder_clear (Decoder *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_object (&self->sink);
  g_clear_object (&self->convert);
  g_clear_object (&self->pipeline);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decoder, decoder_clear)

/* Only the first sound is taken; others stay unlinked. */
static void
on_pad_added (GstElement *decodebin, GstPad *pad, GstElement *convert)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (convert, "sink");

  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

static char *
caps_text (const GmDecoderAsk *ask)
{
  g_autoptr (GString) caps = g_string_new ("audio/x-raw,format=F32LE,layout=interleaved");

  if (ask->rate > 0)
    g_string_append_printf (caps, ",rate=%u", ask->rate);
  if (ask->channels > 0)
    g_string_append_printf (caps, ",channels=%u", ask->channels);

  return g_string_free (g_steal_pointer (&caps), FALSE);
}

static gboolean
decoder_build (Decoder *self, const GmDecoderAsk *ask, GError **error)
{
  g_autofree char *caps = caps_text (ask);
  g_autofree char *text = g_strdup_printf (
      "filesrc name=file ! decodebin name=decode caps=audio/x-raw "
      "expose-all-streams=false audioconvert name=convert ! "
      "audioresample quality=8 ! %s ! "
      "appsink name=sink sync=false max-buffers=32",
      caps);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GstElement) file = NULL;
  g_autoptr (GstElement) decode = NULL;

  self->pipeline = gst_parse_launch (text, &problem);
  if (problem != NULL)
    return gm_fail (error, GM_ERROR_BUG, "GStreamer is incomplete: %s", problem->message);

  file = gst_bin_get_by_name (GST_BIN (self->pipeline), "file");
  decode = gst_bin_get_by_name (GST_BIN (self->pipeline), "decode");
  self->convert = gst_bin_get_by_name (GST_BIN (self->pipeline), "convert");
  self->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (self->pipeline), "sink"));
  g_object_set (file, "location", ask->path, NULL);
  g_signal_connect_object (decode, "pad-added", G_CALLBACK (on_pad_added), self->convert, 0);
  return TRUE;
}

/* The decoder's own words, or @otherwise. Never succeeds. */
static gboolean
fail_with_bus (Decoder *self, const char *otherwise, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) problem = NULL;

  if (message == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "%s", otherwise);

  gst_message_parse_error (message, &problem, NULL);
  if (problem->domain == GST_RESOURCE_ERROR)
    return gm_fail (error, GM_ERROR_NOT_FOUND, "the file cannot be read: %s", problem->message);

  return gm_fail (error, GM_ERROR_BAD_DATA, "the file cannot be decoded: %s", problem->message);
}

static gboolean
decoder_start (Decoder *self, const GmDecoderAsk *ask, GError **error)
{
  const GstSeekFlags flags = GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE;
  GstStateChangeReturn change;

  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  change = gst_element_get_state (self->pipeline, NULL, NULL, PREROLL_SECONDS * GST_SECOND);
  if (change != GST_STATE_CHANGE_SUCCESS)
    return fail_with_bus (self, "the decoder does not start", error);

  if ((ask->start_ms > 0 || ask->stop_ms > 0) &&
      !gst_element_seek (self->pipeline, 1.0, GST_FORMAT_TIME, flags, GST_SEEK_TYPE_SET,
                         ask->start_ms * GST_MSECOND,
                         ask->stop_ms > 0 ? GST_SEEK_TYPE_SET : GST_SEEK_TYPE_NONE,
                         ask->stop_ms * GST_MSECOND))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the file cannot be played from the middle");

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return TRUE;
}

/* TRUE with @frames->n_frames of 0 for a buffer that says nothing. */
static gboolean
frames_of (GstSample *sample, GstMapInfo *map, GmFrames *frames, GError **error)
{
  GstStructure *caps = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  int rate = 0;
  int channels = 0;

  gst_structure_get_int (caps, "rate", &rate);
  gst_structure_get_int (caps, "channels", &channels);
  if (rate < 1 || channels < 1 || channels > GM_DECODER_MAX_CHANNELS)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the sound has %d channels, at most %d", channels,
                    GM_DECODER_MAX_CHANNELS);
  if (!gst_buffer_map (gst_sample_get_buffer (sample), map, GST_MAP_READ))
    return gm_fail (error, GM_ERROR_BUG, "a decoded buffer cannot be read");

  frames->samples = (const float *) map->data;
  frames->rate = (guint) rate;
  frames->channels = (guint) channels;
  frames->n_frames = map->size / sizeof (float) / frames->channels;
  return TRUE;
}

static gboolean
hand_over (GstSample *sample, guint64 *n_frames, GmFramesSink sink, gpointer data, GError **error)
{
  GstMapInfo map;
  GmFrames frames;
  gboolean taken;

  if (!frames_of (sample, &map, &frames, error))
    return FALSE;

  *n_frames += frames.n_frames;
  taken = *n_frames <= (guint64) GM_DECODER_MAX_SECONDS * frames.rate
              ? sink (&frames, data, error)
              : gm_fail (error, GM_ERROR_BAD_DATA, "the sound is longer than %d hours",
                         GM_DECODER_MAX_SECONDS / 3600);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  return taken;
}

gboolean
gm_decoder_run (const GmDecoderAsk *ask,
                GmFramesSink sink,
                gpointer user_data,
                GCancellable *cancellable,
                GError **error)
{
  g_auto (Decoder) self = { 0 };
  guint64 n_frames = 0;

  if (!decoder_build (&self, ask, error) || !decoder_start (&self, ask, error))
    return FALSE;

  for (;;)
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (self.sink,
                                                                   PULL_SECONDS * GST_SECOND);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          gm_error_adopt (error);
          return FALSE;
        }
      if (sample == NULL)
        break;
      if (!hand_over (sample, &n_frames, sink, user_data, error))
        return FALSE;
    }

  if (!gst_app_sink_is_eos (self.sink))
    return fail_with_bus (&self, "the decoder stopped in the middle", error);

  return TRUE;
}
