/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "playback/queue.h"

#include "playback/track-item.h"

static GPtrArray *
make_tracks (guint n)
{
  static const char *const titles[] = { "a", "b", "c", "d", "e" };
  GPtrArray *tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_track_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (tracks, gm_track_new (&(GmTrackInfo){
                                 .title = titles[i],
                                 .kind = GM_TRACK_MASTER,
                                 .uri = "file:///a.wav",
                             }));
  return tracks;
}

static const char *
title_of (GmTrack *track)
{
  return track != NULL ? gm_track_get_info (track)->title : NULL;
}

/* Titles in the list, the current one in capitals. */
static char *
listed (GmQueue *queue)
{
  GListModel *items = gm_queue_get_items (queue);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (GmTrackItem) item = g_list_model_get_item (items, i);
      const char *title = title_of (gm_track_item_get_track (item));
      gboolean current;

      g_object_get (item, "current", &current, NULL);
      g_string_append_c (text, current ? g_ascii_toupper (title[0]) : title[0]);
    }
  return g_string_free (text, FALSE);
}

static void
assert_listed (GmQueue *queue, const char *expected)
{
  g_autofree char *text = listed (queue);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_steps (void)
{
  g_autoptr (GmQueue) queue = gm_queue_new ();
  g_autoptr (GPtrArray) tracks = make_tracks (3);

  g_assert_null (gm_queue_peek (queue, 0));
  g_assert_null (gm_queue_peek (queue, 1));

  gm_queue_fill (queue, tracks, 1);
  assert_listed (queue, "aBc");
  g_assert_cmpstr (title_of (gm_queue_peek (queue, 0)), ==, "b");
  g_assert_cmpstr (title_of (gm_queue_peek (queue, -1)), ==, "a");
  g_assert_null (gm_queue_peek (queue, -2));
  g_assert_null (gm_queue_peek (queue, 2));

  gm_queue_step (queue, 1);
  assert_listed (queue, "abC");
  gm_queue_step (queue, -2);
  assert_listed (queue, "Abc");
  gm_queue_step (queue, 0);
  assert_listed (queue, "Abc");

  gm_queue_fill (queue, NULL, 0);
  assert_listed (queue, "");
  g_assert_null (gm_queue_peek (queue, 0));
}

static void
test_keeps_tracks (void)
{
  g_autoptr (GmQueue) queue = gm_queue_new ();
  GPtrArray *tracks = make_tracks (2);

  gm_queue_fill (queue, tracks, 0);
  g_ptr_array_unref (tracks);
  g_assert_cmpstr (title_of (gm_queue_peek (queue, 1)), ==, "b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queue/steps-within-its-ends", test_steps);
  g_test_add_func ("/queue/keeps-its-tracks", test_keeps_tracks);
  return g_test_run ();
}
