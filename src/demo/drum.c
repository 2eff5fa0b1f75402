/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/drum.h"

#include <string.h>

#include "demo/dsp-filter.h"

/* A skin, a piece of metal and air, each with its level; a drum is the sum. */
typedef struct
{
  float level;
  float hz;    /* where it settles */
  float over;  /* how many times higher it starts */
  float sweep; /* s, to about 5 % of the way */
  float decay; /* s, to about 5 %, as all here */
  float click; /* level of the stick, 3 ms of noise */
} Skin;

typedef struct
{
  float level;
  float hz; /* of the lowest of six */
  float decay;
} Metal;

typedef struct
{
  float level;
  float low_hz;  /* below it nothing, */
  float peak_hz; /* and most around here (0: no peak) */
  float attack;
  float decay;
  guint bursts; /* before it rings: a clap has three more hands */
} Air;

typedef struct
{
  Skin skin;
  Metal metal;
  Air air;
  float drive;
  gboolean wide;
  float level;
  float pan;
  float reverb;
} Recipe;

#define BURST_S    0.011F
#define HIGHEST_HZ 9500 /* as a microphone at some distance hears it */

/* The usual drum; a kit names only what it has otherwise. */
static const Recipe usual[GM_N_DRUMS] = {
  [GM_DRUM_KICK] = { .skin = { 1, 50, 4.2F, 0.09F, 0.34F, 0.25F }, .drive = 0.8F, .level = 1 },
  [GM_DRUM_SNARE] = { .skin = { 0.55F, 186, 1.5F, 0.05F, 0.14F, 0.3F },
                      .air = { 0.55F, 900, 4200, 0, 0.2F, 0 },
                      .drive = 0.6F,
                      .level = 0.72F,
                      .reverb = 0.25F },
  [GM_DRUM_CLAP] = { .air = { 1, 600, 1300, 0, 0.22F, 3 },
                     .drive = 0.5F,
                     .wide = TRUE,
                     .level = 0.62F,
                     .reverb = 0.35F },
  [GM_DRUM_RIM] = { .skin = { 0.8F, 820, 1.9F, 0.008F, 0.045F, 0.5F },
                    .level = 0.42F,
                    .pan = -0.2F,
                    .reverb = 0.3F },
  [GM_DRUM_HAT] = { .metal = { 0.5F, 410, 0.05F },
                    .air = { 0.6F, 7500, 0, 0, 0.045F, 0 },
                    .level = 0.26F,
                    .pan = 0.22F,
                    .reverb = 0.04F },
  [GM_DRUM_OPEN_HAT] = { .metal = { 0.5F, 410, 0.34F },
                         .air = { 0.6F, 7000, 0, 0, 0.3F, 0 },
                         .level = 0.25F,
                         .pan = 0.22F,
                         .reverb = 0.08F },
  [GM_DRUM_SHAKER] = { .air = { 1, 4500, 7000, 0.025F, 0.07F, 0 },
                       .level = 0.2F,
                       .pan = -0.4F,
                       .reverb = 0.08F },
  [GM_DRUM_RIDE] = { .skin = { 0.06F, 3300, 1, 0.01F, 0.3F, 0.2F },
                     .metal = { 0.7F, 540, 0.9F },
                     .air = { 0.25F, 6000, 0, 0, 0.5F, 0 },
                     .level = 0.17F,
                     .pan = -0.25F,
                     .reverb = 0.1F },
  [GM_DRUM_CRASH] = { .metal = { 0.35F, 380, 1.8F },
                      .air = { 0.7F, 3500, 0, 0.002F, 1.9F, 0 },
                      .wide = TRUE,
                      .level = 0.3F,
                      .reverb = 0.25F },
  [GM_DRUM_LOW_TOM] = { .skin = { 1, 92, 1.7F, 0.12F, 0.4F, 0.2F },
                        .drive = 0.4F,
                        .level = 0.6F,
                        .pan = 0.3F,
                        .reverb = 0.25F },
  [GM_DRUM_HIGH_TOM] = { .skin = { 1, 148, 1.6F, 0.1F, 0.32F, 0.2F },
                         .drive = 0.4F,
                         .level = 0.55F,
                         .pan = -0.3F,
                         .reverb = 0.25F },
  [GM_DRUM_CONGA] = { .skin = { 1, 262, 1.12F, 0.03F, 0.17F, 0.35F },
                      .level = 0.36F,
                      .pan = 0.35F,
                      .reverb = 0.2F },
};

static const struct
{
  GmDrumKit kit;
  GmDrum drum;
  Recipe recipe;
} others[] = {
  { GM_KIT_DUSTY,
    GM_DRUM_KICK,
    { .skin = { 1, 56, 2.6F, 0.08F, 0.26F, 0.1F }, .drive = 1.6F, .level = 0.95F } },
  { GM_KIT_DUSTY,
    GM_DRUM_SNARE,
    { .skin = { 0.6F, 205, 1.3F, 0.04F, 0.12F, 0.25F },
      .air = { 0.5F, 500, 2600, 0, 0.17F, 0 },
      .drive = 1.4F,
      .level = 0.66F,
      .reverb = 0.16F } },
  { GM_KIT_DUSTY,
    GM_DRUM_HAT,
    { .metal = { 0.3F, 350, 0.04F },
      .air = { 0.7F, 5200, 6800, 0.001F, 0.055F, 0 },
      .level = 0.26F,
      .pan = 0.18F,
      .reverb = 0.05F } },
  { GM_KIT_HARD,
    GM_DRUM_KICK,
    { .skin = { 1, 47, 5.5F, 0.07F, 0.3F, 0.3F }, .drive = 2.2F, .level = 1 } },
  { GM_KIT_HARD,
    GM_DRUM_CLAP,
    { .air = { 1, 700, 1700, 0, 0.16F, 2 },
      .drive = 1,
      .wide = TRUE,
      .level = 0.5F,
      .reverb = 0.4F } },
  { GM_KIT_DEEP,
    GM_DRUM_KICK,
    { .skin = { 1, 46, 4.5F, 0.1F, 0.42F, 0.3F }, .drive = 1.6F, .level = 0.95F } },
  { GM_KIT_DEEP,
    GM_DRUM_SNARE,
    { .skin = { 0.5F, 215, 1.7F, 0.04F, 0.11F, 0.4F },
      .air = { 0.7F, 1400, 5200, 0, 0.19F, 1 },
      .drive = 1.2F,
      .level = 0.72F,
      .reverb = 0.28F } },
  { GM_KIT_DEEP,
    GM_DRUM_HAT,
    { .metal = { 0.4F, 520, 0.03F },
      .air = { 0.7F, 8800, 0, 0, 0.032F, 0 },
      .level = 0.25F,
      .pan = 0.15F,
      .reverb = 0.03F } },
  { GM_KIT_BREAK,
    GM_DRUM_KICK,
    { .skin = { 1, 58, 3.4F, 0.06F, 0.22F, 0.35F }, .drive = 1.3F, .level = 0.95F } },
  { GM_KIT_BREAK,
    GM_DRUM_SNARE,
    { .skin = { 0.65F, 208, 1.5F, 0.035F, 0.13F, 0.4F },
      .air = { 0.6F, 1100, 4600, 0, 0.17F, 0 },
      .drive = 1.5F,
      .level = 0.78F,
      .reverb = 0.16F } },
  { GM_KIT_EIGHTIES,
    GM_DRUM_KICK,
    { .skin = { 1, 54, 3.6F, 0.07F, 0.28F, 0.35F }, .drive = 1.2F, .level = 0.95F } },
  { GM_KIT_EIGHTIES,
    GM_DRUM_SNARE,
    { .skin = { 0.6F, 176, 1.6F, 0.06F, 0.2F, 0.3F },
      .air = { 0.75F, 700, 3400, 0, 0.34F, 0 },
      .drive = 1,
      .wide = TRUE,
      .level = 0.78F,
      .reverb = 0.5F } },
  { GM_KIT_LIGHT,
    GM_DRUM_KICK,
    { .skin = { 1, 62, 1.9F, 0.06F, 0.26F, 0.06F }, .drive = 0.3F, .level = 0.72F } },
  { GM_KIT_LIGHT,
    GM_DRUM_SNARE,
    { .skin = { 0.3F, 200, 1.2F, 0.04F, 0.09F, 0.1F },
      .air = { 0.6F, 1200, 3800, 0.012F, 0.2F, 0 },
      .level = 0.42F,
      .reverb = 0.2F } },
  { GM_KIT_CHIP,
    GM_DRUM_KICK,
    { .skin = { 1, 55, 7, 0.09F, 0.2F, 0.1F }, .drive = 3.5F, .level = 0.8F } },
  { GM_KIT_CHIP,
    GM_DRUM_SNARE,
    { .air = { 1, 400, 0, 0, 0.16F, 0 }, .drive = 2.5F, .level = 0.5F, .reverb = 0.05F } },
  { GM_KIT_CHIP,
    GM_DRUM_HAT,
    { .air = { 1, 5000, 0, 0, 0.035F, 0 }, .drive = 2, .level = 0.2F, .pan = 0.1F } },
};

static const Recipe *
recipe_of (GmDrumKit kit, GmDrum drum)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].kit == kit && others[i].drum == drum)
      return &others[i].recipe;

  return &usual[drum];
}

static float
fall (float seconds, float decay)
{
  return expf (-3 * seconds / decay);
}

static void
add_skin (const Skin *skin, float *out, guint n_frames, guint32 *noise)
{
  float phase = 0;

  for (guint i = 0; i < n_frames; i++)
    {
      float t = (float) i / GM_DSP_RATE;
      float hz = skin->hz * (1 + (skin->over - 1) * fall (t, skin->sweep));
      float attack = MIN (1, t / 0.0007F);

      out[i] += skin->level * attack * fall (t, skin->decay) * gm_dsp_sine (phase);
      if (t < 0.006F)
        out[i] += skin->level * skin->click * fall (t, 0.003F) * gm_dsp_noise (noise);
      phase = gm_dsp_wrap (phase + hz / GM_DSP_RATE);
    }
}

/* Six pulses that have nothing in common, as the cymbals of the first drum machines; only what is
 * high of them. */
static void
add_metal (const Metal *metal, float *out, guint n_frames)
{
  static const float ratios[6] = { 1, 1.342F, 1.231F, 1.951F, 2.637F, 3.92F };
  const GmDspTuning tuning = gm_dsp_filter_tune (metal->hz * 15, 0.9F);
  GmDspFilter filters[2] = { 0 };
  float phases[6] = { 0, 0.3F, 0.7F, 0.1F, 0.9F, 0.5F };

  for (guint i = 0; i < n_frames; i++)
    {
      float sum = 0;

      for (guint k = 0; k < 6; k++)
        {
          float step = metal->hz * ratios[k] / GM_DSP_RATE;

          sum += gm_dsp_pulse (phases[k], step, 0.5F);
          phases[k] = gm_dsp_wrap (phases[k] + step);
        }
      sum = gm_dsp_filter_high (&filters[0], &tuning, sum);
      sum = gm_dsp_filter_high (&filters[1], &tuning, sum);
      out[i] += metal->level * 0.8F * fall ((float) i / GM_DSP_RATE, metal->decay) * sum;
    }
}

static float
air_level (const Air *air, float t)
{
  guint burst = (guint) (t / BURST_S);

  if (burst < air->bursts)
    return 0.85F * fall (t - (float) burst * BURST_S, BURST_S);
  t -= (float) air->bursts * BURST_S;
  return MIN (1, air->attack > 0 ? t / air->attack : 1) * fall (t, air->decay);
}

static void
add_air (const Air *air, float *out, guint n_frames, guint32 *noise)
{
  const GmDspTuning low = gm_dsp_filter_tune (air->low_hz, 0.7F);
  const GmDspTuning peak = gm_dsp_filter_tune (air->peak_hz, 0.9F);
  GmDspFilter filters[2] = { 0 };

  for (guint i = 0; i < n_frames; i++)
    {
      float value = gm_dsp_filter_high (&filters[0], &low, gm_dsp_noise (noise));

      if (air->peak_hz > 0)
        value = 0.35F * value + 1.5F * gm_dsp_filter_band (&filters[1], &peak, value);
      out[i] += air->level * air_level (air, (float) i / GM_DSP_RATE) * value;
    }
}

/* To −75 dB: two and a half times as long as to 5 %. */
static guint
frames_of (const Recipe *recipe)
{
  float longest = MAX (recipe->skin.level > 0 ? recipe->skin.decay : 0,
                       recipe->metal.level > 0 ? recipe->metal.decay : 0);

  if (recipe->air.level > 0)
    longest = MAX (longest,
                   recipe->air.decay + recipe->air.attack + (float) recipe->air.bursts * BURST_S);
  return (guint) (longest * 2.5F * GM_DSP_RATE);
}

static void
strike (const Recipe *recipe, float *out, guint n_frames, guint32 noise)
{
  float drive = 1 + recipe->drive;
  float highest = 0.0001F;
  const GmDspTuning softer = gm_dsp_filter_tune (HIGHEST_HZ, 0.6F);
  GmDspFilter soft = { 0 };

  if (recipe->skin.level > 0)
    add_skin (&recipe->skin, out, n_frames, &noise);
  if (recipe->metal.level > 0)
    add_metal (&recipe->metal, out, n_frames);
  if (recipe->air.level > 0)
    add_air (&recipe->air, out, n_frames, &noise);

  for (guint i = 0; i < n_frames; i++)
    {
      float band;

      out[i] = gm_dsp_filter_low (&soft, &softer, out[i], &band);
      if (recipe->drive > 0)
        out[i] = gm_dsp_saturate (out[i] * drive);
      highest = MAX (highest, fabsf (out[i]));
    }
  for (guint i = 0; i < n_frames; i++)
    {
      float end = MIN (1, (float) (n_frames - i) / 256);

      out[i] *= end / highest;
    }
}

GmDrumSound *
gm_drum_strike_all (GmDrumKit kit, GmDice *dice)
{
  GmDrumSound *sounds = g_new0 (GmDrumSound, GM_N_DRUMS);

  for (guint i = 0; i < GM_N_DRUMS; i++)
    {
      const Recipe *recipe = recipe_of (kit, (GmDrum) i);
      guint n = frames_of (recipe);
      g_autofree float *left = g_new0 (float, n);
      g_autofree float *right = g_new0 (float, n);
      guint32 noise = (guint32) gm_dice_next (dice) | 1;

      strike (recipe, left, n, noise);
      if (recipe->wide)
        strike (recipe, right, n, (noise ^ 0x5bd1e995) | 1);
      else
        memcpy (right, left, n * sizeof (float));
      sounds[i] = (GmDrumSound){ g_new (float, 2 * n), n, recipe->level, recipe->pan,
                                 recipe->reverb };
      for (guint k = 0; k < n; k++)
        {
          sounds[i].frames[2 * k] = left[k];
          sounds[i].frames[2 * k + 1] = right[k];
        }
    }

  return sounds;
}

void
gm_drum_free_all (GmDrumSound *sounds)
{
  for (guint i = 0; sounds != NULL && i < GM_N_DRUMS; i++)
    g_free (sounds[i].frames);
  g_free (sounds);
}
