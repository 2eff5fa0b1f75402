/* synth.h - plays a score: voices, drums, room, echo and tape, to a stereo sound in memory.
 *
 *   drums ──────────────────────────────────┐
 *   bass, chords … ─▶ chorus ─▶ brightness ─┴▶ duck, level, pan ─┬▶ sum ─▶ tape ─▶ out
 *                                                                └▶ room, echo ─┘
 *
 * All of it follows from the score and its seed. Nothing here is loud or quiet on purpose: that is
 * for mastering.h.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "demo/score.h"

G_BEGIN_DECLS

typedef struct
{
  float *frames; /* interleaved stereo, GM_DSP_RATE */
  gsize n_frames;
} GmSynthSound;

#define GM_SYNTH_ALL (~0U)

/* @parts: 1 << GmPart of those to hear, or GM_SYNTH_ALL. NULL when cancelled (DECLINED). */
GmSynthSound *
gm_synth_play (const GmScore *score, guint parts, GCancellable *cancellable, GError **error);
void gm_synth_sound_free (GmSynthSound *sound);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSynthSound, gm_synth_sound_free)

G_END_DECLS
