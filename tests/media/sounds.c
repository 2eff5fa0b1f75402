/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/media/sounds.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>

#define PUSH_FRAMES 4096

static const struct
{
  const char *format;
  const char *pipeline;
} encoders[] = {
  { "wav", "audio/x-raw,format=S16LE ! %s wavenc" },
  { "aiff", "audio/x-raw,format=S16BE ! %s avmux_aiff" },
  { "flac", "audio/x-raw,format=S16LE ! %s flacenc" },
  { "mp3", "%s lamemp3enc target=bitrate bitrate=192 cbr=true ! xingmux ! id3v2mux" },
  { "ogg", "%s vorbisenc ! oggmux" },
  { "opus", "audioresample ! %s opusenc ! oggmux" },
  { "m4a", "avenc_aac ! %s mp4mux" },
  { "faststart.m4a", "avenc_aac ! %s mp4mux faststart=true" },
};

float
gm_sound_sine (guint64 i, guint channel, guint rate)
{
  return 0.125F * (float) sin (2 * G_PI * 440 * (double) i / rate);
}

float
gm_sound_silence (guint64 i, guint channel, guint rate)
{
  return 0;
}

/* SplitMix64: the same noise every time. */
float
gm_sound_noise (guint64 i, guint channel, guint rate)
{
  guint64 z = (i * 2 + channel + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return 0.25F * ((float) ((z ^ z >> 31) >> 40) / (1 << 23) - 1);
}

static GstBuffer *
buffer_of (const GmSound *sound, guint64 at, guint64 n, guint rate, guint channels)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, n * channels * sizeof (float), NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (guint64 i = 0; i < n * channels; i++)
    ((float *) map.data)[i] = sound->shape (at + i / channels, (guint) (i % channels), rate);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (at, GST_SECOND, rate);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n, GST_SECOND, rate);
  return buffer;
}

static GstElement *
build (const GmSound *sound, guint rate, guint channels)
{
  const char *encoder = NULL;
  g_autofree char *inject = sound->tags != NULL || sound->picture != NULL
                                ? g_strdup ("taginject name=tags !")
                                : g_strdup ("");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline;

  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++)
    if (strcmp (encoders[i].format, sound->format) == 0)
      encoder = encoders[i].pipeline;
  g_assert_nonnull (encoder);

  g_string_append_printf (text,
                          "appsrc name=in format=time block=true max-bytes=4194304 "
                          "caps=audio/x-raw,format=F32LE,rate=%u,channels=%u,layout=interleaved ! "
                          "audioconvert dithering=none ! %s ! filesink name=out",
                          rate, channels, encoder);
  g_string_replace (text, "%s", inject, 1);
  pipeline = gst_parse_launch (text->str, &error);
  g_assert_no_error (error);
  return pipeline;
}

static void
set_tags (GstElement *pipeline, const GmSound *sound)
{
  g_autoptr (GstElement) inject = gst_bin_get_by_name (GST_BIN (pipeline), "tags");

  if (inject != NULL && sound->tags != NULL)
    g_object_set (inject, "tags", sound->tags, NULL);
  if (inject != NULL && sound->picture != NULL)
    {
      g_autoptr (GstPad) pad = gst_element_get_static_pad (inject, "src");
      g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("image/png");
      gsize length;
      gconstpointer data = g_bytes_get_data (sound->picture, &length);
      g_autoptr (GstBuffer) buffer = gst_buffer_new_memdup (data, length);
      g_autoptr (GstSample) sample = gst_sample_new (buffer, caps, NULL, NULL);
      g_autoptr (GstElement) mux = NULL;
      GstIterator *muxers = gst_bin_iterate_all_by_interface (GST_BIN (pipeline),
                                                              GST_TYPE_TAG_SETTER);
      GValue item = G_VALUE_INIT;

      while (gst_iterator_next (muxers, &item) == GST_ITERATOR_OK)
        {
          gst_tag_setter_add_tags (g_value_get_object (&item), GST_TAG_MERGE_APPEND, GST_TAG_IMAGE,
                                   sample, NULL);
          g_value_reset (&item);
        }
      gst_iterator_free (muxers);
    }
}

void
gm_sound_write (const char *path, const GmSound *sound)
{
  guint rate = sound->rate > 0 ? sound->rate : 44100;
  guint channels = sound->channels > 0 ? sound->channels : 2;
  guint64 n_frames = (guint64) llround (sound->seconds * rate);
  g_autoptr (GstElement) pipeline = build (sound, rate, channels);
  g_autoptr (GstElement) in = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  g_autoptr (GstElement) out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  set_tags (pipeline, sound);
  g_object_set (out, "location", path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint64 at = 0; at < n_frames; at += PUSH_FRAMES)
    gst_app_src_push_buffer (
        GST_APP_SRC (in), buffer_of (sound, at, MIN (PUSH_FRAMES, n_frames - at), rate, channels));
  gst_app_src_end_of_stream (GST_APP_SRC (in));

  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

GBytes *
gm_sound_picture (int width, int height, const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GdkPixbuf) stripe = gdk_pixbuf_new_subpixbuf (pixbuf, 0, 0, width, height / 2);
  char *data;
  gsize length;

  gdk_pixbuf_fill (pixbuf, 0x6ae6a6ff);
  gdk_pixbuf_fill (stripe, 0x0b0d12ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, type, NULL, NULL));
  return g_bytes_new_take (data, length);
}
