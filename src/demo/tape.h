/* tape.h - an old machine and an older record: pitch that wavers, a dull top, dust.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/delay.h"
#include "demo/dsp-filter.h"

G_BEGIN_DECLS

typedef struct
{
  float amount; /* 0 … 1 */
  GmDelay lines[2];
  float wow, flutter; /* phases */
  GmDspTuning dull;
  GmDspFilter dulls[2][2];
  GmDspTuning dust;
  GmDspFilter dusts[2];
  float crackle[2];
  guint32 noise;
} GmTape;

void gm_tape_init (GmTape *self, float amount, guint32 seed);
void gm_tape_clear (GmTape *self);
void gm_tape_run (GmTape *self, float *const samples[2]); /* a block, in place */

G_END_DECLS
