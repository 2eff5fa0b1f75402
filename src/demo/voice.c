/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/voice.h"

#include <string.h>

#define BLOCK_S       ((float) GM_DSP_BLOCK / GM_DSP_RATE)
#define INAUDIBLE     0.0007F /* −63 dB */
#define CHOKE_S       0.03F
#define VIBRATO_AFTER 0.3F /* s */
#define A3            57

typedef struct
{
  float *left;
  float *right;
  float pitch;
} Block;

/* What is left of a fall after one block; envelope times are to about 5 %: three time constants. */
static float
fall_of (float seconds)
{
  return expf (-3 * BLOCK_S / MAX (seconds, BLOCK_S));
}

static float
advance (GmVoiceLevel *self, const GmEnvelope *envelope, gboolean held)
{
  if (!held)
    self->level *= fall_of (envelope->release);
  else if (!self->falling)
    {
      self->level += BLOCK_S / MAX (envelope->attack, BLOCK_S);
      self->falling = self->level >= 1;
      self->level = MIN (self->level, 1);
    }
  else
    self->level = envelope->sustain + (self->level - envelope->sustain) * fall_of (envelope->decay);

  return self->level;
}

/* Noise as the finger leaves it, in a loop as long as the note's period. */
static void
pluck (GmVoice *self, const GmOscillator *source)
{
  guint period = MIN ((guint) (GM_DSP_RATE / gm_dsp_hz (self->note.pitch + source->interval)),
                      GM_VOICE_STRING - 2);
  guint comb = MAX (period / 7, 1); /* the finger is near the bridge */
  float soft = 0.15F + 0.75F * source->shape * self->note.velocity;
  float last = 0;
  float sum = 0;

  for (guint i = 0; i < period; i++)
    {
      last += soft * (gm_dsp_noise (&self->noise) - last);
      self->string[i] = last;
    }
  for (guint i = period; i-- > comb;)
    self->string[i] -= 0.7F * self->string[i - comb];
  for (guint i = 0; i < period; i++)
    sum += self->string[i] * self->string[i];
  sum = sqrtf (sum / (float) period) + 0.0001F;
  for (guint i = 0; i < period; i++)
    self->string[i] *= 0.5F / sum;
  self->string[GM_VOICE_STRING - 1] = 0;
  self->string_at = period;
  self->string_last = 0;
}

static void
prepare (GmVoice *self, GmVoiceSource *source, const GmOscillator *from, GmDice *dice)
{
  gboolean free_running = from->wave == GM_WAVE_SAW || from->unison > 1;
  float key = 1 - (self->note.pitch - 60) / 90; /* high notes are bent less */

  for (guint i = 0; i < GM_PATCH_MAX_UNISON; i++)
    source->phases[i] = free_running ? (float) gm_dice_unit (dice) : 0;
  source->other = 0;
  source->index = from->index * self->note.velocity * MAX (key, 0.2F);
  source->fade = from->decay > 0 ? fall_of (from->decay) : 1;
  if (from->wave == GM_WAVE_STRING)
    pluck (self, from);
}

void
gm_voice_start (GmVoice *self, const GmPatch *patch, const GmVoiceNote *note, GmDice *dice)
{
  self->patch = patch;
  self->note = *note;
  self->age = 0;
  self->choked = FALSE;
  self->amp = (GmVoiceLevel){ 0 };
  self->tone = (GmVoiceLevel){ 0 };
  memset (self->filters, 0, sizeof self->filters);
  self->noise = (guint32) gm_dice_next (dice) | 1;
  self->gain = gm_dsp_gain (patch->gain) * powf (note->velocity, 1.3F);
  prepare (self, &self->a, &patch->a, dice);
  prepare (self, &self->b, &patch->b, dice);
}

void
gm_voice_choke (GmVoice *self)
{
  self->choked = TRUE;
}

static float
pitch_now (const GmVoice *self)
{
  const GmMotion *motion = &self->patch->motion;
  float seconds = (float) self->age * BLOCK_S;
  float pitch = self->note.pitch;

  if (motion->glide > 0 && self->note.from > 0)
    pitch += (self->note.from - self->note.pitch) * expf (-3 * seconds / motion->glide);
  if (motion->drop > 0)
    pitch += motion->drop * expf (-3 * seconds / motion->drop_decay);
  if (motion->vibrato > 0)
    pitch += motion->vibrato / 100 * MIN (1, seconds / VIBRATO_AFTER) *
             gm_dsp_sine (gm_dsp_wrap (seconds * motion->vibrato_hz));
  return pitch;
}

/* Phases of a whole block first: the loops over them have no step that waits for the one before. */
static void
run_phase (float *phase, float step, float at[GM_DSP_BLOCK])
{
  float from = *phase;

  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    at[i] = gm_dsp_wrap (from + step * (float) (int) i);
  *phase = gm_dsp_wrap (from + step * GM_DSP_BLOCK);
}

static void
shape_wave (const GmOscillator *from, float step, float at[GM_DSP_BLOCK])
{
  switch (from->wave)
    {
    case GM_WAVE_SAW:
      for (guint i = 0; i < GM_DSP_BLOCK; i++)
        at[i] = gm_dsp_saw (at[i], step);
      break;
    case GM_WAVE_PULSE:
      for (guint i = 0; i < GM_DSP_BLOCK; i++)
        at[i] = gm_dsp_pulse (at[i], step, from->shape);
      break;
    case GM_WAVE_TRIANGLE:
      for (guint i = 0; i < GM_DSP_BLOCK; i++)
        at[i] = 4 * fabsf (at[i] - 0.5F) - 1;
      break;
    default:
      for (guint i = 0; i < GM_DSP_BLOCK; i++)
        at[i] = gm_dsp_sine (at[i]);
    }
}

static void
add_simple (const Block *block, const GmOscillator *from, float *phase, float step, float gains[2])
{
  float at[GM_DSP_BLOCK];

  run_phase (phase, step, at);
  shape_wave (from, step, at);
  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    {
      block->left[i] += at[i] * gains[0];
      block->right[i] += at[i] * gains[1];
    }
}

/* 16', 8', 5⅓' and 4', as soft organs are drawn. */
static void
add_organ (const Block *block, float level, float *phase, float step)
{
  float at[GM_DSP_BLOCK];

  run_phase (phase, step / 2, at);
  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    block->left[i] += level *
                      (0.45F * gm_dsp_sine (at[i]) + 0.6F * gm_dsp_sine (gm_dsp_wrap (2 * at[i])) +
                       0.22F * gm_dsp_sine (gm_dsp_wrap (3 * at[i])) +
                       0.2F * gm_dsp_sine (gm_dsp_wrap (4 * at[i])));
}

static void
add_fm (const Block *block, const GmOscillator *from, GmVoiceSource *source, float step)
{
  float index = source->index / (2 * (float) G_PI);
  float change = index * (source->fade - 1) / GM_DSP_BLOCK;
  float at[GM_DSP_BLOCK], other[GM_DSP_BLOCK];

  run_phase (source->phases, step, at);
  run_phase (&source->other, step * from->shape, other);
  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    {
      float bent = at[i] + (index + change * (float) (int) i) * gm_dsp_sine (other[i]);

      block->left[i] += from->level * gm_dsp_sine (gm_dsp_wrap (bent));
    }
  source->index = source->index > INAUDIBLE ? source->index * source->fade : 0;
}

/* The loop is read between two frames, so that it is in tune; each round loses a little. */
static void
add_string (GmVoice *self, const Block *block, const GmOscillator *from, float step)
{
  float period = 1 / step - 0.5F; /* the mean below takes half a frame */
  float keep = powf (0.001F, 1 / (step * GM_DSP_RATE * MAX (from->decay, 0.05F)));
  float delay = MIN (MAX (period, 2), GM_VOICE_STRING - 2);
  float level = from->level;
  guint whole = (guint) delay;
  float part = delay - (float) whole;
  guint at = self->string_at;
  float last = self->string_last;
  float *out = block->left;

  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    {
      float near = self->string[(at - whole) % GM_VOICE_STRING];
      float far = self->string[(at - whole - 1) % GM_VOICE_STRING];
      float value = near + (far - near) * part;

      self->string[at] = keep * 0.5F * (value + last);
      last = value;
      at = (at + 1) % GM_VOICE_STRING;
      out[i] += value * level;
    }
  self->string_at = at;
  self->string_last = last;
}

static void
add_source (GmVoice *self, const Block *block, const GmOscillator *from, GmVoiceSource *source)
{
  float step = MIN (gm_dsp_hz (block->pitch + from->interval) / GM_DSP_RATE, 0.45F);
  guint unison = MAX (from->unison, 1);

  if (from->wave == GM_WAVE_ORGAN)
    add_organ (block, from->level, source->phases, step);
  else if (from->wave == GM_WAVE_FM)
    add_fm (block, from, source, step);
  else if (from->wave == GM_WAVE_STRING)
    add_string (self, block, from, step);
  else
    for (guint i = 0; i < unison && from->wave != GM_WAVE_NONE; i++)
      {
        float place = unison > 1 ? 2 * (float) i / (float) (unison - 1) - 1 : 0;
        float level = from->level / sqrtf ((float) unison);
        float gains[2] = { level * sqrtf (1 - 0.8F * place), level * sqrtf (1 + 0.8F * place) };

        add_simple (block, from, &source->phases[i], step * exp2f (place * from->detune / 1200),
                    gains);
      }
}

static inline float
filter_frame (GmFilterKind kind, GmDspFilter filters[2], const GmDspTuning *tuning, float in)
{
  float band;

  switch (kind)
    {
    case GM_FILTER_LOW: return gm_dsp_filter_low (&filters[0], tuning, in, &band);
    case GM_FILTER_LOW4:
      in = gm_dsp_filter_low (&filters[0], tuning, in, &band);
      return gm_dsp_filter_low (&filters[1], tuning, in, &band);
    case GM_FILTER_BAND: return gm_dsp_filter_band (&filters[0], tuning, in);
    case GM_FILTER_HIGH: return gm_dsp_filter_high (&filters[0], tuning, in);
    case GM_FILTER_OPEN:
    default: return in;
    }
}

/* Both sides in one loop: neither has to wait for the other. Always inlined with a constant kind,
 * so that the choice is made once and the filters stay in registers. */
static inline __attribute__ ((always_inline)) void
filter_block (GmVoice *self, const GmDspTuning tuning, const Block *block, GmFilterKind kind)
{
  GmDspFilter left[2] = { self->filters[0][0], self->filters[0][1] };
  GmDspFilter right[2] = { self->filters[1][0], self->filters[1][1] };

  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    {
      block->left[i] = filter_frame (kind, left, &tuning, block->left[i]);
      block->right[i] = filter_frame (kind, right, &tuning, block->right[i]);
    }
  memcpy (self->filters[0], left, sizeof left);
  memcpy (self->filters[1], right, sizeof right);
}

static void
filter (GmVoice *self, const Block *block, gboolean held)
{
  const GmFilter *spec = &self->patch->filter;
  float open = advance (&self->tone, &spec->tone, held);
  float octaves = spec->octaves * open * (0.4F + 0.6F * self->note.velocity) +
                  spec->track * (block->pitch - A3) / 12;
  GmDspTuning tuning;

  if (spec->kind == GM_FILTER_OPEN)
    return;

  tuning = gm_dsp_filter_tune (spec->hz * exp2f (octaves), spec->q > 0 ? spec->q : 0.7F);
  switch (spec->kind)
    {
    case GM_FILTER_LOW: filter_block (self, tuning, block, GM_FILTER_LOW); break;
    case GM_FILTER_LOW4: filter_block (self, tuning, block, GM_FILTER_LOW4); break;
    case GM_FILTER_BAND: filter_block (self, tuning, block, GM_FILTER_BAND); break;
    case GM_FILTER_HIGH: filter_block (self, tuning, block, GM_FILTER_HIGH); break;
    case GM_FILTER_OPEN:
    default: break;
    }
}

static void
drive (float *samples, float amount)
{
  float in = 1 + 2 * amount;
  float out = 1 / (0.5F + 0.5F * in); /* between "as loud" and "as high" */

  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    samples[i] = gm_dsp_saturate (samples[i] * in) * out;
}

static gboolean
is_stereo (const GmPatch *patch)
{
  return patch->a.unison > 1 || patch->b.unison > 1;
}

static void
fill (GmVoice *self, const Block *block, gboolean stereo, gboolean held)
{
  const GmPatch *patch = self->patch;

  add_source (self, block, &patch->a, &self->a);
  add_source (self, block, &patch->b, &self->b);
  for (guint i = 0; i < GM_DSP_BLOCK && patch->noise > 0; i++)
    {
      block->left[i] += patch->noise * gm_dsp_noise (&self->noise);
      block->right[i] += patch->noise * gm_dsp_noise (&self->noise);
    }
  filter (self, block, held);
  if (patch->drive > 0)
    {
      drive (block->left, patch->drive);
      if (stereo)
        drive (block->right, patch->drive);
    }
}

void
gm_voice_render (GmVoice *self, float *left, float *right)
{
  float own[2][GM_DSP_BLOCK] = { 0 };
  const Block block = { own[0], own[1], pitch_now (self) };
  const GmPatch *patch = self->patch;
  gboolean held = self->age < self->note.blocks && !self->choked;
  gboolean stereo = is_stereo (patch);
  float before = self->amp.level;
  float after = advance (&self->amp, &patch->amp, held);

  if (self->choked)
    after = self->amp.level = before * fall_of (CHOKE_S);
  fill (self, &block, stereo, held);
  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    {
      float level = self->gain * (before + (after - before) * (float) i / GM_DSP_BLOCK);

      left[i] += level * own[0][i];
      right[i] += level * own[stereo ? 1 : 0][i];
    }

  self->age++;
  if (after < INAUDIBLE && (!held || self->amp.falling))
    self->patch = NULL;
}
