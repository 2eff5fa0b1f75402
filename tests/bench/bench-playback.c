/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From the key press to the first decoded sound at the sink, from local ciphertext and, in turn
 * with it, from the plain file. Median of the rounds; goal: 100 ms. */
#include "playback/player.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/playback/player-scene.h"

#define ROUNDS  11
#define SECONDS 180
#define GOAL_MS 100.0

static const char *const formats[] = { "flac", "wav", "aiff", "mp3", "ogg", "opus", "m4a" };

typedef struct
{
  double play_ms[ROUNDS];
  double seek_ms[ROUNDS];
} Times;

static gboolean
has_sound (GmPlayerScene *scene)
{
  return gm_player_scene_first_us (scene) > 0;
}

static double
since_ms (GmPlayerScene *scene, gint64 start)
{
  return (double) (gm_player_scene_first_us (scene) - start) / G_TIME_SPAN_MILLISECOND;
}

static void
measure (GmPlayerScene *scene, GmTrack *track, Times *times, guint round)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  gint64 start;

  g_ptr_array_add (list, track);
  gm_player_stop (scene->player);
  gm_player_scene_forget (scene);
  start = g_get_monotonic_time ();
  gm_player_play (scene->player, list, 0);
  gm_player_scene_wait (scene, has_sound);
  times->play_ms[round] = since_ms (scene, start);

  gm_player_pause (scene->player);
  gm_player_scene_wait (scene, gm_player_scene_is_ready);
  gm_player_scene_forget (scene);
  start = g_get_monotonic_time ();
  gm_player_seek (scene->player, 1000 * (20 + 13 * (gint64) round));
  gm_player_scene_wait (scene, has_sound);
  times->seek_ms[round] = since_ms (scene, start);
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

static void
say (const char *format, const char *what, double *sealed, double *plain)
{
  double a = median (sealed), b = median (plain);

  printf ("%-5s %-5s %7.1f ms  (worst %6.1f)  plain %7.1f ms  ratio %5.2f  %s\n", format, what, a,
          sealed[ROUNDS - 1], b, a / b, a <= GOAL_MS ? "within 100 ms" : "OVER 100 ms");
}

int
main (void)
{
  GmPlayerScene scene;

  gm_player_scene_init (&scene, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = gm_player_scene_sound (&scene, formats[i], SECONDS);
      g_autofree char *cipher = gm_player_scene_encrypt (&scene, path);
      g_autoptr (GmTrack) plain = gm_player_scene_plain (&scene, GM_TRACK_MASTER, path);
      g_autoptr (GmTrack) sealed = gm_player_scene_master (&scene, cipher, SECONDS);
      Times of_sealed, of_plain;

      for (guint round = 0; round < ROUNDS; round++)
        {
          measure (&scene, sealed, &of_sealed, round);
          measure (&scene, plain, &of_plain, round);
        }
      say (formats[i], "play", of_sealed.play_ms, of_plain.play_ms);
      say (formats[i], "seek", of_sealed.seek_ms, of_plain.seek_ms);
    }
  gm_player_scene_clear (&scene);
  return 0;
}
