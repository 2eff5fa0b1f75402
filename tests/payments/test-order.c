/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/order.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "evm/signable.h"
#include "license-world.h"

static GmOrderTerms
terms_of (const GmSigner *buyer)
{
  GmOrderTerms terms = {
    .chain_id = 8453, .listing_version = 7, .buyer = buyer->address, .amount_units = 25000000
  };

  memset (&terms.marketplace, 0xaa, 20);
  memset (&terms.listing_id, 0xbb, 32);
  memset (&terms.asset_id, 0x11, 32);
  memset (&terms.payer, 0xcc, 20);
  memset (&terms.token, 0xdd, 20);
  memset (&terms.manifest_hash, 0x33, 32);
  memset (&terms.license_hash, 0x44, 32);
  memset (&terms.salt, 0xee, 32);
  return terms;
}

static void
test_vector (void)
{
  g_autoptr (JsonObject) vectors = gm_world_vectors ("license-structs.json");
  JsonArray *structs = json_object_get_array_member (vectors, "structs");
  JsonObject *vector = json_array_get_object_element (structs, json_array_get_length (structs) - 1);
  GmSigner *buyer = gm_world_signer (0x46);
  GmOrderTerms terms = terms_of (buyer);
  g_autoptr (GmOrder) order = gm_order_new (&terms, "USDC", buyer, NULL);
  GmHash digest, expected;

  g_assert_cmpstr (json_object_get_string_member (vector, "name"), ==, "Order");
  g_assert_cmpstr (order->id, ==, json_object_get_string_member (vector, "struct"));
  g_assert_cmpstr (order->signature, ==, json_object_get_string_member (vector, "signature"));
  gm_order_digest (&terms, &digest);
  g_assert_true (gm_json_hash_member (vector, "digest", &expected, NULL));
  g_assert_true (gm_hash_equal (&digest, &expected));
  gm_world_signer_free (buyer);
}

typedef struct
{
  GmSigner signer;
  char *type;
  char *amount;
  GmHash digest;
} Reader;

/* Reads what it is to sign, and does not. */
static gboolean
read_only (const GmSigner *signer, const GmSignable *what, GmSignature *out, GError **error)
{
  Reader *self = signer->data;
  JsonObject *message = json_object_get_object_member (what->typed_data, "message");

  g_assert_cmpint (what->kind, ==, GM_SIGNABLE_TYPED_DATA);
  self->type = g_strdup (json_object_get_string_member (what->typed_data, "primaryType"));
  self->amount = g_strdup (json_object_get_string_member (message, "amount"));
  g_assert_true (gm_signable_digest (what, &self->digest, NULL));
  return gm_fail (error, GM_ERROR_DECLINED, "no");
}

static void
test_shown (void)
{
  Reader reader = { .signer = { .sign = read_only, .data = &reader } };
  GmOrderTerms terms = terms_of (&reader.signer);
  g_autoptr (GError) error = NULL;
  GmHash digest;

  g_assert_null (gm_order_new (&terms, "USDC", &reader.signer, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_assert_cmpstr (reader.type, ==, "Order");
  g_assert_cmpstr (reader.amount, ==, "25000000");
  gm_order_digest (&terms, &digest);
  g_assert_true (gm_hash_equal (&digest, &reader.digest));
  g_free (reader.type);
  g_free (reader.amount);
}

static void
test_round_trip (void)
{
  GmSigner *buyer = gm_world_signer (0x46);
  GmOrderTerms terms = terms_of (buyer), read;
  g_autoptr (GmOrder) order = gm_order_new (&terms, "USDC", buyer, NULL);
  g_autoptr (JsonObject) json = gm_record_to_json (&gm_order_type, order);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmOrder) again = gm_record_from_json (&gm_order_type, json, &error);

  g_assert_no_error (error);
  memset (&read, 0, sizeof read);
  g_assert_true (gm_order_check (again, &read, &error));
  g_assert_cmpmem (&read.salt, 32, &terms.salt, 32);
  g_assert_cmpint (read.amount_units, ==, terms.amount_units);
  g_assert_cmpuint (read.chain_id, ==, terms.chain_id);
  gm_world_signer_free (buyer);
}

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* Whatever is changed, the signature or the id no longer fits: nothing may be made of an order but
 * the sale it names. */
static void
test_changed (void)
{
  GmSigner *buyer = gm_world_signer (0x46);
  GmOrderTerms terms = terms_of (buyer), read;

  for (guint i = 0; i < 13; i++)
    {
      g_autoptr (GmOrder) order = gm_order_new (&terms, "USDC", buyer, NULL);
      g_autoptr (GError) error = NULL;

      if (i != 12)
        g_clear_pointer (&order->id, g_free);
      switch (i)
        {
        case 0: order->chain_id[0] = '1'; break;
        case 1: set (&order->marketplace, order->buyer); break;
        case 2: order->listing_id[5] = '0'; break;
        case 3: order->listing_version++; break;
        case 4: order->asset_id[5] = '0'; break;
        case 5: set (&order->buyer, order->payer); break;
        case 6: set (&order->payer, order->buyer); break;
        case 7: set (&order->token, order->buyer); break;
        case 8: order->amount_units--; break;
        case 9: order->manifest_hash[5] = '0'; break;
        case 10: order->license_hash[5] = '0'; break;
        case 11: order->salt[5] = '0'; break;
        default: order->id[5] = order->id[5] == '0' ? '1' : '0';
        }
      g_assert_false (gm_order_check (order, &read, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
    }
  gm_world_signer_free (buyer);
}

static void
test_broken (void)
{
  GmSigner *buyer = gm_world_signer (0x46);
  GmOrderTerms terms = terms_of (buyer), read;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GmOrder) order = gm_order_new (&terms, "USDC", buyer, NULL);
      g_autoptr (GError) error = NULL;

      switch (i)
        {
        case 0: order->chain_id[0] = 'x'; break;
        case 1: order->amount_units = -1; break;
        case 2: order->listing_version = -1; break;
        case 3: order->salt[10] = '\0'; break;
        default: order->signature[20] = '\0';
        }
      g_assert_false (gm_order_check (order, &read, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
  gm_world_signer_free (buyer);
}

static void
test_status (void)
{
  g_assert_true (gm_order_status_may_go ("open", "paid"));
  g_assert_true (gm_order_status_may_go ("paid", "licensed"));
  g_assert_false (gm_order_status_may_go ("licensed", "open"));
  g_assert_false (gm_order_status_may_go ("failed", "paid"));
  g_assert_false (gm_order_status_may_go ("open", "licensed"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/id-and-signature-are-those-of-ethers", test_vector);
  g_test_add_func ("/order/is-shown-whole-to-who-signs", test_shown);
  g_test_add_func ("/order/survives-its-json", test_round_trip);
  g_test_add_func ("/order/every-change-is-noticed", test_changed);
  g_test_add_func ("/order/broken-terms-are-refused", test_broken);
  g_test_add_func ("/order/status-goes-forward-only", test_status);
  return g_test_run ();
}
