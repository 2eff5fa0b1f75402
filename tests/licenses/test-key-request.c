/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/key-request.h"

#include <string.h>

#include "base/error.h"
#include "license-world.h"

static void
test_vectors (void)
{
  g_autoptr (JsonObject) vectors = gm_world_vectors ("license-structs.json");
  JsonArray *structs = json_object_get_array_member (vectors, "structs");
  GmSigner *signer = gm_world_signer (0x46);
  GmKeyRequest request = { .buyer = signer->address,
                           .issued_at = WORLD_NOW,
                           .expires_at = WORLD_NOW + 240 };
  GmKeyDelegate delegate = { .expires_at = WORLD_NOW + 604800 };
  g_autofree char *request_text = NULL;
  g_autofree char *delegate_text = NULL;
  GmAddress issuer;

  memset (&issuer, 0x77, sizeof issuer);
  memset (&request.asset_id, 0x11, 32);
  memset (&request.order_id, 0x22, 32);
  memset (&request.uid, 0x33, 32);
  memset (&request.response_key, 0x55, 32);
  memset (&request.nonce, 0x66, 32);
  memset (&delegate.scope, 0x22, 32);
  memset (&delegate.session_key, 0x88, 20);
  g_assert_true (gm_key_request_sign (&request, WORLD_CHAIN, &issuer, signer, NULL));
  g_assert_true (gm_key_delegate_sign (&delegate, WORLD_CHAIN, &issuer, signer, NULL));
  request_text = gm_signature_dup_hex (&request.signature);
  delegate_text = gm_signature_dup_hex (&delegate.signature);
  g_assert_cmpstr (
      request_text, ==,
      json_object_get_string_member (json_array_get_object_element (structs, 0), "signature"));
  g_assert_cmpstr (
      delegate_text, ==,
      json_object_get_string_member (json_array_get_object_element (structs, 1), "signature"));
  gm_world_signer_free (signer);
}

static void
nothing (GmKeyAsk *ask)
{
}

static void
old (GmKeyAsk *ask)
{
  ask->request.issued_at = WORLD_NOW - 121;
}

static void
early (GmKeyAsk *ask)
{
  ask->request.issued_at = WORLD_NOW + 121;
}

static void
over (GmKeyAsk *ask)
{
  ask->request.expires_at = WORLD_NOW;
}

static void
forever (GmKeyAsk *ask)
{
  ask->request.expires_at = WORLD_NOW + 301;
}

static void
other_scope (GmKeyAsk *ask)
{
  ask->delegate->scope.b[0] ^= 1;
}

static void
whole_library (GmKeyAsk *ask)
{
  memset (&ask->delegate->scope, 0, sizeof ask->delegate->scope);
}

static void
delegate_over (GmKeyAsk *ask)
{
  ask->delegate->expires_at = WORLD_NOW;
}

static void
delegate_long (GmKeyAsk *ask)
{
  ask->delegate->expires_at = WORLD_NOW + 7 * 24 * 3600 + 121;
}

static void
other_session (GmKeyAsk *ask)
{
  ask->delegate->session_key.b[0] ^= 1;
}

static void
other_buyer (GmKeyAsk *ask)
{
  ask->request.buyer.b[0] ^= 1;
}

static const struct
{
  gboolean delegated;
  void (*change) (GmKeyAsk *); /* before everything is signed again */
  const char *reason;          /* NULL: fine */
} cases[] = {
  { FALSE, nothing, NULL },
  { TRUE, nothing, NULL },
  { TRUE, whole_library, NULL },
  { FALSE, old, "issued too long ago" },
  { FALSE, early, "from the future" },
  { FALSE, over, "request has expired" },
  { FALSE, forever, "valid for too long" },
  { FALSE, other_buyer, "not signed by who asks" },
  { TRUE, other_scope, "another order" },
  { TRUE, delegate_over, "session key has expired" },
  { TRUE, delegate_long, "more than 7 days" },
  { TRUE, other_session, "not signed by who asks" },
  { TRUE, other_buyer, "another buyer" },
};

static gboolean
check (const GmKeyAsk *ask, guint64 chain_id, GError **error)
{
  return gm_key_request_check (&ask->request, ask->delegate, chain_id,
                               &ask->envelope->condition->attester, WORLD_NOW, error);
}

static void
test_reasons (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmKeyAsk) ask = gm_world_ask (world, cases[i].delegated, NULL);
      g_autoptr (GError) error = NULL;

      cases[i].change (ask);
      gm_world_sign (world, ask);
      g_assert_cmpint (check (ask, WORLD_CHAIN, &error), ==, cases[i].reason == NULL);
      if (cases[i].reason != NULL)
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
          if (strstr (error->message, cases[i].reason) == NULL)
            g_error ("expected “%s”, got “%s”", cases[i].reason, error->message);
        }
    }
}

static void
test_signatures (void)
{
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmKeyAsk) ask = gm_world_ask (world, TRUE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (check (ask, WORLD_CHAIN + 1, &error)); /* signed for another store */
  g_clear_error (&error);
  ask->delegate->signature.b[3] ^= 1;
  g_assert_false (check (ask, WORLD_CHAIN, &error));
  g_assert_nonnull (strstr (error->message, "did not allow this session key"));
  g_clear_error (&error);
  ask->delegate->signature.b[3] ^= 1;
  ask->request.nonce.b[0] ^= 1;
  g_assert_false (check (ask, WORLD_CHAIN, &error));
  g_assert_nonnull (strstr (error->message, "not signed by who asks"));
}

static void
test_json (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } broken[] = {
    { "\"v\":1}", "\"v\":2}" },
    { "\"request\":{", "\"request\":{\"a\":1," },
    { "\"delegate\":{", "\"delegate\":{\"a\":1," },
    { "\"delegate\":{", "\"delegate\":null,\"x\":{" },
    { "\"issuedAt\":1", "\"issuedAt\":-1" },
    { "\"nonce\":\"0x", "\"nonce\":\"0x0" },
    { "\"attestation\":", "\"attest\":" },
    { "\"envelope\":", "\"envelopes\":" },
  };
  g_autoptr (GmWorld) world = gm_world_new ();
  g_autoptr (GmKeyAsk) ask = gm_world_ask (world, TRUE, NULL);
  g_autoptr (GBytes) json = gm_key_ask_encode (ask);
  g_autoptr (GmKeyAsk) again = gm_key_ask_parse (json, NULL);
  g_autoptr (GBytes) json_again = gm_key_ask_encode (again);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));

  g_assert_true (g_bytes_equal (json, json_again));
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GString) changed = g_string_new (text);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (changed, broken[i].from, broken[i].to, 1), ==, 1);
      bytes = g_bytes_new (changed->str, changed->len);
      if (gm_key_ask_parse (bytes, &error) != NULL)
        g_error ("taken: %s", broken[i].to);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-request/signatures-are-those-of-ethers", test_vectors);
  g_test_add_func ("/key-request/each-refusal-has-its-reason", test_reasons);
  g_test_add_func ("/key-request/changed-after-signing-is-refused", test_signatures);
  g_test_add_func ("/key-request/json-has-one-form", test_json);
  return g_test_run ();
}
