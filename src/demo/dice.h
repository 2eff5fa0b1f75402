/* dice.h - chance that falls the same way every time: SplitMix64 from a seed.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state;
} GmDice;

GmDice gm_dice_new (guint64 seed, const char *purpose); /* other words, other throws */
guint64 gm_dice_next (GmDice *self);
guint gm_dice_below (GmDice *self, guint n);
double gm_dice_unit (GmDice *self);   /* 0 … 1 */
double gm_dice_spread (GmDice *self); /* −1 … 1, mostly near 0 */
gboolean gm_dice_chance (GmDice *self, double probability);

G_END_DECLS
