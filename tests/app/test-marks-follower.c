/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/marks-follower.h"

#define TIDE "0x1111111111111111111111111111111111111111111111111111111111111111"
#define GLOW "0x2222222222222222222222222222222222222222222222222222222222222222"

static void
show (GmPlayerState *state, const char *asset_id, gboolean playing)
{
  g_autoptr (GmTrack) track = gm_track_new (&(GmTrackInfo){ .asset_id = asset_id,
                                                            .title = "t",
                                                            .artist = "a",
                                                            .kind = GM_TRACK_PREVIEW,
                                                            .uri = "file:///x" });

  gm_player_state_show (
      state, &(GmPlayerFacts){ .mode = GM_PLAYER_PREVIEW, .playing = playing, .track = track });
}

static void
on_changed (GmAssetMarks *marks, guint *count)
{
  (*count)++;
}

static void
test_what_is_heard_is_marked (void)
{
  g_autoptr (GmPlayerState) state = gm_player_state_new ();
  g_autoptr (GmAssetMarks) marks = gm_asset_marks_new ();
  guint count = 0;

  gm_marks_follower_start (state, marks);
  g_signal_connect (marks, "changed", G_CALLBACK (on_changed), &count);

  show (state, TIDE, TRUE);
  g_assert_true (gm_asset_marks_is_playing (marks, TIDE));
  show (state, GLOW, TRUE);
  g_assert_false (gm_asset_marks_is_playing (marks, TIDE));
  g_assert_true (gm_asset_marks_is_playing (marks, GLOW));
  show (state, GLOW, FALSE);
  g_assert_false (gm_asset_marks_is_playing (marks, GLOW));
  show (state, NULL, TRUE); /* not published yet: it has no id */
  g_assert_cmpuint (count, ==, 3);
}

static void
test_either_may_go_first (void)
{
  GmPlayerState *state = gm_player_state_new ();
  GmAssetMarks *marks = gm_asset_marks_new ();

  gm_marks_follower_start (state, marks);
  g_assert_finalize_object (marks);
  show (state, TIDE, TRUE);
  g_assert_finalize_object (state);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marks-follower/what-is-heard-is-marked", test_what_is_heard_is_marked);
  g_test_add_func ("/marks-follower/either-may-go-first", test_either_may_go_first);
  return g_test_run ();
}
