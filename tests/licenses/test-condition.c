/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/condition.h"

#include <string.h>

#include "base/error.h"
#include "license-world.h"
#include "licenses/wire.h"

typedef struct
{
  GmWorld *world;
  GmCondition *condition;
  GmAttestation *license;
  GmRevocationList *revocations;
  GmClaim claim;
} Case;

/* The license is made anew by whoever the case says, so only the named check can refuse. */
static void
resign (Case *c, const GmSigner *signer)
{
  g_assert_true (gm_attestation_sign (c->license, signer, NULL));
  c->claim.uid = c->license->uid;
}

static void
change_uid (Case *c)
{
  c->claim.uid.b[0] ^= 1;
}

static void
change_schema (Case *c)
{
  c->license->schema.b[0] ^= 1;
  resign (c, c->world->issuer);
}

static void
change_attester (Case *c)
{
  resign (c, c->world->stranger);
}

static void
change_recipient (Case *c)
{
  c->license->recipient = c->world->stranger->address;
  resign (c, c->world->issuer);
}

static void
change_claimed_buyer (Case *c)
{
  c->claim.buyer = c->world->stranger->address;
}

static void
change_revoked (Case *c)
{
  gm_revocation_list_free (c->revocations);
  c->revocations = gm_world_revocations (c->world, WORLD_NOW, &c->license->uid);
}

static void
change_stale (Case *c)
{
  gm_revocation_list_free (c->revocations);
  c->revocations = gm_world_revocations (c->world, WORLD_NOW - 24 * 3600 - 1, NULL);
}

static void
change_no_list (Case *c)
{
  g_clear_pointer (&c->revocations, gm_revocation_list_free);
}

static void
change_other_list (Case *c)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (GmHash));

  gm_revocation_list_free (c->revocations);
  c->revocations = gm_revocation_list_sign (WORLD_CHAIN, WORLD_NOW, none, c->world->stranger, NULL);
}

static void
change_expired (Case *c)
{
  c->license->expiration_time = WORLD_NOW;
  resign (c, c->world->issuer);
}

static void
change_future (Case *c)
{
  c->license->time = WORLD_NOW + 121;
  resign (c, c->world->issuer);
}

static void
change_irrevocable (Case *c)
{
  c->license->revocable = FALSE;
  resign (c, c->world->issuer);
}

static void
change_asset (Case *c)
{
  GmHash other = c->world->asset_id;

  other.b[0] ^= 1;
  gm_attestation_free (c->license);
  c->license = gm_world_license (c->world, &other);
  c->claim.uid = c->license->uid;
}

static void
change_order (Case *c)
{
  c->claim.order_id.b[0] ^= 1;
}

static void
change_chain (Case *c)
{
  c->license->chain_id++;
  resign (c, c->world->issuer);
}

static void
change_domain (Case *c)
{
  c->license->contract.b[0] ^= 1;
  resign (c, c->world->issuer);
}

static void
change_domain_version (Case *c)
{
  c->license->eas_version[0] = '2';
  resign (c, c->world->issuer);
}

static void
change_signature (Case *c)
{
  c->license->signature.b[40] ^= 1;
}

static void
change_kind (Case *c)
{
  c->condition->kind = GM_CONDITION_ONCHAIN;
}

static const struct
{
  void (*change) (Case *);
  const char *reason; /* NULL: holds */
} cases[] = {
  { NULL, NULL },
  { change_uid, "not the one the request names" },
  { change_schema, "another schema" },
  { change_attester, "another issuer" },
  { change_recipient, "another buyer" },
  { change_claimed_buyer, "another buyer" },
  { change_revoked, "is revoked" },
  { change_stale, "older than 24 hours" },
  { change_no_list, "no revocation list" },
  { change_other_list, "revocation list is from another issuer" },
  { change_expired, "expired" },
  { change_future, "license is from the future" },
  { change_irrevocable, "a form that its issuer does not write" },
  { change_asset, "another asset" },
  { change_order, "another order" },
  { change_chain, "another chain" },
  { change_domain, "another EAS domain" },
  { change_domain_version, "another EAS domain" },
  { change_signature, "attestation: " },
  { change_kind, "need a chain" },
};

static void
test_reasons (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Case c = { .world = world,
                 .condition = gm_condition_copy (world->condition),
                 .license = gm_attestation_copy (world->license),
                 .revocations = gm_world_revocations (world, WORLD_NOW - 3600, NULL) };
      g_autoptr (GError) error = NULL;
      gboolean holds;

      c.claim.uid = c.license->uid;
      c.claim.order_id = world->order_id;
      c.claim.buyer = world->buyer->address;
      c.claim.now_unix = WORLD_NOW;
      if (cases[i].change != NULL)
        cases[i].change (&c);
      c.claim.attestation = c.license;
      c.claim.revocations = c.revocations;

      holds = gm_condition_check (c.condition, &c.claim, &error);
      g_assert_cmpint (holds, ==, cases[i].reason == NULL);
      if (cases[i].reason != NULL)
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
          if (strstr (error->message, cases[i].reason) == NULL)
            g_error ("expected “%s”, got “%s”", cases[i].reason, error->message);
        }
      gm_condition_free (c.condition);
      gm_attestation_free (c.license);
      g_clear_pointer (&c.revocations, gm_revocation_list_free);
    }
}

static GmCondition *
parse_changed (const GmCondition *condition, const char *from, const char *to, GError **error)
{
  g_autoptr (GBytes) json = gm_wire_encode (gm_condition_to_json (condition), NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));
  g_autoptr (GString) changed = g_string_new (text);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) object = NULL;

  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  bytes = g_bytes_new (changed->str, changed->len);
  object = gm_json_parse_object (bytes, 10000, error);
  return object != NULL ? gm_condition_from_json (object, error) : NULL;
}

static void
test_json (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } broken[] = {
    { "\"kind\":\"offchain\"", "\"kind\":\"anychain\"" },
    { "\"kind\":\"offchain\"", "\"kind\":\"onchain\"" },
    { "\"chainId\":5000000001", "\"chainId\":8453" },
    { "\"chainId\":5000000001", "\"chainId\":9007199254740993" },
    { "\"maxAge\":86400", "\"maxAge\":86401" },
    { "\"chainId\":", "\"extra\":1,\"chainId\":" },
    { "\"schema\":\"0x7", "\"schema\":\"0X7" },
    { "\"eas\":", "\"sea\":" },
  };
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmCondition) again = parse_changed (world->condition, "\"kind\"", "\"kind\"", NULL);

  g_assert_true (gm_condition_equal (again, world->condition));
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GmCondition) condition = parse_changed (world->condition, broken[i].from,
                                                         broken[i].to, &error);

      if (condition != NULL)
        g_error ("taken: %s", broken[i].to);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

/* Read today, so that envelopes of the on-chain form are no surprise to a local holder. */
static void
test_onchain (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmCondition) condition = gm_condition_copy (world->condition);
  g_autoptr (GmCondition) again = NULL;

  condition->kind = GM_CONDITION_ONCHAIN;
  condition->chain_id = 8453;
  memset (&condition->marketplace, 0x42, sizeof condition->marketplace);
  again = parse_changed (condition, "onchain", "onchain", NULL);
  g_assert_true (gm_condition_equal (again, condition));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/condition/each-refusal-has-its-reason", test_reasons);
  g_test_add_func ("/condition/json-has-one-form", test_json);
  g_test_add_func ("/condition/onchain-is-read", test_onchain);
  return g_test_run ();
}
