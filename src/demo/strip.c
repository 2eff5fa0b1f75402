/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/strip.h"

#include <string.h>

#define LOWEST_OPEN_HZ 220
#define OPEN_OCTAVES   6.4F                              /* from there to all */
#define REST_BLOCKS    (GM_DSP_RATE / 20 / GM_DSP_BLOCK) /* 50 ms */

static const GmPatch *
patch_of (const GmScore *score, GmPart part)
{
  const GmGenrePart *mix = &score->genre->parts[part];
  GmDice dice = gm_dice_new (score->seed, "patches");
  guint choice = 0;

  for (guint i = 0; i <= part; i++) /* parts choose apart from each other */
    choice = gm_dice_below (&dice, 2);
  if (part == GM_PART_DRUMS || part == GM_PART_EFFECT)
    return NULL;
  return gm_patch_find (mix->patches[choice] != NULL ? mix->patches[choice] : mix->patches[0]);
}

void
gm_strip_init (GmStrip *self, const GmScore *score, GmPart part)
{
  const GmGenrePart *mix = &score->genre->parts[part];
  float gain = gm_dsp_gain (mix->level);

  memset (self, 0, sizeof *self);
  self->mix = mix;
  self->patch = patch_of (score, part);
  self->gains[0] = gain * sqrtf (1 - mix->pan);
  self->gains[1] = gain * sqrtf (1 + mix->pan);
  self->dice = gm_dice_new (score->seed + part, "voices");
  self->voices = g_new0 (GmVoice, GM_STRIP_VOICES);
  gm_echo_chorus_init (&self->chorus);
}

void
gm_strip_clear (GmStrip *self)
{
  g_clear_pointer (&self->voices, g_free);
  gm_echo_chorus_clear (&self->chorus);
}

/* A silent one, else the oldest. */
static GmVoice *
free_voice (GmStrip *self)
{
  GmVoice *oldest = &self->voices[0];

  for (guint i = 0; i < GM_STRIP_VOICES; i++)
    {
      GmVoice *voice = &self->voices[i];

      if (!gm_voice_sounds (voice))
        return voice;
      if (voice->age > oldest->age)
        oldest = voice;
    }

  return oldest;
}

static gboolean
choke_all (GmStrip *self)
{
  gboolean held = FALSE;

  for (guint i = 0; i < GM_STRIP_VOICES; i++)
    if (gm_voice_sounds (&self->voices[i]))
      {
        held |= self->voices[i].age < self->voices[i].note.blocks;
        gm_voice_choke (&self->voices[i]);
      }

  return held;
}

static const GmPatch *
patch_for (const GmStrip *self, const GmNote *note)
{
  if (note->part != GM_PART_EFFECT)
    return self->patch;
  return gm_patch_find (note->pitch >= 60 ? "riser" : "fall");
}

void
gm_strip_play (GmStrip *self, const GmNote *note, guint blocks)
{
  const GmPatch *patch = patch_for (self, note);
  gboolean tied = patch->mono && choke_all (self);

  gm_voice_start (free_voice (self), patch,
                  &(GmVoiceNote){ .pitch = note->pitch,
                                  .from = tied ? self->last_pitch : 0,
                                  .velocity = (float) note->velocity / 127,
                                  .blocks = MAX (blocks, 1) },
                  &self->dice);
  self->last_pitch = note->pitch;
}

static void
brighten (GmStrip *self, float open)
{
  GmDspTuning tuning = gm_dsp_filter_tune (LOWEST_OPEN_HZ * exp2f (OPEN_OCTAVES * open), 0.8F);
  float band;

  for (guint c = 0; c < 2; c++)
    for (guint i = 0; i < GM_DSP_BLOCK; i++)
      self->block[c][i] = gm_dsp_filter_low (&self->brightness[c], &tuning, self->block[c][i],
                                             &band);
}

static void
shake (GmStrip *self, const GmMotion *motion)
{
  for (guint i = 0; i < GM_DSP_BLOCK; i++)
    {
      float sway = motion->tremolo * gm_dsp_sine (self->tremolo);

      self->block[0][i] *= 1 + sway;
      self->block[1][i] *= 1 - sway;
      self->tremolo = gm_dsp_wrap (self->tremolo + motion->tremolo_hz / GM_DSP_RATE);
    }
}

/* Whether anything came, or came so lately that the chorus still has it. */
static gboolean
render_voices (GmStrip *self)
{
  memset (self->block, 0, sizeof self->block);
  self->rest++;
  for (guint i = 0; i < GM_STRIP_VOICES; i++)
    if (gm_voice_sounds (&self->voices[i]))
      {
        gm_voice_render (&self->voices[i], self->block[0], self->block[1]);
        self->rest = 0;
      }

  return self->rest < REST_BLOCKS;
}

gboolean
gm_strip_render (GmStrip *self, float open)
{
  float *const block[2] = { self->block[0], self->block[1] };

  if (!render_voices (self))
    {
      memset (self->brightness, 0, sizeof self->brightness);
      return FALSE;
    }
  if (self->patch != NULL && self->patch->chorus > 0)
    gm_echo_chorus_run (&self->chorus, self->patch->chorus, block);
  if (self->patch != NULL && self->patch->motion.tremolo > 0)
    shake (self, &self->patch->motion);
  if (open < 1)
    brighten (self, open);
  return TRUE;
}
