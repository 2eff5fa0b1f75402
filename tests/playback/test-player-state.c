/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "playback/player-state.h"

#include "base/error.h"
#include "playback/track-item.h"

static GmTrack *
tide (void)
{
  return gm_track_new (&(GmTrackInfo){
      .asset_id = "0x01",
      .asset = "01J0",
      .title = "Tide",
      .artist = "Moon",
      .artwork = "artwork/00.png",
      .kind = GM_TRACK_PREVIEW,
      .duration_ms = 30000,
      .uri = "file:///tide.opus",
  });
}

static void
count (GObject *object, GParamSpec *pspec, GHashTable *counts)
{
  gpointer n = g_hash_table_lookup (counts, pspec->name);

  g_hash_table_insert (counts, (gpointer) pspec->name, GINT_TO_POINTER (GPOINTER_TO_INT (n) + 1));
}

static int
take_count (GHashTable *counts, const char *name)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (counts, name));

  g_hash_table_remove (counts, name);
  return n;
}

static void
test_notifies_changes (void)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GmTrack) track = tide ();
  GmPlayerState *state = gm_player_state_new ();
  GmPlayerFacts facts = {
    .mode = GM_PLAYER_PREVIEW, .playing = TRUE, .track = track, .duration_ms = 30000, .volume = 1
  };

  g_signal_connect (state, "notify", G_CALLBACK (count), counts);
  gm_player_state_show (state, &facts);
  g_assert_cmpint (take_count (counts, "mode"), ==, 1);
  g_assert_cmpint (take_count (counts, "playing"), ==, 1);
  g_assert_cmpint (take_count (counts, "title"), ==, 1);
  g_assert_cmpint (take_count (counts, "position-text"), ==, 1);
  g_assert_cmpint (take_count (counts, "volume"), ==, 0); /* was 1 */
  g_hash_table_remove_all (counts);

  gm_player_state_show (state, &facts);
  g_assert_cmpuint (g_hash_table_size (counts), ==, 0);

  facts.position_ms = 900; /* the clock still says 0:00 */
  gm_player_state_show (state, &facts);
  g_assert_cmpint (take_count (counts, "position-ms"), ==, 1);
  g_assert_cmpint (take_count (counts, "fraction"), ==, 1);
  g_assert_cmpuint (g_hash_table_size (counts), ==, 0);

  facts.error = g_error_new (GM_ERROR, GM_ERROR_OFFLINE, "no sound output");
  gm_player_state_show (state, &facts);
  g_assert_cmpint (take_count (counts, "error"), ==, 1);
  gm_player_state_show (state, &facts); /* it has its own copy of the same words */
  g_assert_cmpuint (g_hash_table_size (counts), ==, 0);
  g_clear_error (&facts.error);
  gm_player_state_show (state, &facts);
  g_assert_cmpint (take_count (counts, "error"), ==, 1);

  gm_player_state_show (state, &(GmPlayerFacts){ .volume = 1 });
  g_assert_cmpint (take_count (counts, "title"), ==, 1);
  g_assert_finalize_object (state);
}

static void
test_words (void)
{
  static const struct
  {
    gint64 position_ms;
    gint64 duration_ms;
    double fraction;
    const char *position;
    const char *duration;
  } cases[] = {
    { 0, 0, 0, "0:00", NULL },
    { 999, 30000, 0.0333, "0:00", "0:30" },
    { 29999, 30000, 0.99997, "0:29", "0:30" },
    { 65000, 225400, 0.28837, "1:05", "3:45" },
    { 3723000, 7200000, 0.51708, "1:02:03", "2:00:00" },
    { 5000, 4000, 1, "0:05", "0:04" },
  };
  g_autoptr (GmTrack) track = tide ();
  g_autoptr (GmPlayerState) state = gm_player_state_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *position = NULL;
      g_autofree char *duration = NULL;
      double fraction;

      gm_player_state_show (state, &(GmPlayerFacts){
                                       .mode = GM_PLAYER_MASTER,
                                       .track = track,
                                       .position_ms = cases[i].position_ms,
                                       .duration_ms = cases[i].duration_ms,
                                   });
      g_object_get (state, "position-text", &position, "duration-text", &duration, "fraction",
                    &fraction, NULL);
      g_assert_cmpstr (position, ==, cases[i].position);
      g_assert_cmpstr (duration, ==, cases[i].duration);
      g_assert_cmpfloat_with_epsilon (fraction, cases[i].fraction, 0.0001);
    }
}

static void
test_binds (void)
{
  g_autoptr (GmTrack) track = tide ();
  g_autoptr (GmPlayerState) state = gm_player_state_new ();
  g_autofree char *id = NULL;
  g_autofree char *artist = NULL;
  g_autofree char *artwork = NULL;
  g_autoptr (GEnumClass) modes = g_type_class_ref (GM_TYPE_PLAYER_MODE);
  GmPlayerMode mode;

  gm_player_state_show (state, &(GmPlayerFacts){ .mode = GM_PLAYER_PREVIEW, .track = track });
  g_object_get (state, "mode", &mode, "asset-id", &id, "artist", &artist, "artwork", &artwork,
                NULL);
  g_assert_cmpstr (g_enum_get_value (modes, mode)->value_nick, ==, "preview");
  g_assert_cmpstr (id, ==, "0x01");
  g_assert_cmpstr (artist, ==, "Moon");
  g_assert_cmpstr (artwork, ==, "artwork/00.png");
  g_assert_true (gm_player_state_get_facts (state)->track == track);
}

static void
test_item (void)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GmTrack) track = tide ();
  GmTrackItem *item = gm_track_item_new (track);
  g_autofree char *title = NULL;
  g_autofree char *duration = NULL;
  gboolean current;

  g_signal_connect (item, "notify", G_CALLBACK (count), counts);
  gm_track_item_set_current (item, TRUE);
  gm_track_item_set_current (item, TRUE);
  g_assert_cmpint (take_count (counts, "current"), ==, 1);
  g_object_get (item, "title", &title, "duration-text", &duration, "current", &current, NULL);
  g_assert_cmpstr (title, ==, "Tide");
  g_assert_cmpstr (duration, ==, "0:30");
  g_assert_true (current);
  g_assert_true (gm_track_item_get_track (item) == track);
  g_assert_finalize_object (item);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/player-state/notifies-only-what-changed", test_notifies_changes);
  g_test_add_func ("/player-state/times-are-words", test_words);
  g_test_add_func ("/player-state/tells-the-track", test_binds);
  g_test_add_func ("/track-item/tells-the-track", test_item);
  return g_test_run ();
}
