/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-world.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "evm/address.h"
#include "licenses/license-receipt.h"
#include "licenses/license.h"
#include "payments/order.h"
#include "payments/pay-mock.h"
#include "server/asset-row.h"
#include "server/order-desk.h"

#define HASH(c) "0x" c c c c c c c c c c c c c c c c

static const char asset_hash[] = HASH ("a1b2");
static const char manifest_hash[] = HASH ("c3d4");
static const char terms_hash[] = HASH ("e5f6");

/* Something to buy, as the pipeline leaves it. */
static char *
put_offer (ServerWorld *world, gboolean exclusive)
{
  g_auto (GmWriter) writer = { 0 };
  g_autoptr (GmAsset) asset = g_new0 (GmAsset, 1);
  g_autoptr (GError) error = NULL;

  asset->title = g_strdup ("For sale");
  asset->artist = g_strdup ("Somebody");
  asset->type = g_strdup ("track");
  asset->status = g_strdup ("published");
  asset->price_units = 5000000;
  asset->price_currency = g_strdup ("USDC");
  asset->is_exclusive = exclusive;
  asset->asset_id = g_strdup (asset_hash);
  asset->manifest_hash = g_strdup (manifest_hash);
  asset->license_hash = g_strdup (terms_hash);
  asset->seller = gm_address_dup_text (&world->service->owner->address);
  asset->preview = g_strdup ("preview/x.opus");
  gm_database_begin (world->service->database, &writer, &error);
  g_assert_no_error (error);
  gm_asset_row_create (&writer, asset, "system:test", &error);
  g_assert_no_error (error);
  gm_database_commit (&writer, &error);
  g_assert_no_error (error);
  return g_strdup (asset->id);
}

typedef enum
{
  RIGHT,
  OTHER_STORE,
  OTHER_PRICE,
  OTHER_VERSION,
  OTHER_MANIFEST,
  OTHER_ASSET,
  OTHER_PAYER,
  OTHER_SIGNER,
} Twist;

static char *
order_body (ServerWorld *world, GmSigner *buyer, guint salt, Twist twist, char **id)
{
  GmOrderTerms terms = { .chain_id = world->service->chain_id + (twist == OTHER_STORE),
                         .listing_version = twist == OTHER_VERSION ? 2 : 1,
                         .buyer = buyer->address,
                         .payer = buyer->address,
                         .amount_units = twist == OTHER_PRICE ? 1 : 5000000 };
  GmSigner *other = server_person (99);
  g_autoptr (GmOrder) order = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  gm_hash_parse (twist == OTHER_ASSET ? terms_hash : asset_hash, &terms.asset_id, NULL);
  gm_hash_parse (twist == OTHER_MANIFEST ? terms_hash : manifest_hash, &terms.manifest_hash, NULL);
  gm_hash_parse (terms_hash, &terms.license_hash, NULL);
  terms.listing_id = terms.asset_id;
  memset (terms.salt.b, (int) salt, 32);
  if (twist == OTHER_PAYER)
    terms.payer = other->address;
  order = gm_order_new (&terms, "USDC", twist == OTHER_SIGNER ? other : buyer, &error);
  if (twist == OTHER_SIGNER && order == NULL)
    {
      g_clear_error (&error);
      order = gm_order_new (&terms, "USDC", buyer, &error);
      g_assert_no_error (error);
      order->signature[10] = order->signature[10] == '1' ? '2' : '1';
    }
  g_assert_no_error (error);
  gm_credential_signer_free (other);
  if (id != NULL)
    *id = g_strdup (order->id);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, gm_record_to_json (&gm_order_type, order));
  return json_to_string (node, FALSE);
}

static const struct
{
  Twist twist;
  guint status;
} twists[] = {
  { OTHER_STORE, 403 }, { OTHER_PRICE, 409 }, { OTHER_VERSION, 409 }, { OTHER_MANIFEST, 409 },
  { OTHER_ASSET, 404 }, { OTHER_PAYER, 403 }, { RIGHT, 201 },
};

static void
test_terms (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *buyer = server_person (7);
  g_autofree char *token = server_sign_in (world, buyer);
  g_autofree char *asset = put_offer (world, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (twists); i++)
    {
      g_autofree char *body = order_body (world, buyer, 1, twists[i].twist, NULL);

      g_test_message ("twist %d", twists[i].twist);
      json_object_unref (
          server_expect (world, twists[i].status, "POST /api/orders", token, NULL, body));
    }
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
  g_autofree char *asset = put_offer (world, FALSE);
  g_autofree char *id = NULL;
  g_autofree char *body = order_body (world, buyer, 1, RIGHT, &id);
  g_autofree char *forged = order_body (world, buyer, 2, OTHER_SIGNER, NULL);
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
  g_autofree char *asset = put_offer (world, FALSE);
  g_autofree char *id = NULL;
  g_autofree char *body = order_body (world, buyer, 1, RIGHT, &id);
  g_autofree char *second = order_body (world, buyer, 2, RIGHT, NULL);
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
      g_autofree char *asset = put_offer (world, FALSE);
      g_autofree char *id = NULL;
      g_autofree char *body = order_body (world, buyer, 1, RIGHT, &id);
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

static void
test_exclusive (void)
{
  ServerWorld *world = server_world_new (FALSE);
  GmSigner *first = server_person (7);
  GmSigner *second = server_person (8);
  g_autofree char *first_token = server_sign_in (world, first);
  g_autofree char *second_token = server_sign_in (world, second);
  g_autofree char *asset = put_offer (world, TRUE);
  g_autofree char *first_id = NULL;
  g_autofree char *second_id = NULL;
  g_autofree char *first_body = order_body (world, first, 1, RIGHT, &first_id);
  g_autofree char *second_body = order_body (world, second, 1, RIGHT, &second_id);
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
  g_autofree char *asset = put_offer (world, FALSE);
  gboolean failed = FALSE;

  for (guint salt = 1; salt < 60 && !failed; salt++)
    {
      g_autofree char *id = NULL;
      g_autofree char *body = order_body (world, buyer, salt, RIGHT, &id);
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
  g_test_add_func ("/orders-api/terms-must-be-the-offer", test_terms);
  g_test_add_func ("/orders-api/strangers-see-nothing", test_strangers);
  g_test_add_func ("/orders-api/one-order-one-license", test_bought_once);
  g_test_add_func ("/orders-api/unfinished-is-finished-later", test_finished_later);
  g_test_add_func ("/orders-api/exclusive-sells-once", test_exclusive);
  g_test_add_func ("/orders-api/test-money-may-fail", test_outcomes);
  return g_test_run ();
}
