/* groove.h - writes the drums: patterns, ghosts, rolls and fills.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "demo/score.h"

G_BEGIN_DECLS

void gm_groove_write (GmScore *score, const GmScoreSection *section, gboolean fill, GmDice *dice);

G_END_DECLS
