/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "order-world.h"

#include <string.h>

#include "base/error.h"
#include "licenses/license-receipt.h"
#include "licenses/license.h"
#include "payments/order.h"
#include "payments/pay-mock.h"
#include "server/order-desk.h"

static const struct
{
  OrderTwist twist;
  guint status;
} twists[] = {
  { ORDER_OTHER_STORE, 403 },    { ORDER_OTHER_PRICE, 409 }, { ORDER_OTHER_VERSION, 409 },
  { ORDER_OTHER_MANIFEST, 409 }, { ORDER_OTHER_ASSET, 404 }, { ORDER_OTHER_PAYER, 403 },
  { ORDER_RIGHT, 201 },
};

static void
test_terms (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *buyer = server_person (7);
  g_autofree char *token = server_sign_in (world, buyer);
  g_autofree char *asset = order_world_put_offer (world, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (twists); i++)
    {
      g_autofree char *body = order_world_body (world, buyer, 1, twists[i].twist, NULL);

      g_test_message ("twist %d", twists[i].twist);
      json_object_unref (
          server_expect (world, twists[i].status, "POST /api/orders", token, NULL, body));
    }
  gm_credential_signer_free (buyer);
  server_world_free (world);
}

/* Its licenses are on the chain: test money would buy one that nobody takes for one. */
static void
test_a_store_on_a_chain_takes_no_test_money (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *buyer = server_person (7);
  g_autofree char *token = server_sign_in (world, buyer);
  g_autofree char *asset = order_world_put_offer (world, FALSE);
  g_autofree char *body = order_world_body (world, buyer, 1, ORDER_RIGHT, NULL);
  GmDeployment base = { .network = *gm_network_find (8453) };
  g_autoptr (JsonObject) refusal = NULL;

  world->service->deployment = &base;
  refusal = server_expect (world, 403, "POST /api/orders", token, NULL, body);
  g_assert_nonnull (strstr (json_object_get_string_member (refusal, "detail"), "sells on Base"));
  world->service->deployment = NULL;
  json_object_unref (server_expect (world, 201, "POST /api/orders", token, NULL, body));
  gm_credential_signer_free (buyer);
  server_world_free (world);
}

static void
test_strangers (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *buyer = server_person (7);
  GmSigner *other = server_person (8);
  g_autofree char *token = server_sign_in (world, buyer);
  g_autofree char *other_token = server_sign_in (world, other);
  g_autofree char *asset = order_world_put_offer (world, FALSE);
  g_autofree char *id = NULL;
  g_autofree char *body = order_world_body (world, buyer, 1, ORDER_RIGHT, &id);
  g_autofree char *forged = order_world_body (world, buyer, 2, ORDER_OTHER_SIGNER, NULL);
  g_autofree char *get = g_strdup_printf ("GET /api/orders/%s", id);
  g_autofree char *pay = g_strdup_printf ("PUT /api/orders/%s/payment", id);
  g_autofree char *download = g_strdup_printf ("GET /api/assets/%s/download", asset);
  g_autoptr (GmRawAnswer) refused = NULL;

  json_object_unref (server_expect (world, 401, "POST /api/orders", NULL, NULL, body));
  json_object_unref (server_expect (world, 403, "POST /api/orders", other_token, NULL, body));
  json_object_unref (server_expect (world, 404, get, token, NULL, NULL)); /* it left nothing */
  refused = server_ask (world, "POST /api/orders", token, NULL, forged);
  g_assert_true (refused->status == 403 || refused->status == 400);

  json_object_unref (server_expect (world, 201, "POST /api/orders", token, NULL, body));
  json_object_unref (server_expect (world, 403, get, other_token, NULL, NULL));
  json_object_unref (
      server_expect (world, 403, pay, other_token, NULL, "{\"provider\":\"mock\",\"seed\":0}"));
  json_object_unref (server_expect (world, 403, download, token, NULL, NULL));
  json_object_unref (server_expect (world, 401, download, NULL, NULL, NULL));
  json_object_unref (server_expect (world, 403,
                                    "GET /api/licenses?buyer="
                                    "0x0000000000000000000000000000000000000001",
                                    token, NULL, NULL));
  gm_credential_signer_free (buyer);
  gm_credential_signer_free (other);
  server_world_free (world);
}

static GmLicense *
only_license (ServerWorld *world, const char *token)
{
  g_autoptr (JsonObject) page = server_expect (world, 200, "GET /api/licenses", token, NULL, NULL);
  JsonArray *items = json_object_get_array_member (page, "items");
  g_autoptr (GError) error = NULL;
  GmLicense *license;

  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  license = gm_record_from_json (&gm_license_type, json_array_get_object_element (items, 0),
                                 &error);
  g_assert_no_error (error);
  return license;
}

static void
test_bought_once (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *buyer = server_person (7);
  g_autofree char *token = server_sign_in (world, buyer);
  g_autofree char *asset = order_world_put_offer (world, FALSE);
  g_autofree char *id = NULL;
  g_autofree char *body = order_world_body (world, buyer, 1, ORDER_RIGHT, &id);
  g_autofree char *second = order_world_body (world, buyer, 2, ORDER_RIGHT, NULL);
  g_autofree char *pay = g_strdup_printf ("PUT /api/orders/%s/payment", id);
  const char *mock = "{\"provider\":\"mock\",\"seed\":0}";

  json_object_unref (server_expect (world, 201, "POST /api/orders", token, NULL, body));
  json_object_unref (server_expect (world, 200, "POST /api/orders", token, NULL, body));
  json_object_unref (
      server_expect (world, 422, pay, token, NULL, "{\"provider\":\"bank\",\"seed\":0}"));
  for (guint i = 0; i < 3; i++) /* paying again changes nothing */
    {
      g_autoptr (JsonObject) paid = server_expect (world, 200, pay, token, NULL, mock);
      g_autoptr (GmLicense) license = only_license (world, token);
      g_autoptr (GmAttestation) attestation = NULL;
      g_autoptr (GError) error = NULL;
      GmLicenseReceipt receipt;

      g_assert_cmpstr (json_object_get_string_member (paid, "status"), ==, "licensed");
      g_assert_cmpstr (license->order_id, ==, id);
      g_assert_cmpstr (license->uid, ==, json_object_get_string_member (paid, "licenseUid"));
      attestation = gm_license_dup_attestation (license, &error);
      g_assert_no_error (error);
      g_assert_true (gm_address_equal (&attestation->attester, &world->service->issuer->address));
      g_assert_true (gm_address_equal (&attestation->recipient, &buyer->address));
      g_assert_true (gm_license_receipt_read (attestation, &receipt, &error));
      g_assert_cmpint (receipt.amount_units, ==, 5000000);
    }
  json_object_unref (server_expect (world, 409, "POST /api/orders", token, NULL, second));
  gm_credential_signer_free (buyer);
  server_world_free (world);
}

/* Died between payment and license: any later look, or the next start, writes the license. */
static void
test_finished_later (void)
{
  for (guint way = 0; way < 2; way++)
    {
      ServerWorld *world = server_world_new (FALSE);
      GmSigner *buyer = server_person (7);
      g_autofree char *token = server_sign_in (world, buyer);
      g_autofree char *asset = order_world_put_offer (world, FALSE);
      g_autofree char *id = NULL;
      g_autofree char *body = order_world_body (world, buyer, 1, ORDER_RIGHT, &id);
      g_autofree char *get = g_strdup_printf ("GET /api/orders/%s", id);
      g_autoptr (GmOrder) order = NULL;
      g_autoptr (GmLicense) license = NULL;
      g_auto (GmWriter) writer = { 0 };
      g_autoptr (GError) error = NULL;

      json_object_unref (server_expect (world, 201, "POST /api/orders", token, NULL, body));
      gm_database_begin (world->service->database, &writer, &error);
      g_assert_no_error (error);
      order = gm_order_desk_pay_mock (&writer, id, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (order->status, ==, "paid");
      gm_database_commit (&writer, &error);
      g_assert_no_error (error);

      server_world_restart (world);
      if (way == 0)
        json_object_unref (server_expect (world, 200, get, token, NULL, NULL));
      else
        {
          gm_order_desk_finish_all (world->service, &error);
          g_assert_no_error (error);
        }
      license = only_license (world, token);
      g_assert_cmpstr (license->order_id, ==, id);
      gm_credential_signer_free (buyer);
      server_world_free (world);
    }
}

/* Calling it a standard license afterwards does not put it up for sale again. */
static void
not_sold_on (ServerWorld *world, const char *asset)
{
  GmSigner *admin = server_person (1);
  g_autofree char *patch = g_strdup_printf ("PATCH /api/assets/%s", asset);
  g_autofree char *token = NULL;

  server_grant (world, "admin", admin);
  token = server_sign_in (world, admin);
  json_object_unref (server_expect (world, 409, patch, token,
                                    "Idempotency-Key: sell-again\r\nIf-Match: \"1\"\r\n",
                                    "{\"isExclusive\":false}"));
  json_object_unref (server_expect (world, 200, patch, token,
                                    "Idempotency-Key: other-title\r\nIf-Match: \"1\"\r\n",
                                    "{\"title\":\"Sold\",\"isExclusive\":true}"));
  gm_credential_signer_free (admin);
}

static void
test_exclusive (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *first = server_person (7);
  GmSigner *second = server_person (8);
  g_autofree char *first_token = server_sign_in (world, first);
  g_autofree char *second_token = server_sign_in (world, second);
  g_autofree char *asset = order_world_put_offer (world, TRUE);
  g_autofree char *first_id = NULL;
  g_autofree char *second_id = NULL;
  g_autofree char *first_body = order_world_body (world, first, 1, ORDER_RIGHT, &first_id);
  g_autofree char *second_body = order_world_body (world, second, 1, ORDER_RIGHT, &second_id);
  g_autofree char *first_pay = g_strdup_printf ("PUT /api/orders/%s/payment", first_id);
  g_autofree char *second_pay = g_strdup_printf ("PUT /api/orders/%s/payment", second_id);
  const char *mock = "{\"provider\":\"mock\",\"seed\":0}";
  g_autoptr (JsonObject) won = NULL;
  g_autoptr (JsonObject) lost = NULL;

  json_object_unref (server_expect (world, 201, "POST /api/orders", first_token, NULL, first_body));
  json_object_unref (
      server_expect (world, 201, "POST /api/orders", second_token, NULL, second_body));
  won = server_expect (world, 200, first_pay, first_token, NULL, mock);
  lost = server_expect (world, 200, second_pay, second_token, NULL, mock);
  g_assert_cmpstr (json_object_get_string_member (won, "status"), ==, "licensed");
  g_assert_cmpstr (json_object_get_string_member (lost, "status"), ==, "failed");
  g_assert_nonnull (strstr (json_object_get_string_member (lost, "failure"), "is sold"));
  not_sold_on (world, asset);
  gm_credential_signer_free (first);
  gm_credential_signer_free (second);
  server_world_free (world);
}

static void
test_outcomes (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *buyer = server_person (7);
  g_autofree char *token = server_sign_in (world, buyer);
  g_autofree char *asset = order_world_put_offer (world, FALSE);
  gboolean failed = FALSE;

  for (guint salt = 1; salt < 60 && !failed; salt++)
    {
      g_autofree char *id = NULL;
      g_autofree char *body = order_world_body (world, buyer, salt, ORDER_RIGHT, &id);
      g_autofree char *pay = g_strdup_printf ("PUT /api/orders/%s/payment", id);
      g_autoptr (JsonObject) paid = NULL;
      GmHash hash;

      gm_hash_parse (id, &hash, NULL);
      if (gm_pay_mock_outcome (7, &hash) == GM_PAY_MOCK_PAID)
        continue;
      json_object_unref (server_expect (world, 201, "POST /api/orders", token, NULL, body));
      paid = server_expect (world, 200, pay, token, NULL, "{\"provider\":\"mock\",\"seed\":7}");
      g_assert_cmpstr (json_object_get_string_member (paid, "status"), ==,
                       gm_pay_mock_status (gm_pay_mock_outcome (7, &hash), NULL));
      failed = TRUE;
    }
  g_assert_true (failed);
  gm_credential_signer_free (buyer);
  server_world_free (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/orders-api/a-store-on-a-chain-takes-no-test-money",
                   test_a_store_on_a_chain_takes_no_test_money);
  g_test_add_func ("/orders-api/terms-must-be-the-offer", test_terms);
  g_test_add_func ("/orders-api/strangers-see-nothing", test_strangers);
  g_test_add_func ("/orders-api/one-order-one-license", test_bought_once);
  g_test_add_func ("/orders-api/unfinished-is-finished-later", test_finished_later);
  g_test_add_func ("/orders-api/exclusive-sells-once", test_exclusive);
  g_test_add_func ("/orders-api/test-money-may-fail", test_outcomes);
  return g_test_run ();
}
