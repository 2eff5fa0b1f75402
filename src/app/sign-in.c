/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sign-in.h"

#include "base/error.h"

typedef struct
{
  GmStoreClient *store;
  guint64 chain_id;
  GmSigner *signer; /* (nullable): locked */
} SignIn;

gpointer
gm_sign_in_new (const GmSessionCore *core)
{
  SignIn *self = g_new0 (SignIn, 1);

  self->store = gm_store_client_ref (core->store);
  self->chain_id = core->descriptor->chain_id;
  self->signer = gm_signing_desk_signer_new (core->desk, NULL);
  return self;
}

void
gm_sign_in_free (gpointer data)
{
  SignIn *self = data;

  gm_store_client_unref (self->store);
  g_clear_pointer (&self->signer, gm_signing_desk_signer_free);
  g_free (self);
}

void
gm_signed_in_free (gpointer data)
{
  GmSignedIn *answer = data;

  gm_store_client_unref (answer->store);
  g_strfreev (answer->roles);
  g_free (answer);
}

gpointer
gm_sign_in_run (gpointer data, GCancellable *cancellable, GError **error)
{
  SignIn *self = data;
  GmSignedIn *answer;
  char **roles;

  if (self->signer == NULL)
    return gm_fail_null (error, GM_ERROR_LOCKED, "unlock the wallet first");
  gm_signing_desk_signer_set_purpose (self->signer,
                                      &(GmSigningPurpose){ .cancellable = cancellable });
  roles = gm_store_client_sign_in (self->store, self->chain_id, self->signer, cancellable, error);
  if (roles == NULL)
    return NULL;

  answer = g_new0 (GmSignedIn, 1);
  answer->store = gm_store_client_ref (self->store);
  answer->roles = roles;
  return answer;
}
