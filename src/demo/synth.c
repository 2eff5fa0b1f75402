/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/synth.h"

#include <string.h>

#include "base/error.h"
#include "demo/drum.h"
#include "demo/dsp.h"
#include "demo/echo.h"
#include "demo/reverb.h"
#include "demo/strip.h"
#include "demo/tape.h"

#define MAX_HITS      24 /* drums that ring at once */
#define TAIL_S        3.6
#define FADE_S        2.0
#define DUCK_RISE_MS  6
#define DUCK_BEATS    0.55F /* until most of the level is back */
#define ROOM_LEVEL    0.55F
#define ECHO_LEVEL    0.6F
#define ECHO_IN_ROOM  0.2F
#define WIDTH         1.4F /* what differs between the sides, louder; lows are in the middle */
#define DRUM_DRIVE    1.15F
#define NOT_DENORMAL  1e-15F /* processors are slow with numbers that hardly are */
#define BLOCKS_A_LOOK 4096   /* at the cancellable: three seconds of sound */

typedef struct
{
  const GmDrumSound *sound; /* NULL: none */
  guint at;
  float gain;
} Hit;

typedef struct
{
  const GmScore *score;
  guint parts;
  GmDrumSound *kit;
  Hit hits[MAX_HITS];
  GmStrip strips[GM_N_PARTS];
  GmReverb *room;
  GmEcho echo;
  GmTape tape;
  float duck;     /* 1 right after the kick, towards 0 */
  float duck_now; /* the same without its step */
  guint next;     /* note */
  float sum[2][GM_DSP_BLOCK];
  float to_room[2][GM_DSP_BLOCK];
  float to_echo[2][GM_DSP_BLOCK];
} Synth;

static void
synth_clear (Synth *self)
{
  for (guint i = 0; i < GM_N_PARTS; i++)
    gm_strip_clear (&self->strips[i]);
  g_clear_pointer (&self->kit, gm_drum_free_all);
  g_clear_pointer (&self->room, gm_reverb_free);
  gm_echo_clear (&self->echo);
  gm_tape_clear (&self->tape);
}

static void
synth_init (Synth *self, const GmScore *score, guint parts)
{
  const GmGenreSpace *space = &score->genre->space;
  GmDice dice = gm_dice_new (score->seed, "drums");

  memset (self, 0, sizeof *self);
  self->score = score;
  self->parts = parts;
  self->kit = gm_drum_strike_all (score->genre->groove.kit, &dice);
  for (guint i = 0; i < GM_N_PARTS; i++)
    gm_strip_init (&self->strips[i], score, (GmPart) i);
  self->room = gm_reverb_new (&space->room);
  gm_echo_init (&self->echo, space->echo_steps * (float) gm_score_seconds (score, GM_SCORE_STEP),
                space->echo_feedback);
  gm_tape_init (&self->tape, space->tape, (guint32) gm_dice_next (&dice));
}

static guint
block_of (const GmScore *score, guint ticks)
{
  return (guint) (gm_score_seconds (score, ticks) * GM_DSP_RATE / GM_DSP_BLOCK + 0.5);
}

static void
strike (Synth *self, const GmNote *note)
{
  const GmDrumSound *sound = &self->kit[note->pitch];
  float velocity = (float) note->velocity / 127;
  Hit *free_hit = &self->hits[0];

  for (guint i = 0; i < MAX_HITS; i++)
    {
      Hit *hit = &self->hits[i];

      /* the foot closes the hat */
      if (hit->sound == &self->kit[GM_DRUM_OPEN_HAT] &&
          (note->pitch == GM_DRUM_HAT || note->pitch == GM_DRUM_OPEN_HAT))
        hit->gain *= 0.25F;
      if (hit->sound == NULL || (free_hit->sound != NULL && hit->at > free_hit->at))
        free_hit = hit;
    }
  *free_hit = (Hit){ sound, 0, sound->level * powf (velocity, 1.6F) * 1.3F };
  if (note->pitch == GM_DRUM_KICK)
    self->duck = 1;
}

static void
start_notes (Synth *self, guint block)
{
  const GArray *notes = self->score->notes;

  while (self->next < notes->len)
    {
      const GmNote *note = &g_array_index (notes, GmNote, self->next);
      guint at = block_of (self->score, note->at);

      if (at > block)
        return;
      self->next++;
      if (note->part == GM_PART_DRUMS)
        strike (self, note);
      else
        gm_strip_play (&self->strips[note->part], note,
                       block_of (self->score, note->at + note->length) - at);
    }
}

static void
add_hit (Synth *self, Hit *hit, float out[2][GM_DSP_BLOCK], float reverb)
{
  guint n = MIN (GM_DSP_BLOCK, hit->sound->n_frames - hit->at);
  const float *from = hit->sound->frames + 2 * hit->at;
  float pan = hit->sound->pan;
  float gains[2] = { hit->gain * sqrtf (1 - pan), hit->gain * sqrtf (1 + pan) };
  float sent = hit->sound->reverb * reverb;

  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < 2; c++)
      {
        float value = gains[c] * *from++;

        out[c][i] += value;
        self->to_room[c][i] += sent * value;
      }
  hit->at += n;
  if (hit->at == hit->sound->n_frames)
    hit->sound = NULL;
}

/* Together they are pushed a little into saturation, as a desk would. */
static void
mix_drums (Synth *self)
{
  const GmStrip *strip = &self->strips[GM_PART_DRUMS];
  float drums[2][GM_DSP_BLOCK] = { 0 };

  if ((self->parts & 1 << GM_PART_DRUMS) == 0)
    return;
  for (guint i = 0; i < MAX_HITS; i++)
    if (self->hits[i].sound != NULL)
      add_hit (self, &self->hits[i], drums, strip->mix->reverb);
  for (guint c = 0; c < 2; c++)
    for (guint i = 0; i < GM_DSP_BLOCK; i++)
      {
        float value = strip->gains[c] * gm_dsp_saturate (DRUM_DRIVE * drums[c][i]) / DRUM_DRIVE;

        self->sum[c][i] += value;
        self->to_echo[c][i] += strip->mix->echo * value;
      }
}

static void
mix_strip (Synth *self, GmStrip *strip, const float duck[GM_DSP_BLOCK])
{
  for (guint c = 0; c < 2; c++)
    for (guint i = 0; i < GM_DSP_BLOCK; i++)
      {
        float value = strip->gains[c] * strip->block[c][i] * duck[i];

        self->sum[c][i] += value;
        self->to_room[c][i] += strip->mix->reverb * value;
        self->to_echo[c][i] += strip->mix->echo * value;
      }
}

static float
openness (const Synth *self, guint block)
{
  const GArray *sections = self->score->sections;

  for (guint i = sections->len; i-- > 0;)
    {
      const GmScoreSection *section = &g_array_index (sections, GmScoreSection, i);
      guint start = block_of (self->score, section->bar * GM_SCORE_BAR);
      guint end = block_of (self->score, (section->bar + section->n_bars) * GM_SCORE_BAR);

      if (block >= start)
        return section->open_from + (section->open_to - section->open_from) *
                                        MIN (1, (float) (block - start) / (float) (end - start));
    }

  return 1;
}

/* What the kick leaves for the others. */
static void
next_duck (Synth *self, float out[GM_DSP_BLOCK])
{
  float depth = self->score->genre->space.duck;
  float beat_s = (float) (60 / self->score->bpm);
  float fall = expf (-3 * (float) GM_DSP_BLOCK / GM_DSP_RATE / (beat_s * DUCK_BEATS));
  float follow = 1 - expf (-1000.0F / (DUCK_RISE_MS / 3.0F * GM_DSP_RATE));

  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    {
      self->duck_now += follow * (self->duck - self->duck_now);
      out[i] = 1 - depth * self->duck_now;
    }
  self->duck *= fall;
}

static void
add_space (Synth *self)
{
  float wet[2][GM_DSP_BLOCK] = { 0 };
  float echoes[2][GM_DSP_BLOCK] = { 0 };
  float *const in_room[2] = { self->to_room[0], self->to_room[1] };
  float *const in_echo[2] = { self->to_echo[0], self->to_echo[1] };
  float *const out_room[2] = { wet[0], wet[1] };
  float *const out_echo[2] = { echoes[0], echoes[1] };

  for (guint c = 0; c < 2; c++)
    for (guint i = 0; i < GM_DSP_BLOCK; i++)
      self->to_echo[c][i] += NOT_DENORMAL;
  gm_echo_add (&self->echo, in_echo, out_echo);
  for (guint c = 0; c < 2; c++)
    for (guint i = 0; i < GM_DSP_BLOCK; i++)
      self->to_room[c][i] += ECHO_IN_ROOM * echoes[c][i] + NOT_DENORMAL;
  gm_reverb_add (self->room, in_room, out_room);
  for (guint c = 0; c < 2; c++)
    for (guint i = 0; i < GM_DSP_BLOCK; i++)
      self->sum[c][i] += ROOM_LEVEL * wet[c][i] + ECHO_LEVEL * echoes[c][i];
}

static void
render_block (Synth *self, guint block, float *out)
{
  float *const sum[2] = { self->sum[0], self->sum[1] };
  float open = openness (self, block);
  float duck[GM_DSP_BLOCK];

  memset (self->sum, 0, sizeof self->sum);
  memset (self->to_room, 0, sizeof self->to_room);
  memset (self->to_echo, 0, sizeof self->to_echo);
  start_notes (self, block);
  next_duck (self, duck);
  mix_drums (self);
  for (guint part = GM_PART_BASS; part < GM_N_PARTS; part++)
    if (gm_strip_render (&self->strips[part],
                         part == GM_PART_BASS || part == GM_PART_EFFECT ? 1 : open) &&
        (self->parts & 1 << part) != 0)
      mix_strip (self, &self->strips[part], duck);
  add_space (self);
  if (self->score->genre->space.tape > 0)
    gm_tape_run (&self->tape, sum);

  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    {
      float middle = (sum[0][i] + sum[1][i]) / 2;
      float side = (sum[0][i] - sum[1][i]) / 2 * WIDTH;

      out[2 * i] = middle + side;
      out[2 * i + 1] = middle - side;
    }
}

static void
fade_out (GmSynthSound *sound)
{
  gsize n = MIN (sound->n_frames, (gsize) (FADE_S * GM_DSP_RATE));
  float *frame = sound->frames + 2 * (sound->n_frames - n);

  for (gsize i = n; i-- > 0; frame += 2)
    {
      float level = (float) i / (float) n;

      frame[0] *= level * level;
      frame[1] *= level * level;
    }
}

GmSynthSound *
gm_synth_play (const GmScore *score, guint parts, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmSynthSound) sound = g_new0 (GmSynthSound, 1);
  g_autofree Synth *self = g_new (Synth, 1);
  guint n_blocks = block_of (score, score->n_bars * GM_SCORE_BAR) +
                   (guint) (TAIL_S * GM_DSP_RATE / GM_DSP_BLOCK);

  synth_init (self, score, parts);
  sound->n_frames = (gsize) n_blocks * GM_DSP_BLOCK;
  sound->frames = g_new (float, 2 * sound->n_frames);
  for (guint block = 0; block < n_blocks; block++)
    {
      if (block % BLOCKS_A_LOOK == 0 && g_cancellable_is_cancelled (cancellable))
        {
          synth_clear (self);
          return gm_fail_null (error, GM_ERROR_DECLINED, "cancelled");
        }
      render_block (self, block, sound->frames + (gsize) block * GM_DSP_BLOCK * 2);
    }
  synth_clear (self);
  fade_out (sound);
  return g_steal_pointer (&sound);
}

void
gm_synth_sound_free (GmSynthSound *sound)
{
  if (sound == NULL)
    return;

  g_free (sound->frames);
  g_free (sound);
}
