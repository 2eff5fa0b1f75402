/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keynode/share-release.h"

#include <string.h>

#include "base/error.h"
#include "license-world.h"

typedef struct
{
  GmWorld *world;
  GmPolicy *policy;
  GmShareHolder holder;
  GmKeyAsk *ask;
  GmRevocationList *revocations;
} Scene;

static GmPolicy *
policy_of (const GmWorld *world, gboolean with_chain)
{
  GmPolicy *policy = g_new0 (GmPolicy, 1);
  GmServed *served = g_new0 (GmServed, 1);

  policy->holder_id = g_strdup ("holder-1");
  policy->served = g_ptr_array_new_with_free_func (g_free);
  served->chain_id = WORLD_CHAIN;
  served->attester = world->issuer->address;
  g_ptr_array_add (policy->served, served);
  if (with_chain)
    {
      served = g_new0 (GmServed, 1);
      served->kind = GM_CONDITION_ONCHAIN;
      served->chain_id = 8453;
      g_ptr_array_add (policy->served, served);
    }
  return policy;
}

static void
nothing (Scene *s)
{
}

static void
stranger_signs (Scene *s)
{
  g_assert_true (gm_key_request_sign (&s->ask->request, WORLD_CHAIN, &s->world->issuer->address,
                                      s->world->stranger, NULL));
}

static void
stranger_asks (Scene *s)
{
  s->ask->request.buyer = s->world->stranger->address;
  stranger_signs (s);
}

static void
other_chain_domain (Scene *s)
{
  g_assert_true (gm_key_request_sign (&s->ask->request, WORLD_CHAIN + 1, &s->world->issuer->address,
                                      s->world->buyer, NULL));
}

static void
other_issuer_domain (Scene *s)
{
  g_assert_true (gm_key_request_sign (&s->ask->request, WORLD_CHAIN, &s->world->stranger->address,
                                      s->world->buyer, NULL));
}

static void
stale (Scene *s)
{
  s->ask->request.issued_at = WORLD_NOW - 121;
  gm_world_sign (s->world, s->ask);
}

static void
other_uid (Scene *s)
{
  s->ask->request.uid.b[0] ^= 1;
  gm_world_sign (s->world, s->ask);
}

static void
other_order (Scene *s)
{
  s->ask->request.order_id.b[0] ^= 1;
  gm_world_sign (s->world, s->ask);
}

static void
other_asset_asked (Scene *s)
{
  s->ask->request.asset_id.b[0] ^= 1;
  gm_world_sign (s->world, s->ask);
}

static void
other_asset_licensed (Scene *s)
{
  GmHash other = s->world->asset_id;

  other.b[0] ^= 1;
  gm_attestation_free (s->ask->attestation);
  s->ask->attestation = gm_world_license (s->world, &other);
  s->ask->request.uid = s->ask->attestation->uid;
  gm_world_sign (s->world, s->ask);
}

static void
revoked (Scene *s)
{
  gm_revocation_list_free (s->revocations);
  s->revocations = gm_world_revocations (s->world, WORLD_NOW, &s->world->license->uid);
}

static void
stale_list (Scene *s)
{
  gm_revocation_list_free (s->revocations);
  s->revocations = gm_world_revocations (s->world, WORLD_NOW - 24 * 3600 - 1, NULL);
}

static void
no_list (Scene *s)
{
  g_clear_pointer (&s->revocations, gm_revocation_list_free);
}

static void
used_nonce (Scene *s)
{
  g_autoptr (GmKeyAnswer) first = gm_share_release (&s->holder, s->ask, s->revocations, WORLD_NOW,
                                                    NULL);

  g_assert_nonnull (first);
}

static void
another_holder (Scene *s)
{
  GmSealedShare *share = g_ptr_array_index (s->ask->envelope->shares, 0);

  share->holder.id[7] = '9';
}

static void
other_keys (Scene *s)
{
  GmSealedShare *share = g_ptr_array_index (s->ask->envelope->shares, 0);

  share->holder.sign_key.b[0] ^= 1;
}

/* A holder given the box of another one under its own name. */
static void
swapped_box (Scene *s)
{
  GmSealedShare *mine = g_ptr_array_index (s->ask->envelope->shares, 0);
  GmSealedShare *other = g_ptr_array_index (s->ask->envelope->shares, 1);

  g_bytes_unref (mine->box);
  mine->box = g_bytes_ref (other->box);
}

static void
altered_threshold (Scene *s)
{
  s->ask->envelope->t = 1;
}

/* The condition says what the license says, and the box was sealed under another one. */
static void
altered_condition (Scene *s)
{
  GmAttestation *license = s->ask->attestation;

  license->contract.b[0] ^= 1;
  g_assert_true (gm_attestation_sign (license, s->world->issuer, NULL));
  s->ask->envelope->condition->eas_contract.b[0] ^= 1;
  s->ask->request.uid = license->uid;
  gm_world_sign (s->world, s->ask);
}

static void
chain_holder (Scene *s)
{
  gm_policy_free (s->policy);
  s->policy = policy_of (s->world, TRUE);
  s->holder.policy = s->policy;
}

static void
onchain_condition (Scene *s)
{
  chain_holder (s);
  s->ask->envelope->condition->kind = GM_CONDITION_ONCHAIN;
  s->ask->envelope->condition->chain_id = 8453;
  memset (&s->ask->envelope->condition->attester, 0, sizeof s->ask->envelope->condition->attester);
  gm_world_sign (s->world, s->ask);
}

static void
other_store (Scene *s)
{
  s->ask->envelope->condition->chain_id++;
}

static const struct
{
  const char *name;
  void (*change) (Scene *);
  const char *reason; /* NULL: released */
} cases[] = {
  { "a license", nothing, NULL },
  { "bad signature", stranger_signs, "not signed by who asks" },
  { "wrong recipient", stranger_asks, "another buyer" },
  { "wrong chain id", other_chain_domain, "not signed by who asks" },
  { "wrong domain", other_issuer_domain, "not signed by who asks" },
  { "stale issuedAt", stale, "issued too long ago" },
  { "wrong uid", other_uid, "not the one the request names" },
  { "wrong order", other_order, "another order" },
  { "wrong asset asked", other_asset_asked, "another asset than the envelope" },
  { "wrong asset licensed", other_asset_licensed, "license is for another asset" },
  { "revoked", revoked, "is revoked" },
  { "stale revocation list", stale_list, "older than 24 hours" },
  { "no revocation list", no_list, "no revocation list" },
  { "replayed nonce", used_nonce, "answered already" },
  { "no share of ours", another_holder, "no share for this holder" },
  { "other keys of ours", other_keys, "other keys for this holder" },
  { "other holder's share", swapped_box, "share 1 of the key envelope" },
  { "altered info: threshold", altered_threshold, "share 1 of the key envelope" },
  { "altered info: condition", altered_condition, "share 1 of the key envelope" },
  { "off-chain at a chain's holder", chain_holder, "refuses off-chain licenses" },
  { "on-chain without a chain", onchain_condition, "need a chain" },
  { "another store", other_store, "does not serve this chain" },
};

static void
run_case (GmWorld *world, guint i, gboolean delegated)
{
  Scene scene = { .world = world, .policy = policy_of (world, FALSE) };
  g_autoptr (GmSecret) response_secret = NULL;
  g_autoptr (GmKeyAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  scene.holder = (GmShareHolder){ .policy = scene.policy,
                                  .nonces = gm_nonce_window_new (),
                                  .hpke_key = world->hpke_keys[0],
                                  .sign_seed = world->sign_seeds[0] };
  g_assert_true (gm_share_holder_init (&scene.holder, NULL));
  scene.ask = gm_world_ask (world, delegated, &response_secret);
  scene.revocations = gm_world_revocations (world, WORLD_NOW, NULL);
  cases[i].change (&scene);

  answer = gm_share_release (&scene.holder, scene.ask, scene.revocations, WORLD_NOW, &error);
  g_assert_cmpint (answer != NULL, ==, cases[i].reason == NULL);
  if (answer != NULL)
    {
      g_autoptr (GmSecret) share = gm_key_answer_open (answer, response_secret, NULL);

      g_assert_true (gm_key_answer_verify (answer, &scene.holder.sign_public, NULL));
      g_assert_true (gm_key_envelope_check_share (world->envelope, 1, share));
    }
  else
    {
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
      if (strstr (error->message, cases[i].reason) == NULL)
        g_error ("%s: “%s”", cases[i].name, error->message);
    }
  gm_nonce_window_free (scene.holder.nonces);
  gm_policy_free (scene.policy);
  gm_key_ask_free (scene.ask);
  g_clear_pointer (&scene.revocations, gm_revocation_list_free);
}

static void
test_reasons (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (world, i, FALSE);
  run_case (world, 0, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share-release/each-refusal-has-its-reason", test_reasons);
  return g_test_run ();
}
