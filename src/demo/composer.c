/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/composer.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "demo/figure.h"
#include "demo/groove.h"
#include "demo/melody.h"

#define SHORT_SECONDS 30
#define RISER_SECONDS 7
#define TAIL_SECONDS  3 /* that the last chord rings */

#define DRUMS  (1 << GM_PART_DRUMS)
#define BASS   (1 << GM_PART_BASS)
#define CHORDS (1 << GM_PART_CHORDS)
#define PAD    (1 << GM_PART_PAD)
#define LEAD   (1 << GM_PART_LEAD)
#define ARP    (1 << GM_PART_ARP)
#define RISER  (1 << GM_PART_EFFECT) /* in its last bars */

static const struct
{
  char letter;
  guint parts;
  gboolean hook;
  float open_from, open_to;
} kinds[] = {
  { 'i', CHORDS | PAD | ARP, FALSE, 0.3F, 0.8F },
  { 'd', DRUMS | ARP, FALSE, 0.25F, 0.65F },
  { 'g', DRUMS | BASS | ARP | PAD, FALSE, 0.6F, 0.85F },
  { 'v', DRUMS | BASS | CHORDS | PAD, FALSE, 0.9F, 1 },
  { 'w', DRUMS | BASS | CHORDS | PAD | ARP, FALSE, 1, 1 },
  { 'h', DRUMS | BASS | CHORDS | PAD | ARP | LEAD, TRUE, 1, 1 },
  { 'b', CHORDS | PAD | ARP | RISER, FALSE, 0.55F, 1 },
  { 'l', PAD | ARP | LEAD | BASS, FALSE, 0.9F, 1 },
  { 'o', DRUMS | BASS | CHORDS | PAD, FALSE, 1, 0.35F },
};

static const struct
{
  const char *family;
  const char *letters;
} forms[] = {
  { "song", "ivhbho" },      { "song", "ivvhbho" },       { "song", "ivvhhbhho" },
  { "song", "ivvhhwwbhho" }, { "song", "ivvhhwwlbhhho" }, { "club", "dvhbho" },
  { "club", "dgvhbho" },     { "club", "dgvhhbhho" },     { "club", "dgvvhhbhhgo" },
  { "drift", "iwhho" },      { "drift", "iwwhlhho" },     { "drift", "iiwwhhlhho" },
};

typedef struct
{
  const GmComposerAsk *ask;
  GmScore *score;
  GmDice dice;
  GmMelody melody;
  GmVoicing chords, pad; /* so that sections join without a jump */
} Composer;

static guint
kind_of (char letter)
{
  guint i = 0;

  while (kinds[i].letter != letter)
    i++;
  return i;
}

static void
add_section (GmScore *score, char letter, guint n_bars)
{
  guint kind = kind_of (letter);
  GmScoreSection section = { score->n_bars,         n_bars,
                             kinds[kind].parts,     kinds[kind].hook,
                             kinds[kind].open_from, kinds[kind].open_to };

  g_array_append_val (score->sections, section);
  score->n_bars += n_bars;
}

/* The form and the length of its letters that come nearest to what was asked for. */
static void
choose_form (Composer *self)
{
  GmScore *score = self->score;
  double bar = gm_score_seconds (score, GM_SCORE_BAR);
  const char *letters = NULL;
  guint unit = 4;
  double nearest = G_MAXDOUBLE;

  if (self->ask->seconds < SHORT_SECONDS)
    {
      add_section (score, 'h', MAX (2, (guint) ((self->ask->seconds - TAIL_SECONDS) / bar)));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    for (guint bars = 4; bars <= 8 && strcmp (forms[i].family, score->genre->form) == 0; bars += 4)
      {
        double seconds = (double) (strlen (forms[i].letters) * bars) * bar + TAIL_SECONDS;

        if (fabs (seconds - self->ask->seconds) < nearest)
          {
            nearest = fabs (seconds - self->ask->seconds);
            letters = forms[i].letters;
            unit = bars;
          }
      }

  for (const char *p = letters; *p != '\0';)
    {
      gsize same = strspn (p, (const char[]){ *p, '\0' });

      add_section (score, *p, (guint) same * unit);
      p += same;
    }
}

/* "ii9 V13/V7": a bar each, but what is between slashes shares one. */
static void
add_bar_of_chords (GmScore *score, const char *names, guint bar)
{
  g_auto (GStrv) parts = g_strsplit (names, "/", 0);
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    {
      GmScoreChange change = { bar * GM_SCORE_BAR + i * GM_SCORE_BAR / n, GM_SCORE_BAR / n, { 0 } };
      gboolean known = gm_chord_parse (parts[i], &score->key, &change.chord);

      g_assert (known); /* a test reads every progression */
      g_array_append_val (score->changes, change);
    }
}

/* What is the same as before only goes on. */
static void
join_changes (GmScore *score)
{
  guint kept = 0;

  for (guint i = 1; i < score->changes->len; i++)
    {
      GmScoreChange *last = &g_array_index (score->changes, GmScoreChange, kept);
      const GmScoreChange *here = &g_array_index (score->changes, GmScoreChange, i);

      if (memcmp (&last->chord, &here->chord, sizeof here->chord) == 0 &&
          here->at % (2 * GM_SCORE_BAR) != 0)
        last->length += here->length;
      else
        g_array_index (score->changes, GmScoreChange, ++kept) = *here;
    }
  g_array_set_size (score->changes, kept + 1);
}

static void
harmonize (Composer *self)
{
  GmScore *score = self->score;
  const char *const *choices = score->genre->progressions[score->key.minor];
  const char *choice = choices[gm_dice_below (&self->dice, GM_GENRE_CHOICES)];
  g_auto (GStrv) bars = g_strsplit (choice, " ", 0);
  guint n = g_strv_length (bars);

  for (guint bar = 0; bar < score->n_bars; bar++)
    add_bar_of_chords (score, bars[bar % n], bar);
  join_changes (score);
}

/* Wind before something new, and what falls down where it begins. */
static void
add_effects (GmScore *score, const GmScoreSection *section)
{
  guint end = (section->bar + section->n_bars) * GM_SCORE_BAR;
  guint length = 4 * GM_SCORE_BAR;

  if (score->genre->parts[GM_PART_EFFECT].level == 0) /* not in this genre */
    return;
  while (gm_score_seconds (score, length) > RISER_SECONDS)
    length /= 2;
  if ((section->parts & RISER) != 0)
    gm_score_add (score, &(GmNote){ end - length, length, GM_PART_EFFECT, 60, 90 });
  if (section->hook && section->bar > 0)
    gm_score_add (score,
                  &(GmNote){ section->bar * GM_SCORE_BAR, GM_SCORE_BAR, GM_PART_EFFECT, 40, 80 });
}

static void
write_section (Composer *self, guint i)
{
  GmScore *score = self->score;
  const GmScoreSection *section = &g_array_index (score->sections, GmScoreSection, i);
  gboolean last = i + 1 == score->sections->len;

  if ((section->parts & DRUMS) != 0)
    gm_groove_write (score, section, !last, &self->dice);
  if ((section->parts & BASS) != 0)
    gm_figure_write_bass (score, section);
  if ((section->parts & CHORDS) != 0)
    gm_figure_write_chords (score, section, &self->chords);
  if ((section->parts & PAD) != 0)
    gm_figure_write_pad (score, section, &self->pad);
  if ((section->parts & ARP) != 0)
    gm_figure_write_arp (score, section);
  if ((section->parts & LEAD) != 0)
    gm_melody_write (&self->melody, score, section);
  add_effects (score, section);
}

/* The first chord again, with its root, once more at the end. */
static void
add_last_chord (Composer *self)
{
  GmScore *score = self->score;
  const GmChord *chord = &g_array_index (score->changes, GmScoreChange, 0).chord;
  GmChord home = { score->key.tonic, 3, { 0, score->key.minor ? 3 : 4, 7 } };
  guint at = score->n_bars * GM_SCORE_BAR;
  int low = score->genre->figures.bass_low;

  if (chord->root == score->key.tonic)
    home = *chord;
  gm_chord_lead (&home, score->genre->figures.chord, FALSE, &self->chords);
  for (guint i = 0; i < self->chords.n; i++)
    gm_score_add (
        score, &(GmNote){ at, 2 * GM_SCORE_BAR / 3, GM_PART_CHORDS, self->chords.pitches[i], 84 });
  gm_score_add (score, &(GmNote){ at, 2 * GM_SCORE_BAR / 3, GM_PART_BASS,
                                  (guint8) (low + ((int) home.root - low % 12 + 12) % 12), 92 });
  if ((score->genre->groove.verse[0].drum == GM_DRUM_KICK))
    gm_score_add (score, &(GmNote){ at, GM_SCORE_STEP, GM_PART_DRUMS, GM_DRUM_KICK, 92 });
}

GmScore *
gm_composer_write (const GmComposerAsk *ask)
{
  g_autoptr (GmScore) score = NULL;
  Composer self = { .ask = ask, .dice = gm_dice_new (ask->seed, "composer") };
  GmDice tune = gm_dice_new (ask->seed, "melody");
  GmKey key = { 0 };
  gboolean known = gm_chord_parse_key (ask->key, &key);

  g_assert (known);
  score = gm_score_new (gm_genre_find (ask->genre), &key, ask->bpm, ask->seed);
  self.score = score;
  choose_form (&self);
  harmonize (&self);
  gm_melody_invent (&self.melody, score->genre, &tune);
  for (guint i = 0; i < score->sections->len; i++)
    write_section (&self, i);
  add_last_chord (&self);
  gm_score_sort (score);
  return g_steal_pointer (&score);
}
