/* sounds.h - sound files made for tests, really encoded.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One sample of channel @channel at frame @i of @rate Hz. */
typedef float (*GmSoundShape) (guint64 i, guint channel, guint rate);

typedef struct
{
  const char *format; /* "wav", "aiff", "flac", "mp3", "ogg", "opus", "m4a", "faststart.m4a" */
  const char *tags;   /* (nullable) taginject's text: "title=A,artist=B" */
  GBytes *picture;    /* (nullable) */
  double seconds;
  guint rate;     /* 0: 44100 */
  guint channels; /* 0: 2 */
  GmSoundShape shape;
} GmSound;

void gm_sound_write (const char *path, const GmSound *sound);

float gm_sound_sine (guint64 i, guint channel, guint rate); /* 440 Hz at -18 dB */
float gm_sound_silence (guint64 i, guint channel, guint rate);
float gm_sound_noise (guint64 i, guint channel, guint rate);

/* A picture of one color with a stripe; "png" or "jpeg". */
GBytes *gm_sound_picture (int width, int height, const char *type);

G_END_DECLS
