/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keynode/share-release.h"

#include <string.h>

#include "base/error.h"
#include "crypto/hpke.h"
#include "vault/credential.h"

gboolean
gm_share_holder_init (GmShareHolder *self, GError **error)
{
  return gm_hpke_public_key (self->hpke_key, &self->hpke_public, error) &&
         gm_credential_ed25519_public (self->sign_seed, &self->sign_public, error);
}

static gboolean
deny (GError **error, const char *reason)
{
  return gm_fail (error, GM_ERROR_DENIED, "%s", reason);
}

static const GmSealedShare *
find_own_share (const GmShareHolder *holder, const GmKeyEnvelope *envelope, GError **error)
{
  for (guint i = 0; i < envelope->shares->len; i++)
    {
      const GmSealedShare *share = g_ptr_array_index (envelope->shares, i);

      if (strcmp (share->holder.id, holder->policy->holder_id) != 0)
        continue;
      if (!gm_hash_equal (&share->holder.hpke_key, &holder->hpke_public) ||
          !gm_hash_equal (&share->holder.sign_key, &holder->sign_public))
        return gm_fail_null (error, GM_ERROR_DENIED,
                             "the envelope names other keys for this holder");
      return share;
    }
  return gm_fail_null (error, GM_ERROR_DENIED, "the envelope has no share for this holder");
}

gboolean
gm_share_release_check_signed (const GmKeyAsk *ask, gint64 now_unix, GError **error)
{
  const GmCondition *condition = ask->envelope->condition;

  return gm_key_request_check (&ask->request, ask->delegate, condition->chain_id,
                               &condition->attester, now_unix, error);
}

static gboolean
check_ask (const GmKeyAsk *ask,
           const GmRevocationList *revocations,
           gint64 now_unix,
           GError **error)
{
  const GmKeyRequest *request = &ask->request;
  const GmCondition *condition = ask->envelope->condition;
  const GmClaim claim = { .attestation = ask->attestation,
                          .uid = request->uid,
                          .order_id = request->order_id,
                          .buyer = request->buyer,
                          .revocations = revocations,
                          .now_unix = now_unix };

  if (!gm_hash_equal (&request->asset_id, &ask->envelope->asset_id))
    return deny (error, "the request is for another asset than the envelope");

  return gm_share_release_check_signed (ask, now_unix, error) &&
         gm_condition_check (condition, &claim, error);
}

static GmKeyAnswer *
answer_with (const GmShareHolder *holder,
             const GmKeyAsk *ask,
             guint index,
             GmSecret *share,
             gint64 now_unix,
             GError **error)
{
  g_autoptr (GmKeyAnswer) answer = g_new0 (GmKeyAnswer, 1);
  const GmCondition *condition = ask->envelope->condition;
  g_autoptr (GBytes) message = NULL;
  gsize length;
  const guint8 *data;

  gm_key_request_hash (&ask->request, condition->chain_id, &condition->attester,
                       &answer->request_hash);
  answer->holder_id = g_strdup (holder->policy->holder_id);
  answer->index = index;
  answer->asset_id = ask->request.asset_id;
  answer->order_id = ask->request.order_id;
  answer->uid = ask->request.uid;
  answer->time = now_unix;
  if (!gm_key_answer_seal (answer, &ask->request.response_key, share, error))
    return NULL;

  message = gm_key_answer_signed_bytes (answer);
  data = g_bytes_get_data (message, &length);
  if (!gm_credential_ed25519_sign (holder->sign_seed, data, length, answer->signature, error))
    return NULL;

  return g_steal_pointer (&answer);
}

GmKeyAnswer *
gm_share_release (const GmShareHolder *holder,
                  const GmKeyAsk *ask,
                  const GmRevocationList *revocations,
                  gint64 now_unix,
                  GError **error)
{
  const GmSealedShare *own;
  g_autoptr (GmSecret) share = NULL;

  if (gm_policy_find (holder->policy, ask->envelope->condition, error) == NULL)
    return NULL;

  own = find_own_share (holder, ask->envelope, error);
  if (own == NULL || !check_ask (ask, revocations, now_unix, error))
    return NULL;

  share = gm_key_envelope_open_share (ask->envelope, own->index, holder->hpke_key, error);
  if (share == NULL || !gm_nonce_window_take (holder->nonces, &ask->request.nonce,
                                              ask->request.expires_at, now_unix, error))
    return NULL;

  return answer_with (holder, ask, own->index, share, now_unix, error);
}
