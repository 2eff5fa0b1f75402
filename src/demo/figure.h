/* figure.h - writes what accompanies: bass, chords, carpet and arpeggio, from a genre's patterns.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/score.h"

G_BEGIN_DECLS

/* Each for the parts of the section that it is about; what is not in section->parts stays out. */
void gm_figure_write_bass (GmScore *score, const GmScoreSection *section);
void gm_figure_write_chords (GmScore *score, const GmScoreSection *section, GmVoicing *voices);
void gm_figure_write_pad (GmScore *score, const GmScoreSection *section, GmVoicing *voices);
void gm_figure_write_arp (GmScore *score, const GmScoreSection *section);

/* Steps that the note at @step of a pattern lasts, with those that hold on. */
guint gm_figure_held (const char *pattern, gsize step);

G_END_DECLS
