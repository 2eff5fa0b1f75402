/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "playback/preview-limit.h"

typedef struct
{
  GstElement *pipeline;
  GstBus *bus;
  GstPad *pad;
  GmPreviewLimit *limit;
  guint64 bytes; /* that reached the sink */
  guint frame_bytes;
} Scene;

static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Scene *self = data;

  self->bytes += gst_buffer_get_size (GST_PAD_PROBE_INFO_BUFFER (info));
  return GST_PAD_PROBE_OK;
}

static void
scene_init (Scene *self, const char *caps)
{
  g_autofree char *text = g_strdup_printf (
      "audiotestsrc samplesperbuffer=1000 num-buffers=4000 ! %s ! fakesink name=sink sync=false",
      caps);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) sink = NULL;

  *self = (Scene){ .pipeline = gst_parse_launch (text, &error) };
  g_assert_no_error (error);
  sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  self->bus = gst_element_get_bus (self->pipeline);
  self->pad = gst_element_get_static_pad (sink, "sink");
  self->limit = gm_preview_limit_new (self->pad);
  gst_pad_add_probe (self->pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, self, NULL);
}

static void
scene_clear (Scene *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gm_preview_limit_free (self->limit);
  gst_object_unref (self->pad);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
}

static void
wait_for (Scene *self, GstMessageType type)
{
  g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (self->bus, 30 * GST_SECOND,
                                                               type | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, type);
}

static guint64
play (Scene *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  wait_for (self, GST_MESSAGE_EOS);
  return self->bytes;
}

/* As a careless or hostile caller would: flushing, without any stop. */
static guint64
seek_and_play (Scene *self, GstClockTime to)
{
  self->bytes = 0;
  g_assert_true (gst_element_seek_simple (
      self->pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, (gint64) to));
  return play (self);
}

static void
test_ends_to_the_frame (void)
{
  static const struct
  {
    const char *caps;
    guint64 expected; /* bytes in 30 s */
  } cases[] = {
    { "audio/x-raw,format=S16LE,rate=44100,channels=2", 30 * 44100 * 4 },
    { "audio/x-raw,format=F32LE,rate=48000,channels=2", 30 * 48000 * 8 },
    { "audio/x-raw,format=S24LE,rate=96000,channels=1", 30 * 96000 * 3 },
    { "audio/x-raw,format=U8,rate=22050,channels=6", 30 * 22050 * 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Scene scene;

      scene_init (&scene, cases[i].caps);
      gm_preview_limit_set (scene.limit, GM_PREVIEW_LIMIT_MS * GST_MSECOND);
      g_assert_cmpuint (play (&scene), ==, cases[i].expected);
      scene_clear (&scene);
    }
}

static void
test_seeks (void)
{
  Scene scene;

  scene_init (&scene, "audio/x-raw,format=S16LE,rate=44100,channels=1");
  gm_preview_limit_set (scene.limit, GM_PREVIEW_LIMIT_MS * GST_MSECOND);
  play (&scene);
  g_assert_cmpuint (seek_and_play (&scene, 29 * GST_SECOND), ==, 44100 * 2);
  g_assert_cmpuint (seek_and_play (&scene, 30 * GST_SECOND), ==, 0);
  g_assert_cmpuint (seek_and_play (&scene, 31 * GST_SECOND), ==, 0);
  g_assert_cmpuint (seek_and_play (&scene, 85 * GST_SECOND), ==, 0);
  g_assert_cmpuint (seek_and_play (&scene, 0), ==, 30 * 44100 * 2);
  scene_clear (&scene);
}

static void
test_no_limit (void)
{
  Scene scene;

  scene_init (&scene, "audio/x-raw,format=S16LE,rate=44100,channels=1");
  gm_preview_limit_set (scene.limit, GST_SECOND);
  g_assert_cmpuint (play (&scene), ==, 44100 * 2);
  gm_preview_limit_set (scene.limit, GST_CLOCK_TIME_NONE);
  g_assert_cmpuint (seek_and_play (&scene, 0), >, 40 * 44100 * 2);
  scene_clear (&scene);

  scene_init (&scene, "audio/x-raw,format=S16LE,rate=44100,channels=1");
  g_assert_cmpuint (play (&scene), ==, 4000 * 1000 * 2);
  scene_clear (&scene);
}

static void
test_encoded (void)
{
  Scene scene;

  scene_init (&scene, "audio/x-raw,format=F32LE,rate=44100 ! vorbisenc");
  gm_preview_limit_set (scene.limit, GM_PREVIEW_LIMIT_MS * GST_MSECOND);
  g_assert_cmpuint (play (&scene), ==, 0);
  scene_clear (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/preview-limit/ends-to-the-frame", test_ends_to_the_frame);
  g_test_add_func ("/preview-limit/no-seek-gets-past-it", test_seeks);
  g_test_add_func ("/preview-limit/none-lets-all-pass", test_no_limit);
  g_test_add_func ("/preview-limit/what-it-cannot-count-is-not-heard", test_encoded);
  return g_test_run ();
}
