/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sign-in.h"

#include "base/error.h"

typedef struct
{
  GmStoreClient *store;
  guint64 chain_id;
  GmSigner *signer; /* (nullable): locked */
  char *token;      /* (nullable): of signing out */
} Visit;

static Visit *
visit_new (const GmSessionCore *core)
{
  Visit *self = g_new0 (Visit, 1);

  self->store = gm_store_client_ref (core->store);
  self->chain_id = core->descriptor->chain_id;
  return self;
}

static void
visit_free (gpointer data)
{
  Visit *self = data;

  gm_store_client_unref (self->store);
  g_clear_pointer (&self->signer, gm_signing_desk_signer_free);
  g_free (self->token);
  g_free (self);
}

static void
signed_in_free (gpointer data)
{
  GmSignedIn *answer = data;

  gm_store_client_unref (answer->store);
  g_free (answer);
}

static gpointer
sign_in (gpointer data, GCancellable *cancellable, GError **error)
{
  Visit *self = data;
  GmSignedIn *answer;
  g_auto (GStrv) roles = NULL;

  if (self->signer == NULL)
    return gm_fail_null (error, GM_ERROR_LOCKED, "unlock the wallet first");
  gm_signing_desk_signer_set_purpose (self->signer,
                                      &(GmSigningPurpose){ .cancellable = cancellable });
  roles = gm_store_client_sign_in (self->store, self->chain_id, self->signer, cancellable, error);
  if (roles == NULL)
    return NULL;

  answer = g_new0 (GmSignedIn, 1);
  answer->store = gm_store_client_ref (self->store);
  answer->may_publish = g_strv_contains ((const char *const *) roles, "admin") ||
                        g_strv_contains ((const char *const *) roles, "producer");
  return answer;
}

void
gm_sign_in_begin (const GmSessionCore *core, GObject *owner, GmDone done)
{
  Visit *visit = visit_new (core);

  visit->signer = gm_signing_desk_signer_new (core->desk, NULL);
  gm_worker_run (core->chain, &(GmCall){ .owner = owner,
                                         .work = sign_in,
                                         .input = visit,
                                         .free_input = visit_free,
                                         .free_result = signed_in_free,
                                         .done = done });
}

static gpointer
sign_out (gpointer data, GCancellable *cancellable, GError **error)
{
  Visit *self = data;

  if (self->token != NULL &&
      !gm_store_client_sign_out (self->store, self->token, cancellable, error))
    return NULL;
  return GM_WORKER_OK;
}

void
gm_sign_in_end (const GmSessionCore *core, GObject *owner, GmDone done)
{
  Visit *visit = visit_new (core);

  visit->token = gm_store_client_take_token (core->store);
  gm_worker_run (core->io, &(GmCall){ .owner = owner,
                                      .work = sign_out,
                                      .input = visit,
                                      .free_input = visit_free,
                                      .done = done });
}
