/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-core.h"
#include "app/track-maker.h"
#include "base/error.h"
#include "session-scene.h"
#include <glib/gstdio.h>

static void
test_queue_is_the_library_from_there (void)
{
  SessionScene *scene = session_scene_new ();
  g_autofree char *two = session_scene_dup_asset_id (2);
  g_autofree char *nine = session_scene_dup_asset_id (9);
  g_autoptr (GPtrArray) tracks = NULL;
  guint start = 99;

  session_scene_own (scene, 1, "one");
  session_scene_own (scene, 2, "two");
  session_scene_own (scene, 3, "three");
  tracks = gm_track_maker_queue (scene->session, two, &start);
  g_assert_cmpuint (tracks->len, ==, 3); /* newest first, as it is shown */
  g_assert_cmpuint (start, ==, 1);
  g_assert_cmpstr (gm_track_get_info (tracks->pdata[start])->title, ==, "Piece 2");
  g_assert_cmpint (gm_track_get_info (tracks->pdata[0])->kind, ==, GM_TRACK_MASTER);
  g_assert_null (gm_track_maker_queue (scene->session, nine, &start));
  session_scene_free (scene);
}

/* The pipeline opens it after the session is gone, too. */
static void
test_master_opens_by_itself (void)
{
  SessionScene *scene = session_scene_new ();
  g_autofree char *one = session_scene_dup_asset_id (1);
  g_autoptr (GPtrArray) tracks = NULL;
  g_autoptr (GmTrack) track = NULL;
  g_autoptr (GmCipher) cipher = NULL;
  g_autoptr (GError) error = NULL;
  guint8 plain[16] = { 0 };
  guint start;

  session_scene_own (scene, 1, "sound of one");
  tracks = gm_track_maker_queue (scene->session, one, &start);
  track = gm_track_ref (tracks->pdata[start]);
  cipher = gm_track_open (track, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gm_cipher_read (cipher, 0, plain, sizeof plain, &error), ==, 12);
  g_assert_cmpmem (plain, 12, "sound of one", 12);
  session_scene_free (scene);
  g_clear_pointer (&cipher, gm_cipher_free);
  g_assert_null (gm_track_open (track, &error)); /* its folder is gone */
  g_assert_nonnull (strstr (error->message, "Piece 1"));
}

static void
take_answer (gpointer owner, gpointer result, const GError *error)
{
  GmErrorCode *code = g_object_get_data (owner, "code");

  g_assert_null (result);
  *code = (GmErrorCode) error->code;
}

static gboolean
is_answered (gpointer code)
{
  return *(GmErrorCode *) code != GM_ERROR_BUG;
}

static void
test_preview_says_why_there_is_none (void)
{
  SessionScene *scene = session_scene_new ();
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_autofree char *name = g_strdup_printf ("preview/%064x.ogg", 7);
  GmAsset asset = { .id = (char *) "01M891GFPS47RP2AFJK1FREKCA",
                    .title = (char *) "Tide",
                    .artist = (char *) "a" };
  GmErrorCode code = GM_ERROR_BUG;

  g_object_set_data (owner, "code", &code);
  gm_track_maker_preview (scene->session, &asset, owner, take_answer);
  session_scene_wait (is_answered, &code);
  g_assert_cmpint (code, ==, GM_ERROR_NOT_FOUND);

  code = GM_ERROR_BUG;
  asset.preview = name; /* no store is open, and it is not here */
  gm_track_maker_preview (scene->session, &asset, owner, take_answer);
  session_scene_wait (is_answered, &code);
  g_assert_cmpint (code, ==, GM_ERROR_OFFLINE);
  session_scene_free (scene);
}

static void
take_track (gpointer owner, gpointer result, const GError *error)
{
  g_assert_no_error (error);
  g_object_set_data_full (owner, "track", gm_track_ref (result), (GDestroyNotify) gm_track_unref);
}

static gboolean
has_track (gpointer owner)
{
  return g_object_get_data (owner, "track") != NULL;
}

static void
test_preview_is_a_local_file (void)
{
  static const char sound[] = "OggS";
  SessionScene *scene = session_scene_new ();
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sound, -1);
  g_autofree char *name = g_strdup_printf ("preview/%s.ogg", sum);
  g_autofree char *file = g_strdup_printf ("preview-%s.ogg", sum);
  g_autofree char *path = g_build_filename (gm_session_get_core (scene->session)->media, file,
                                            NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GmAsset asset = { .id = (char *) "01M891GFPS47RP2AFJK1FREKCA",
                    .title = (char *) "Tide",
                    .artist = (char *) "a",
                    .preview = name };
  const GmTrackInfo *info;

  g_assert_true (g_file_set_contents (path, sound, -1, NULL));
  gm_track_maker_preview (scene->session, &asset, owner, take_track);
  session_scene_wait (has_track, owner);
  info = gm_track_get_info (g_object_get_data (owner, "track"));
  g_assert_cmpstr (info->uri, ==, uri);
  g_assert_cmpint (info->kind, ==, GM_TRACK_PREVIEW);
  g_assert_cmpstr (info->title, ==, "Tide");
  session_scene_free (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/track-maker/queue-is-the-library-from-there",
                   test_queue_is_the_library_from_there);
  g_test_add_func ("/track-maker/master-opens-by-itself", test_master_opens_by_itself);
  g_test_add_func ("/track-maker/preview-says-why-there-is-none",
                   test_preview_says_why_there_is_none);
  g_test_add_func ("/track-maker/preview-is-a-local-file", test_preview_is_a_local_file);
  return g_test_run ();
}
