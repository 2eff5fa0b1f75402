/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/signable.h"

#include "evm/typed-data.h"

gboolean
gm_signable_digest (const GmSignable *self, GmHash *out, GError **error)
{
  switch (self->kind)
    {
    case GM_SIGNABLE_TYPED_DATA: return gm_typed_data_digest (self->typed_data, out, error);
    case GM_SIGNABLE_TEXT: gm_signature_personal_digest (self->text, out); return TRUE;
    case GM_SIGNABLE_TX: gm_tx_digest (self->tx, out); return TRUE;
    default: g_assert_not_reached ();
    }
}

gboolean
gm_signable_sign (const GmSignable *self, GmSecret *key, GmSignature *out, GError **error)
{
  GmHash digest;

  return gm_signable_digest (self, &digest, error) && gm_signature_sign (key, &digest, out, error);
}
