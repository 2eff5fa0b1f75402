/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/sealer.h"

typedef struct
{
  GmSealer base; /* first: callers hold this */
  guint64 chain_id;
  GmAddress attester;
  guint t;
  GPtrArray *holders;
  GmHash recovery_key;
} OffchainSealer;

static GBytes *
seal_offchain (const GmSealer *base, const GmHash *asset_id, GmSecret *content_key, GError **error)
{
  const OffchainSealer *self = (const OffchainSealer *) base;
  g_autoptr (GmCondition) condition = gm_condition_new_offchain (self->chain_id, &self->attester,
                                                                 asset_id);
  g_autoptr (GmKeyEnvelope) envelope = gm_key_envelope_seal (
      content_key, condition, self->t, self->holders, &self->recovery_key, error);

  return envelope != NULL ? gm_key_envelope_encode (envelope, NULL) : NULL;
}

GmSealer *
gm_sealer_new_offchain (guint64 chain_id,
                        const GmAddress *attester,
                        guint t,
                        GPtrArray *holders,
                        const GmHash *recovery_key)
{
  OffchainSealer *self = g_new0 (OffchainSealer, 1);

  self->base.seal = seal_offchain;
  self->chain_id = chain_id;
  self->attester = *attester;
  self->t = t;
  self->holders = g_ptr_array_ref (holders);
  self->recovery_key = *recovery_key;
  return &self->base;
}

void
gm_sealer_free (GmSealer *base)
{
  OffchainSealer *self = (OffchainSealer *) base;

  if (self == NULL)
    return;

  g_ptr_array_unref (self->holders);
  g_free (self);
}
