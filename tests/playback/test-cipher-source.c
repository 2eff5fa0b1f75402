/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "playback/cipher-source.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/hex.h"

#define LENGTH (5 * GM_CIPHER_CHUNK_BYTES + 1234)

typedef struct
{
  char *path;
  guint8 *plain;
  GmSecret *key;
  GmTrack *track;
  guint n_opened;
} Scene;

static GmCipher *
open_cipher (gpointer data, GError **error)
{
  Scene *self = data;

  self->n_opened++;
  return gm_cipher_open_file (self->path, self->key, error);
}

static void
scene_init (Scene *self)
{
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("cipher-source-XXXXXX", &self->path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  self->plain = g_malloc (LENGTH);
  for (guint i = 0; i < LENGTH; i++)
    self->plain[i] = (guint8) (i * 131 + (i >> 8));
  self->key = gm_secret_new_random (32);
  plain = g_bytes_new (self->plain, LENGTH);
  gm_cipher_encrypt_bytes (plain, self->key, NULL, &stored, &error);
  g_assert_no_error (error);
  g_file_set_contents (self->path, g_bytes_get_data (stored, NULL),
                       (gssize) g_bytes_get_size (stored), &error);
  g_assert_no_error (error);
  self->n_opened = 0;
  self->track = gm_track_new (&(GmTrackInfo){
      .title = "Bytes", .kind = GM_TRACK_MASTER, .open = open_cipher, .data = self });
}

static void
scene_clear (Scene *self)
{
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_free (self->path);
  g_free (self->plain);
  gm_secret_unref (self->key);
  gm_track_unref (self->track);
}

static GstElement *
make (const char *uri)
{
  g_autoptr (GError) error = NULL;
  GstElement *source = gst_element_make_from_uri (GST_URI_SRC, uri, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (GM_IS_CIPHER_SOURCE (source));
  return gst_object_ref_sink (source);
}

static void
test_random_access (void)
{
  Scene scene;
  g_autofree char *uri = NULL;
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstPad) pad = NULL;
  gint64 size;

  scene_init (&scene);
  uri = gm_cipher_source_publish (scene.track);
  source = make (uri);
  gm_cipher_source_withdraw (uri); /* it keeps its track */
  pad = gst_element_get_static_pad (source, "src");
  g_assert_true (gst_pad_activate_mode (pad, GST_PAD_MODE_PULL, TRUE));
  gst_element_set_state (source, GST_STATE_PAUSED);
  g_assert_true (gst_element_query_duration (source, GST_FORMAT_BYTES, &size));
  g_assert_cmpint (size, ==, LENGTH);

  for (guint i = 0; i < 300; i++)
    {
      guint64 offset = (guint64) g_test_rand_int_range (0, LENGTH);
      guint length = (guint) g_test_rand_int_range (1, 2 * GM_CIPHER_CHUNK_BYTES);
      g_autoptr (GstBuffer) buffer = NULL;

      g_assert_cmpint (gst_pad_get_range (pad, offset, length, &buffer), ==, GST_FLOW_OK);
      length = MIN (length, LENGTH - (guint) offset);
      g_assert_cmpuint (gst_buffer_get_size (buffer), ==, length);
      g_assert_cmpint (gst_buffer_memcmp (buffer, 0, scene.plain + offset, length), ==, 0);
    }
  {
    g_autoptr (GstBuffer) buffer = NULL;

    g_assert_cmpint (gst_pad_get_range (pad, LENGTH, 1, &buffer), ==, GST_FLOW_EOS);
  }
  g_assert_cmpuint (scene.n_opened, ==, 1);
  gst_element_set_state (source, GST_STATE_NULL);
  g_assert_finalize_object (g_steal_pointer (&source) /* the pad goes with it */);
  scene_clear (&scene);
}

static void
test_handle (void)
{
  Scene scene;
  g_autofree char *uri = NULL;
  g_autofree char *again = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  scene_init (&scene);
  uri = gm_cipher_source_publish (scene.track);
  again = gm_cipher_source_publish (scene.track);
  g_assert_cmpstr (uri, !=, again);
  g_assert_true (g_str_has_prefix (uri, "gm-cipher:"));
  g_assert_null (strstr (uri, scene.path));

  gm_cipher_source_withdraw (uri);
  g_assert_null (gst_element_make_from_uri (GST_URI_SRC, uri, NULL, &error));
  g_assert_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_REFERENCE);
  g_clear_error (&error);
  g_assert_null (gst_element_make_from_uri (GST_URI_SRC, "gm-cipher:guessed", NULL, &error));
  g_assert_nonnull (error);
  gm_cipher_source_withdraw (again);
  gm_cipher_source_withdraw (again); /* once more is harmless */
  scene_clear (&scene);
}

static void
test_errors (void)
{
  Scene scene;
  g_autofree char *uri = NULL;
  g_autoptr (GstElement) pipeline = gst_pipeline_new (NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  GstElement *source;

  scene_init (&scene);
  gm_secret_unref (scene.key);
  scene.key = gm_secret_new_random (32);
  uri = gm_cipher_source_publish (scene.track);
  source = make (uri);
  gst_bin_add_many (GST_BIN (pipeline), source, gst_element_factory_make ("fakesink", "sink"),
                    NULL);
  g_assert_true (gst_element_link (source, gst_bin_get_by_name (GST_BIN (pipeline), "sink")));
  g_assert_cmpint (gst_element_set_state (pipeline, GST_STATE_PAUSED), ==,
                   GST_STATE_CHANGE_FAILURE);

  message = gst_bus_timed_pop_filtered (bus, GST_SECOND, GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  error = gm_cipher_source_parse_error (message);
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "wrong key"));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gm_cipher_source_withdraw (uri);
  scene_clear (&scene);
}

static void
test_foreign_error (void)
{
  g_autoptr (GError) theirs = g_error_new (GST_STREAM_ERROR, GST_STREAM_ERROR_DECRYPT, "theirs");
  g_autoptr (GstMessage) message = gst_message_new_error (NULL, theirs, NULL);

  g_assert_null (gm_cipher_source_parse_error (message));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  gm_cipher_source_register ();
  gm_cipher_source_register ();
  g_test_add_func ("/cipher-source/any-range-is-what-was-sealed", test_random_access);
  g_test_add_func ("/cipher-source/a-handle-says-nothing-and-ends", test_handle);
  g_test_add_func ("/cipher-source/an-error-keeps-our-words", test_errors);
  g_test_add_func ("/cipher-source/another-error-is-not-ours", test_foreign_error);
  return g_test_run ();
}
