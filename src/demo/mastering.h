/* mastering.h - from a mix to what is sold: as loud as other music, never over the ceiling, 16 bit.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/synth.h"

G_BEGIN_DECLS

#define GM_MASTERING_CLUFS (-1400) /* aimed at; the limiter may take a little from it */
#define GM_MASTERING_CDB   (-120)  /* no sample is higher: a resampler may add 0.2 dB */

/* Interleaved stereo gint16 of this machine's byte order. Works in @sound's memory. */
GBytes *gm_mastering_run (GmSynthSound *sound, GError **error);

G_END_DECLS
