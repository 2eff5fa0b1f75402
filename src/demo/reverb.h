/* reverb.h - a room: eight delay lines that feed each other (a feedback delay network).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GmReverb GmReverb;

typedef struct
{
  float seconds; /* to −60 dB */
  float bright;  /* 0 … 1: 0 is a room full of curtains */
  float predelay_ms;
} GmReverbRoom;

GmReverb *gm_reverb_new (const GmReverbRoom *room);
void gm_reverb_free (GmReverb *self);
/* Adds what the room answers; blocks of GM_DSP_BLOCK frames. */
void gm_reverb_add (GmReverb *self, float *const in[2], float *const out[2]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmReverb, gm_reverb_free)

G_END_DECLS
