/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/library-model.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "app/session-core.h"
#include "session-scene.h"

static char *
get_text (GmLibraryItem *item, const char *name)
{
  char *text;

  g_object_get (item, name, &text, NULL);
  return text;
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_order (void)
{
  SessionScene *scene = session_scene_new ();
  GmLibraryModel *library = gm_session_get_library (scene->session);
  g_autofree char *id = session_scene_dup_asset_id (2);
  gboolean empty;

  g_object_get (library, "empty", &empty, NULL);
  g_assert_true (empty);
  for (guint n = 1; n <= 3; n++)
    session_scene_own (scene, n, "music");
  g_object_get (library, "empty", &empty, NULL);
  g_assert_false (empty);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (library)), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GmLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (library), i);
      g_autofree char *title = get_text (item, "title");
      g_autofree char *expected = g_strdup_printf ("Piece %u", 3 - i);

      g_assert_cmpstr (title, ==, expected);
    }
  g_assert_nonnull (gm_library_model_find (library, id));
  g_assert_null (gm_library_model_find (library, "0x00"));
  session_scene_free (scene);
}

/* A second reading that brings nothing new moves nothing on the screen. */
static void
test_calm (void)
{
  SessionScene *scene = session_scene_new ();
  GmLibraryModel *library = gm_session_get_library (scene->session);
  guint changes = 0, reads = 0;

  session_scene_own (scene, 1, "music");
  g_signal_connect_swapped (library, "items-changed", G_CALLBACK (count), &changes);
  g_signal_connect_swapped (library, "notify::error", G_CALLBACK (count), &reads);
  gm_library_model_refresh (library);
  while (reads == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (changes, ==, 0);
  session_scene_free (scene);
}

/* Told before there is a row, and while there is one. */
static void
test_progress (void)
{
  SessionScene *scene = session_scene_new ();
  GmLibraryModel *library = gm_session_get_library (scene->session);
  g_autofree char *id = session_scene_dup_asset_id (1);
  g_autofree char *purchase = NULL;
  GmLibraryProgress progress = { "01J", "Getting the music…", 0.25, FALSE };
  GmLibraryItem *item;
  double fraction;
  gboolean stopped;

  gm_library_model_tell (library, id, &progress);
  session_scene_own (scene, 1, "music");
  item = gm_library_model_find (library, id);
  purchase = get_text (item, "purchase-id");
  g_object_get (item, "fraction", &fraction, "stopped", &stopped, NULL);
  g_assert_cmpstr (purchase, ==, "01J");
  g_assert_cmpfloat (fraction, ==, 0.25);
  g_assert_false (stopped);

  g_object_ref (item); /* a row may keep it longer */
  progress.stopped = TRUE;
  gm_library_model_tell (library, id, &progress);
  g_object_get (item, "stopped", &stopped, NULL);
  g_assert_true (stopped);
  g_assert_null (get_text (item, "status-text")); /* it is ready: there is nothing to say */
  session_scene_free (scene);
  g_object_get (item, "stopped", &stopped, NULL);
  g_assert_true (stopped);
  g_assert_finalize_object (item);
}

static void
test_unreadable (void)
{
  SessionScene *scene = session_scene_new ();
  GmLibraryModel *library = gm_session_get_library (scene->session);
  const char *ledger = gm_session_get_core (scene->session)->ledger;
  g_autofree char *aside = g_strconcat (ledger, ".aside", NULL);
  g_autoptr (GError) error = NULL;
  guint reads = 0;

  session_scene_own (scene, 1, "music");
  g_signal_connect_swapped (library, "notify::error", G_CALLBACK (count), &reads);
  g_assert_cmpint (g_rename (ledger, aside), ==, 0);
  gm_library_model_refresh (library);
  while (reads == 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_get (library, "error", &error, NULL);
  g_assert_nonnull (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (library)), ==, 1); /* still shown */
  g_assert_cmpint (g_rename (aside, ledger), ==, 0);
  session_scene_free (scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-model/newest-is-first", test_order);
  g_test_add_func ("/library-model/nothing-new-moves-nothing", test_calm);
  g_test_add_func ("/library-model/a-purchase-tells-how-far-it-is", test_progress);
  g_test_add_func ("/library-model/what-was-read-stays-when-reading-fails", test_unreadable);
  return g_test_run ();
}
