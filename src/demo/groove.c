/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/groove.h"

#include <string.h>

#define LOUD  120
#define USUAL 98
#define SOFT  66
#define GHOST 36
#define MAYBE 0.5

#define FILL_BARS 8 /* a fill at least this often */

static void
hit (GmScore *score, GmDrum drum, guint at, int velocity)
{
  gm_score_add (score, &(GmNote){ .at = at,
                                  .length = GM_SCORE_STEP,
                                  .part = GM_PART_DRUMS,
                                  .pitch = (guint8) drum,
                                  .velocity = (guint8) velocity });
}

static void
roll (GmScore *score, GmDrum drum, guint at, guint n, guint ticks)
{
  for (guint i = 0; i < n; i++)
    hit (score, drum, at + i * ticks / n, USUAL - (int) (18 * i));
}

static void
play_step (GmScore *score, GmDrum drum, guint at, char step, GmDice *dice)
{
  switch (step)
    {
    case 'X': hit (score, drum, at, LOUD); break;
    case 'x': hit (score, drum, at, USUAL); break;
    case '-': hit (score, drum, at, SOFT); break;
    case 'o': hit (score, drum, at, GHOST); break;
    case 'r': roll (score, drum, at, 2, GM_SCORE_STEP); break;
    case 't': roll (score, drum, at, 3, 2 * GM_SCORE_STEP); break;
    case '?':
      if (gm_dice_chance (dice, MAYBE))
        hit (score, drum, at, SOFT);
      break;
    default: break;
    }
}

static void
play_bar (GmScore *score, const GmGenreLane *lanes, guint bar, guint in_section, GmDice *dice)
{
  for (guint i = 0; i < GM_GENRE_LANES && lanes[i].steps != NULL; i++)
    {
      gsize length = strlen (lanes[i].steps);

      for (guint step = 0; step < 16; step++)
        play_step (score, lanes[i].drum, bar * GM_SCORE_BAR + step * GM_SCORE_STEP,
                   lanes[i].steps[(in_section * 16 + step) % length], dice);
    }
}

void
gm_groove_write (GmScore *score, const GmScoreSection *section, gboolean fill, GmDice *dice)
{
  const GmGenreGroove *groove = &score->genre->groove;
  const GmGenreLane *lanes = section->hook ? groove->hook : groove->verse;

  for (guint i = 0; i < section->n_bars; i++)
    {
      gboolean last = i + 1 == section->n_bars ? fill : (i + 1) % FILL_BARS == 0;

      play_bar (score, last ? groove->fill : lanes, section->bar + i, last ? 0 : i, dice);
    }
  if (section->hook && groove->kit != GM_KIT_LIGHT)
    hit (score, GM_DRUM_CRASH, section->bar * GM_SCORE_BAR, USUAL);
}
