/* tempo.h - suggestions of tempo and key, with how sure we are.
 *
 * Tempo: autocorrelation of the spectral flux. Key: chroma against Krumhansl's profiles. Both look
 * at the first five minutes and are offers to a person, never facts.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "media/decoder.h"

G_BEGIN_DECLS

typedef struct _GmTempo GmTempo;

typedef struct
{
  gint64 centi_bpm;      /* 0: no beat found */
  gint64 bpm_confidence; /* 0 … 100 */
  char key_sig[4];       /* "Am"; empty: none found */
  gint64 key_confidence;
} GmTempoGuess;

GmTempo *gm_tempo_new (guint rate);
void gm_tempo_free (GmTempo *self);
void gm_tempo_add (GmTempo *self, const GmFrames *frames);
void gm_tempo_guess (GmTempo *self, GmTempoGuess *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmTempo, gm_tempo_free)

G_END_DECLS
