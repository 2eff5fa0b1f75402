/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/dice.h"

GmDice
gm_dice_new (guint64 seed, const char *purpose)
{
  GmDice self = { seed ^ (guint64) g_str_hash (purpose) << 32 };

  gm_dice_next (&self);
  return self;
}

guint64
gm_dice_next (GmDice *self)
{
  guint64 z = self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

guint
gm_dice_below (GmDice *self, guint n)
{
  return (guint) ((gm_dice_next (self) >> 32) * n >> 32);
}

double
gm_dice_unit (GmDice *self)
{
  return (double) (gm_dice_next (self) >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);
}

double
gm_dice_spread (GmDice *self)
{
  double a = gm_dice_unit (self);

  return a + gm_dice_unit (self) - 1;
}

gboolean
gm_dice_chance (GmDice *self, double probability)
{
  return gm_dice_unit (self) < probability;
}
