/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "playback/player.h"

#include <gst/base/base.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "tests/playback/player-scene.h"

static const GmPlayerFacts *
facts_of (GmPlayerScene *scene)
{
  return gm_player_state_get_facts (scene->state);
}

/* Flips one bit of chunk @chunk of the encrypted file at @path. */
static void
damage (const char *path, guint chunk)
{
  g_autofree char *data = NULL;
  gsize length, at;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  at = GM_CIPHER_HEADER_BYTES + chunk * (GM_CIPHER_CHUNK_BYTES + GM_CIPHER_TAG_BYTES) + 100;
  g_assert_cmpuint (at, <, length);
  data[at] ^= 1;
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
}

static guint
chunks_of (const char *path)
{
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return (guint) ((length - GM_CIPHER_HEADER_BYTES + GM_CIPHER_CHUNK_BYTES) /
                  (GM_CIPHER_CHUNK_BYTES + GM_CIPHER_TAG_BYTES));
}

static void
assert_failed (GmPlayerScene *scene, int code, const char *words)
{
  const GmPlayerFacts *facts = facts_of (scene);

  g_test_message ("%s", facts->error->message);
  g_assert_error (facts->error, GM_ERROR, code);
  g_assert_nonnull (strstr (facts->error->message, words));
  g_assert_false (facts->playing);
  g_assert_false (facts->buffering);
  g_assert_nonnull (facts->track);
  g_assert_cmpint (facts->mode, !=, GM_PLAYER_IDLE);
}

static char *
cipher_of (GmPlayerScene *scene, const char *format, double seconds)
{
  g_autofree char *path = gm_player_scene_sound (scene, format, seconds);

  return gm_player_scene_encrypt (scene, path);
}

static void
test_damaged_chunk (gconstpointer format)
{
  GmPlayerScene scene;
  g_autofree char *path = NULL;
  guint n_chunks;

  gm_player_scene_init (&scene, FALSE);
  for (guint i = 0; i < 3; i++)
    {
      GmTrack *track;

      g_clear_pointer (&path, g_free);
      path = cipher_of (&scene, format, 6);
      n_chunks = chunks_of (path);
      damage (path, i * (n_chunks - 1) / 2); /* first, middle, last */
      track = gm_player_scene_master (&scene, path, 0);
      gm_player_scene_play (&scene, 1, &track);
      gm_player_scene_wait (&scene, gm_player_scene_has_failed);
      assert_failed (&scene, GM_ERROR_BAD_DATA, " is damaged");
    }
  gm_player_scene_clear (&scene);
}

static void
test_wrong_key (void)
{
  GmPlayerScene scene;
  g_autofree char *path = NULL;
  GmSecret *right;
  GmTrack *track;

  gm_player_scene_init (&scene, FALSE);
  path = cipher_of (&scene, "flac", 1);
  right = g_steal_pointer (&scene.key);
  scene.key = gm_secret_new_random (32);
  track = gm_player_scene_master (&scene, path, 0);
  gm_player_scene_play (&scene, 1, &track);
  gm_player_scene_wait (&scene, gm_player_scene_has_failed);
  assert_failed (&scene, GM_ERROR_DENIED, "wrong key");

  /* Another track plays on the same player. */
  gm_secret_unref (scene.key);
  scene.key = right;
  track = gm_player_scene_master (&scene, path, 0);
  gm_player_scene_play (&scene, 1, &track);
  gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
  g_assert_no_error (facts_of (&scene)->error);
  g_assert_cmpuint (scene.whole->len, ==, 44100 * 4);
  gm_player_scene_clear (&scene);
}

static void
test_no_music (void)
{
  GmPlayerScene scene;
  static const struct
  {
    const char *content;
    int code;
  } files[] = {
    { "", GM_ERROR_BAD_DATA },
    { "This is a letter, not a song.", GM_ERROR_BAD_DATA },
    { "RIFF....WAVEfmt ", GM_ERROR_BAD_DATA },
    { "fLaC\0\0\0\0 and nothing else", GM_ERROR_BAD_DATA },
    { NULL, GM_ERROR_NOT_FOUND },
  };

  gm_player_scene_init (&scene, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.bin", i);
      g_autofree char *path = g_build_filename (scene.folder, name, NULL);
      GmTrack *plain;

      if (files[i].content != NULL)
        g_assert_true (g_file_set_contents (path, files[i].content, -1, NULL));
      plain = gm_player_scene_plain (&scene, GM_TRACK_MASTER, path);
      gm_player_scene_play (&scene, 1, &plain);
      gm_player_scene_wait (&scene, gm_player_scene_has_failed);
      assert_failed (&scene, files[i].code, "");

      if (files[i].content != NULL)
        {
          g_autofree char *cipher = gm_player_scene_encrypt (&scene, path);
          GmTrack *master = gm_player_scene_master (&scene, cipher, 0);

          gm_player_scene_play (&scene, 1, &master);
          gm_player_scene_wait (&scene, gm_player_scene_has_failed);
          assert_failed (&scene, files[i].code, "");
        }
    }
  gm_player_scene_clear (&scene);
}

/* What is heard is not cut off because the one after it is damaged. */
static void
test_damaged_next (void)
{
  GmPlayerScene scene;
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;
  GmTrack *tracks[2];

  gm_player_scene_init (&scene, TRUE);
  good = cipher_of (&scene, "flac", 2);
  bad = cipher_of (&scene, "flac", 6);
  damage (bad, 0);
  tracks[0] = gm_player_scene_master (&scene, good, 2);
  tracks[1] = gm_player_scene_master (&scene, bad, 6);
  gm_player_scene_play (&scene, 2, tracks);
  gm_player_scene_wait (&scene, gm_player_scene_has_failed);
  assert_failed (&scene, GM_ERROR_BAD_DATA, "chunk 0");
  g_assert_cmpstr (gm_track_get_info (facts_of (&scene)->track)->title, ==, "6.flac.gma1");
  g_assert_cmpuint (scene.to, >=, 1990 * GST_MSECOND); /* of the first */
  gm_player_scene_clear (&scene);
}

static gboolean
is_in_the_middle (GmPlayerScene *scene)
{
  return facts_of (scene)->position_ms >= 1000;
}

/* Seeks and the end are told as ever, after the one that is opened ahead has failed. */
static void
test_seek_beside_damaged (void)
{
  GmPlayerScene scene;
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;
  GmTrack *tracks[2];

  gm_player_scene_init (&scene, TRUE);
  good = cipher_of (&scene, "flac", 3);
  bad = cipher_of (&scene, "flac", 6);
  damage (bad, 0);
  tracks[0] = gm_player_scene_master (&scene, good, 3);
  tracks[1] = gm_player_scene_master (&scene, bad, 6);
  gm_player_scene_play (&scene, 2, tracks);
  gm_player_scene_wait (&scene, is_in_the_middle);
  gm_player_seek (scene.player, 500);
  gm_player_scene_wait (&scene, is_in_the_middle);
  gm_player_seek (scene.player, 2500);
  gm_player_scene_wait (&scene, gm_player_scene_has_failed);
  assert_failed (&scene, GM_ERROR_BAD_DATA, "chunk 0");
  gm_player_scene_clear (&scene);
}

static GPtrArray *
good_and_bad (GmPlayerScene *scene)
{
  GPtrArray *tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_track_unref);
  const char *const formats[] = { "flac", "mp3", "m4a" };

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.%s", i, formats[i % 3]);
      GmSound sound = { .format = formats[i % 3], .seconds = i < 3 ? 0.3 : 4 };
      g_autofree char *path = NULL;
      g_autofree char *cipher = NULL;

      sound.shape = gm_sound_noise;
      path = gm_player_scene_write (scene, name, &sound);
      cipher = gm_player_scene_encrypt (scene, path);
      if (i % 2 == 1)
        damage (cipher, i == 7 ? 0 : (chunks_of (cipher) - 1) / 2);
      if (i == 8)
        g_assert_cmpint (rename (cipher, path), ==, 0); /* it is not there */
      g_ptr_array_add (tracks, gm_player_scene_master (scene, cipher, 0));
    }
  return tracks;
}

static void
press_something (GmPlayerScene *scene, GPtrArray *tracks, GmTrack *preview)
{
  GmPlayer *player = scene->player;

  switch (g_test_rand_int_range (0, 9))
    {
    case 0: gm_player_play (player, tracks, (guint) g_test_rand_int_range (0, 9)); break;
    case 1: gm_player_toggle (player); break;
    case 2: gm_player_next (player); break;
    case 3: gm_player_previous (player); break;
    case 4: gm_player_seek (player, g_test_rand_int_range (0, 4000)); break;
    case 5: gm_player_seek (player, facts_of (scene)->duration_ms - 20); break;
    case 6: gm_player_preview (player, preview); break;
    case 7: gm_player_pause (player); break;
    default: gm_player_stop (player); break;
    }
}

static gboolean
on_beat (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Nothing that is damaged or not there keeps what comes after it from being heard to its end. */
static void
test_restless (void)
{
  GmPlayerScene scene;
  g_autoptr (GPtrArray) tracks = NULL;
  g_autofree char *path = NULL;
  GmTrack *preview;
  guint beat;

  gm_player_scene_init (&scene, TRUE);
  tracks = good_and_bad (&scene);
  path = gm_player_scene_sound (&scene, "mp3", 31);
  preview = gm_player_scene_plain (&scene, GM_TRACK_PREVIEW, path);
  for (guint round = 0; round < 10; round++)
    {
      beat = g_timeout_add (3, on_beat, NULL); /* so that no turn of the loop waits for ever */
      for (guint i = 0; i < 40; i++)
        {
          press_something (&scene, tracks, preview);
          for (gint n = g_test_rand_int_range (0, 12); n > 0; n--)
            g_main_context_iteration (NULL, n % 2 == 0);
        }
      g_source_remove (beat);

      gm_player_preview (scene.player, preview);
      gm_player_scene_wait (&scene, gm_player_scene_is_ready);
      gm_player_seek (scene.player, 28700);
      gm_player_seek (scene.player, 29700);
      g_assert_true (facts_of (&scene)->playing);
      gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
      g_assert_no_error (facts_of (&scene)->error);
      g_assert_cmpint (facts_of (&scene)->mode, ==, GM_PLAYER_PREVIEW);
    }
  gm_track_unref (preview);
  gm_player_scene_clear (&scene);
}

static void
test_try_again (void)
{
  GmPlayerScene scene;
  g_autofree char *path = NULL;
  g_autofree char *away = NULL;
  GmTrack *track;

  gm_player_scene_init (&scene, FALSE);
  path = cipher_of (&scene, "flac", 1);
  away = g_strdup_printf ("%s.away", path);
  g_assert_cmpint (rename (path, away), ==, 0);
  track = gm_player_scene_master (&scene, path, 0);
  gm_player_scene_play (&scene, 1, &track);
  gm_player_scene_wait (&scene, gm_player_scene_has_failed);
  assert_failed (&scene, GM_ERROR_NOT_FOUND, "1.flac.gma1");

  g_assert_cmpint (rename (away, path), ==, 0);
  gm_player_toggle (scene.player);
  g_assert_true (facts_of (&scene)->playing);
  gm_player_scene_wait (&scene, gm_player_scene_has_stopped);
  g_assert_no_error (facts_of (&scene)->error);
  gm_player_scene_clear (&scene);
}

/* A sink that opens, or takes sound, only while it is plugged in. */
#define BROKEN_TYPE_SINK (broken_sink_get_type ())
G_DECLARE_FINAL_TYPE (BrokenSink, broken_sink, BROKEN, SINK, GstBaseSink)
struct _BrokenSink
{
  GstBaseSink parent;
  gboolean opens;
  guint buffers; /* before it is pulled out */
};
G_DEFINE_FINAL_TYPE (BrokenSink, broken_sink, GST_TYPE_BASE_SINK)

static gboolean
broken_sink_start (GstBaseSink *base)
{
  if (BROKEN_SINK (base)->opens)
    return TRUE;
  GST_ELEMENT_ERROR (base, RESOURCE, OPEN_WRITE, ("Nothing is plugged in."), (NULL));
  return FALSE;
}

static GstFlowReturn
broken_sink_render (GstBaseSink *base, GstBuffer *buffer)
{
  if (BROKEN_SINK (base)->buffers-- > 0)
    return GST_FLOW_OK;
  GST_ELEMENT_ERROR (base, RESOURCE, WRITE, ("It was pulled out."), (NULL));
  return GST_FLOW_ERROR;
}

static void
broken_sink_class_init (BrokenSinkClass *klass)
{
  static GstStaticPadTemplate template = GST_STATIC_PAD_TEMPLATE (
      "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Broken", "Sink/Audio", "Fails",
                                         "The GotMusic developers");
  GST_BASE_SINK_CLASS (klass)->start = broken_sink_start;
  GST_BASE_SINK_CLASS (klass)->render = broken_sink_render;
}

static void
broken_sink_init (BrokenSink *self)
{
}

static void
test_unplugged (void)
{
  static const guint buffers[] = { 0, 0, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (buffers); i++)
    {
      GmPlayerScene scene;
      g_autofree char *path = NULL;
      BrokenSink *sink;
      GmTrack *track;

      gm_player_scene_init (&scene, FALSE);
      path = cipher_of (&scene, "flac", 2);
      gm_player_free (scene.player);
      sink = g_object_new (BROKEN_TYPE_SINK, NULL);
      sink->opens = i > 0;
      sink->buffers = buffers[i];
      scene.player = gm_player_new (GST_ELEMENT (sink));
      scene.state = gm_player_get_state (scene.player);

      track = gm_player_scene_master (&scene, path, 0);
      gm_player_scene_play (&scene, 1, &track);
      gm_player_scene_wait (&scene, gm_player_scene_has_failed);
      assert_failed (&scene, GM_ERROR_OFFLINE, "no sound output: ");
      gm_player_scene_clear (&scene);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/player-faults/damaged-wav-says-so", "wav", test_damaged_chunk);
  g_test_add_data_func ("/player-faults/damaged-flac-says-so", "flac", test_damaged_chunk);
  g_test_add_data_func ("/player-faults/damaged-mp3-says-so", "mp3", test_damaged_chunk);
  g_test_add_data_func ("/player-faults/damaged-m4a-says-so", "m4a", test_damaged_chunk);
  g_test_add_func ("/player-faults/wrong-key-is-told-apart", test_wrong_key);
  g_test_add_func ("/player-faults/no-music-is-an-error", test_no_music);
  g_test_add_func ("/player-faults/damaged-next-waits-its-turn", test_damaged_next);
  g_test_add_func ("/player-faults/seek-beside-a-damaged-next-lands", test_seek_beside_damaged);
  g_test_add_func ("/player-faults/any-order-of-presses-ends-well", test_restless);
  g_test_add_func ("/player-faults/toggle-tries-again", test_try_again);
  g_test_add_func ("/player-faults/no-sound-output-has-words", test_unplugged);
  return g_test_run ();
}
