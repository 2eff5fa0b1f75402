/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/provider.h"

void
gm_observation_clear (GmObservation *observation)
{
  g_clear_pointer (&observation->note, g_free);
}

void
gm_provider_free (GmProvider *self)
{
  if (self != NULL)
    self->free (self);
}
