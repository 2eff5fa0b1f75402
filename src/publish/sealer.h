/* sealer.h - who seals the content key of a new asset, and to whom.
 *
 * The pipeline takes any GmSealer; the one here is the embedded form's: an off-chain condition and
 * t-of-n holders.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/key-envelope.h"

G_BEGIN_DECLS

typedef struct _GmSealer GmSealer;
struct _GmSealer
{
  /* The envelope's bytes: @content_key split and sealed to its holders. Any thread. */
  GBytes *(*seal) (const GmSealer *self,
                   const GmHash *asset_id,
                   GmSecret *content_key,
                   GError **error);
  gpointer data;
};

/* @holders: array of GmKeyHolder; a reference is kept. */
GmSealer *gm_sealer_new_offchain (guint64 chain_id,
                                  const GmAddress *attester,
                                  guint t,
                                  GPtrArray *holders,
                                  const GmHash *recovery_key);
void gm_sealer_free (GmSealer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSealer, gm_sealer_free)

G_END_DECLS
