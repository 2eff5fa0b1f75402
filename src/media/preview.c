/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/preview.h"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "media/container.h"
#include "media/decoder.h"
#include "media/loudness.h"

#define CHANNELS        2
#define BITRATE         "112000"                /* bit/s */
#define FADE_IN_FRAMES  (GM_PREVIEW_RATE / 200) /* 5 ms: no click */
#define FADE_OUT_FRAMES GM_PREVIEW_RATE
#define PUSH_FRAMES     4800
#define ENCODE_SECONDS  60
#define SLACK_FRAMES    (GM_PREVIEW_RATE / 20) /* a seek may lose; filled with silence */
#define LEAST_FRAMES    (GM_PREVIEW_RATE / 10) /* the encoder cuts what is hardly a packet */
#define TRIES           3

static const GmField fields[] = {
  GM_FIELD (GmPreview, start_ms, "startMs", INT, 0),
  GM_FIELD (GmPreview, frames, "frames", INT, 0),
  GM_FIELD (GmPreview, gain_cdb, "gainCdb", INT, 0),
  GM_FIELD (GmPreview, loudness_clufs, "loudnessClufs", INT, 0),
  GM_FIELD (GmPreview, peak_cdb, "peakCdb", INT, 0),
};

const GmRecordType gm_preview_type = { "preview", sizeof (GmPreview), fields,
                                       G_N_ELEMENTS (fields) };

void
gm_preview_free (GmPreview *preview)
{
  gm_record_free (&gm_preview_type, preview);
}

typedef struct
{
  float *samples; /* room for half a minute, stereo */
  gsize n_frames;
} Cut;

static void
cut_clear (Cut *cut)
{
  g_free (cut->samples);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cut, cut_clear)

static gboolean
on_cut_frames (const GmFrames *frames, gpointer user_data, GError **error)
{
  Cut *cut = user_data;
  gsize n = MIN (frames->n_frames, GM_PREVIEW_MAX_FRAMES - cut->n_frames);

  memcpy (cut->samples + cut->n_frames * CHANNELS, frames->samples, n * CHANNELS * sizeof (float));
  cut->n_frames += n;
  return TRUE;
}

static void
fade (Cut *cut)
{
  for (gsize i = 0; i < cut->n_frames; i++)
    {
      gsize left = cut->n_frames - 1 - i;
      float gain = 1;

      if (i < FADE_IN_FRAMES)
        gain = (float) i / FADE_IN_FRAMES;
      if (left < MIN (FADE_OUT_FRAMES, cut->n_frames / 2))
        gain *= (float) left / (float) MIN (FADE_OUT_FRAMES, cut->n_frames / 2);
      cut->samples[i * CHANNELS] *= gain;
      cut->samples[i * CHANNELS + 1] *= gain;
    }
}

static gboolean
load_cut (const char *path,
          gint64 start_ms,
          gint64 duration_ms,
          Cut *cut,
          GCancellable *cancellable,
          GError **error)
{
  const GmDecoderAsk ask = {
    .path = path,
    .rate = GM_PREVIEW_RATE,
    .channels = CHANNELS,
    .start_ms = start_ms,
    /* one second more than needed: what the seek loses at the end of a buffer is still there */
    .stop_ms = start_ms + (GM_PREVIEW_SECONDS + 1) * 1000 < duration_ms
                   ? start_ms + (GM_PREVIEW_SECONDS + 1) * 1000
                   : 0,
  };
  gsize wanted = (gsize) MIN (duration_ms * GM_PREVIEW_RATE / 1000, GM_PREVIEW_MAX_FRAMES);

  cut->samples = g_new0 (float, (gsize) GM_PREVIEW_MAX_FRAMES *CHANNELS);
  if (!gm_decoder_run (&ask, on_cut_frames, cut, cancellable, error))
    return FALSE;
  if (cut->n_frames + SLACK_FRAMES < wanted)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "the file is damaged: %.1f of %.1f seconds of its preview can be decoded",
                    (double) cut->n_frames / GM_PREVIEW_RATE, (double) wanted / GM_PREVIEW_RATE);
  if (duration_ms >= GM_PREVIEW_SECONDS * 1000)
    cut->n_frames = GM_PREVIEW_MAX_FRAMES;

  fade (cut);
  cut->n_frames = MAX (cut->n_frames, LEAST_FRAMES);
  return TRUE;
}

typedef struct
{
  GmLoudness *loudness;
  guint64 n_frames;
} Meter;

static gboolean
on_meter_frames (const GmFrames *frames, gpointer user_data, GError **error)
{
  Meter *meter = user_data;

  meter->n_frames += frames->n_frames;
  return gm_loudness_add (meter->loudness, frames, error);
}

static gboolean
meter_cut (const Cut *cut, gint64 *clufs, gint64 *peak_cdb, GError **error)
{
  const GmFrames frames = { cut->samples, cut->n_frames, GM_PREVIEW_RATE, CHANNELS };
  g_autoptr (GmLoudness) loudness = gm_loudness_new (GM_PREVIEW_RATE, CHANNELS, GM_LOUDNESS_EXACT,
                                                     error);

  if (loudness == NULL || !gm_loudness_add (loudness, &frames, error))
    return FALSE;

  *clufs = gm_loudness_integrated (loudness);
  *peak_cdb = gm_loudness_peak (loudness);
  return TRUE;
}

/* Length from the file's own end mark: players stop there, however a decoder pads. */
static gboolean
meter_file (const char *path, GmPreview *out, GCancellable *cancellable, GError **error)
{
  const GmDecoderAsk ask = { .path = path, .rate = GM_PREVIEW_RATE, .channels = CHANNELS };
  g_autoptr (GmLoudness) loudness = gm_loudness_new (GM_PREVIEW_RATE, CHANNELS, GM_LOUDNESS_EXACT,
                                                     error);
  Meter meter = { .loudness = loudness };
  GmContainer container;

  if (loudness == NULL || !gm_container_load (path, &container, error) ||
      !gm_decoder_run (&ask, on_meter_frames, &meter, cancellable, error))
    return FALSE;

  out->frames = (gint64) container.frames;
  out->loudness_clufs = gm_loudness_integrated (loudness);
  out->peak_cdb = gm_loudness_peak (loudness);
  if (container.kind != GM_CONTAINER_OPUS)
    return gm_fail (error, GM_ERROR_DENIED, "a preview is Opus in Ogg");
  if (meter.n_frames + SLACK_FRAMES < container.frames ||
      meter.n_frames > container.frames + SLACK_FRAMES)
    return gm_fail (error, GM_ERROR_DENIED, "the preview's length is not what its header says");

  return TRUE;
}

static GstBuffer *
buffer_of (const Cut *cut, gsize at, gsize n_frames, float gain)
{
  gsize n = n_frames * CHANNELS;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, n * sizeof (float), NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (gsize i = 0; i < n; i++)
    ((float *) map.data)[i] = cut->samples[at * CHANNELS + i] * gain;
  gst_buffer_unmap (buffer, &map);

  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (at, GST_SECOND, GM_PREVIEW_RATE);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n_frames, GST_SECOND, GM_PREVIEW_RATE);
  return buffer;
}

static gboolean
wait_for_end (GstElement *pipeline, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, ENCODE_SECONDS * GST_SECOND,
                                                               GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_autoptr (GError) problem = NULL;

  if (message == NULL)
    return gm_fail (error, GM_ERROR_BUG, "preview: the encoder hangs");
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;

  gst_message_parse_error (message, &problem, NULL);
  if (g_error_matches (problem, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    return gm_fail (error, GM_ERROR_OFFLINE,
                    "write the preview: the disk is full. Free some space and try again");
  return gm_fail (error, GM_ERROR_BUG, "preview: %s", problem->message);
}

/* Takes it all (12 MB) at once: one that lets us wait for room would do so for ever once the disk
 * is full. */

static gboolean
encode (const Cut *cut, float gain, const char *to, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (
      "appsrc name=in format=time max-bytes=0 "
      "caps=audio/x-raw,format=F32LE,rate=48000,channels=2,layout=interleaved ! "
      "audioconvert dithering=none ! opusenc bitrate=" BITRATE " bitrate-type=vbr ! oggmux ! "
      "filesink name=out",
      &problem);
  g_autoptr (GstElement) in = NULL;
  g_autoptr (GstElement) out = NULL;
  gboolean written;

  if (problem != NULL)
    return gm_fail (error, GM_ERROR_BUG, "GStreamer is incomplete: %s", problem->message);

  in = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_object_set (out, "location", to, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (gsize at = 0; at < cut->n_frames; at += PUSH_FRAMES)
    gst_app_src_push_buffer (GST_APP_SRC (in),
                             buffer_of (cut, at, MIN (PUSH_FRAMES, cut->n_frames - at), gain));
  gst_app_src_end_of_stream (GST_APP_SRC (in));

  written = wait_for_end (pipeline, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return written;
}

/* Silence stays silence. */
static gint64
gain_for (gint64 clufs, gint64 peak_cdb)
{
  if (clufs <= GM_LOUDNESS_SILENT_CENTI)
    return MIN (0, GM_PREVIEW_PEAK_CDB - peak_cdb);

  return MIN (GM_PREVIEW_TARGET_CLUFS - clufs, GM_PREVIEW_PEAK_CDB - peak_cdb);
}

static gboolean
check_written (const GmPreview *preview, gint64 frames, gint64 clufs, GError **error)
{
  gint64 wanted = clufs <= GM_LOUDNESS_SILENT_CENTI ? preview->loudness_clufs
                                                    : clufs + preview->gain_cdb;

  if (preview->frames != frames)
    return gm_fail (error, GM_ERROR_BUG,
                    "preview: %" G_GINT64_FORMAT " frames written instead of %" G_GINT64_FORMAT,
                    preview->frames, frames);
  if (ABS (preview->loudness_clufs - wanted) > GM_PREVIEW_SLACK)
    return gm_fail (error, GM_ERROR_BUG, "preview: %.2f LUFS written instead of %.2f",
                    preview->loudness_clufs / 100.0, wanted / 100.0);
  if (preview->peak_cdb > GM_PREVIEW_PEAK_CDB + GM_PREVIEW_SLACK)
    return gm_fail (error, GM_ERROR_BUG, "preview: peak of %.2f dB", preview->peak_cdb / 100.0);

  return TRUE;
}

/* The codec moves peaks by up to a decibel, so a hot one is written again a little softer. */
static gboolean
write_leveled (const Cut *cut,
               const char *to,
               GmPreview *preview,
               GCancellable *cancellable,
               GError **error)
{
  gint64 clufs, peak_cdb;

  if (!meter_cut (cut, &clufs, &peak_cdb, error))
    return FALSE;

  preview->gain_cdb = gain_for (clufs, peak_cdb);
  for (guint i = 0; i < TRIES; i++)
    {
      if (!encode (cut, powf (10, (float) preview->gain_cdb / 2000), to, error) ||
          !meter_file (to, preview, cancellable, error))
        return FALSE;
      if (preview->peak_cdb <= GM_PREVIEW_PEAK_CDB + GM_PREVIEW_SLACK)
        break;
      preview->gain_cdb -= preview->peak_cdb - GM_PREVIEW_PEAK_CDB;
    }

  return check_written (preview, (gint64) cut->n_frames, clufs, error);
}

GmPreview *
gm_preview_write (const char *path,
                  const char *to,
                  gint64 start_ms,
                  gint64 duration_ms,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GmPreview) preview = g_new0 (GmPreview, 1);
  g_auto (Cut) cut = { 0 };

  preview->start_ms = CLAMP (start_ms, 0, MAX (duration_ms - GM_PREVIEW_SECONDS * 1000, 0));
  if (!load_cut (path, preview->start_ms, duration_ms, &cut, cancellable, error) ||
      !write_leveled (&cut, to, preview, cancellable, error))
    return NULL;

  return g_steal_pointer (&preview);
}

GmPreview *
gm_preview_check (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmPreview) preview = g_new0 (GmPreview, 1);

  if (!meter_file (path, preview, cancellable, error))
    return NULL;
  if (preview->frames > GM_PREVIEW_MAX_FRAMES)
    return gm_fail_null (error, GM_ERROR_DENIED, "the preview is longer than %d seconds",
                         GM_PREVIEW_SECONDS);
  if (preview->loudness_clufs > GM_PREVIEW_TARGET_CLUFS + GM_PREVIEW_SLACK ||
      preview->peak_cdb > GM_PREVIEW_PEAK_CDB + GM_PREVIEW_SLACK)
    return gm_fail_null (error, GM_ERROR_DENIED, "the preview is too loud: %.1f LUFS, %.1f dBTP",
                         preview->loudness_clufs / 100.0, preview->peak_cdb / 100.0);

  return g_steal_pointer (&preview);
}
