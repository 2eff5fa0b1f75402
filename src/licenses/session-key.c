/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/session-key.h"

#include "base/error.h"
#include "crypto/subkey.h"
#include "evm/signable.h"

#define CONTEXT "gotmusic/session-key/1"

static gboolean
sign (const GmSigner *self, const GmSignable *what, GmSignature *out, GError **error)
{
  return gm_signable_sign (what, self->data, out, error);
}

/* Takes @key. */
static GmSigner *
signer_over (GmSecret *key, GError **error)
{
  GmAddress address;
  GmSigner *signer;

  if (!gm_signature_address (key, &address, error))
    {
      gm_secret_unref (key);
      return NULL;
    }

  signer = g_new0 (GmSigner, 1);
  signer->address = address;
  signer->sign = sign;
  signer->data = key;
  return signer;
}

GmSigner *
gm_session_key_new (void)
{
  GmSigner *signer;

  /* 32 random bytes are no key once in 2^128 */
  do
    signer = signer_over (gm_secret_new_random (32), NULL);
  while (signer == NULL);

  return signer;
}

void
gm_session_key_free (GmSigner *signer)
{
  if (signer == NULL)
    return;

  gm_secret_unref (signer->data);
  g_free (signer);
}

GBytes *
gm_session_key_seal (const GmSigner *signer, GmSecret *library_key)
{
  return gm_subkey_seal (library_key, CONTEXT, signer->data);
}

GmSigner *
gm_session_key_open (GBytes *box, GmSecret *library_key, GError **error)
{
  GmSecret *key = gm_subkey_open (library_key, CONTEXT, box, error);

  return key != NULL ? signer_over (key, error) : NULL;
}
