/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "order-world.h"

#include <string.h>

#include "base/error.h"
#include "evm/address.h"
#include "payments/order.h"
#include "server/asset-row.h"

#define HASH(c) "0x" c c c c c c c c c c c c c c c c

static const char asset_hash[] = HASH ("a1b2");
static const char manifest_hash[] = HASH ("c3d4");
static const char terms_hash[] = HASH ("e5f6");

/* Something to buy, as the pipeline leaves it. */
char *
order_world_put_offer (ServerWorld *world, gboolean exclusive)
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

char *
order_world_body (ServerWorld *world, GmSigner *buyer, guint salt, OrderTwist twist, char **id)
{
  GmOrderTerms terms = { .chain_id = world->service->chain_id + (twist == ORDER_OTHER_STORE),
                         .listing_version = twist == ORDER_OTHER_VERSION ? 2 : 1,
                         .buyer = buyer->address,
                         .payer = buyer->address,
                         .amount_units = twist == ORDER_OTHER_PRICE ? 1 : 5000000 };
  GmSigner *other = server_person (99);
  g_autoptr (GmOrder) order = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  gm_hash_parse (twist == ORDER_OTHER_ASSET ? terms_hash : asset_hash, &terms.asset_id, NULL);
  gm_hash_parse (twist == ORDER_OTHER_MANIFEST ? terms_hash : manifest_hash, &terms.manifest_hash,
                 NULL);
  gm_hash_parse (terms_hash, &terms.license_hash, NULL);
  terms.listing_id = terms.asset_id;
  memset (terms.salt.b, (int) salt, 32);
  if (twist == ORDER_OTHER_PAYER)
    terms.payer = other->address;
  order = gm_order_new (&terms, "USDC", twist == ORDER_OTHER_SIGNER ? other : buyer, &error);
  if (twist == ORDER_OTHER_SIGNER && order == NULL)
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
