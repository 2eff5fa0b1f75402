/* The bindings of all contracts, on one devnet with the real EAS.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/marketplace-contract.h"

#include "base/error.h"
#include "chain/contract-error.h"
#include "chain/eas.h"
#include "chain/fees.h"
#include "chain/layaway-contract.h"
#include "chain/license-issuer.h"
#include "chain/listing-consent.h"
#include "chain/purse-contract.h"
#include "chain/sale-event.h"
#include "chain/token.h"
#include "devnet.h"
#include "evm/abi.h"
#include "evm/address.h"
#include "evm/keccak.h"
#include "evm/permit.h"
#include "evm/typed-data.h"

#define PRICE    G_GINT64_CONSTANT (25000000)
#define FAR_UNIX G_GUINT64_CONSTANT (1099511627776)
#define DAY      G_GUINT64_CONSTANT (86400)

static Devnet *net;
static guint n_listings;

static const GmAddress *
address_of (DevnetPerson who)
{
  return &net->people[who]->address;
}

/* Of the devnet's file. */
static GmAddress
external_token (void)
{
  JsonObject *external = json_object_get_object_member (net->json, "external");
  GmAddress address;

  g_assert_true (
      gm_address_parse (json_object_get_string_member (external, "name"), &address, NULL));
  return address;
}

static GmListingTerms
make_terms (const char *title, gboolean exclusive)
{
  GmListingTerms terms = { .exclusive = exclusive, .accept_external = TRUE };
  const GmListingPrice prices[] = { { net->token.address, PRICE }, { external_token (), PRICE } };
  const GmListingPayee payees[] = { { *address_of (DEVNET_SELLER), 9000 },
                                    { *address_of (DEVNET_ADMIN), 1000 } };

  gm_keccak256_text (title, &terms.asset_salt);
  gm_keccak256_text ("manifest", &terms.manifest_hash);
  gm_keccak256_text ("license", &terms.license_hash);
  if (exclusive)
    terms.plan = (GmListingPlan){ 1000, 3, 30 };
  terms.prices = g_array_new (FALSE, FALSE, sizeof prices[0]);
  g_array_append_vals (terms.prices, prices, G_N_ELEMENTS (prices));
  terms.payees = g_array_new (FALSE, FALSE, sizeof payees[0]);
  g_array_append_vals (terms.payees, payees, G_N_ELEMENTS (payees));
  return terms;
}

static GmHash
make_asset_id (const GmHash *salt)
{
  g_autoptr (GmAbi) abi = gm_abi_new ();
  GmHash id;

  gm_abi_add_text (abi, "gm-asset-1");
  gm_abi_add_uint (abi, 64, net->deployment->network.chain_id);
  gm_abi_add_address (abi, &net->marketplace.address);
  gm_abi_add_address (abi, address_of (DEVNET_SELLER));
  gm_abi_add_hash (abi, salt);
  gm_abi_hash (abi, &id);
  return id;
}

/* Version 1 of a listing that is made for it. */
static GmContractOrder
list_and_order (const char *title, gboolean exclusive, DevnetPerson buyer, GmHash *id)
{
  GmListingTerms terms = make_terms (title, exclusive);
  GmContractOrder order = { .salt = { .expires_unix = FAR_UNIX, .max_prior_leases = 5 } };
  const GmU256 listing = gm_u256_from_u64 (++n_listings);
  g_autoptr (GError) error = NULL;

  devnet_send (net, DEVNET_SELLER, &net->marketplace, gm_listing_contract_offer (0, &terms, &error),
               NULL);
  g_assert_no_error (error);
  order.terms = (GmOrderTerms){ .chain_id = net->deployment->network.chain_id,
                                .marketplace = net->marketplace.address,
                                .listing_version = 1,
                                .asset_id = make_asset_id (&terms.asset_salt),
                                .buyer = *address_of (buyer),
                                .payer = *address_of (buyer),
                                .token = net->token.address,
                                .amount_units = PRICE,
                                .manifest_hash = terms.manifest_hash,
                                .license_hash = terms.license_hash };
  gm_u256_to_be (&listing, &order.terms.listing_id);
  gm_hash_random (&order.salt.secret);
  gm_contract_order_seal (&order, id);
  gm_listing_contract_clear (&terms);
  return order;
}

static GmPermitToken
usdc (void)
{
  return (GmPermitToken){ "USD Coin", "2", net->deployment->network.chain_id, net->token.address };
}

static GmContractAuthorization
authorize (DevnetPerson payer, const GmAddress *to, gint64 units, const GmHash *id)
{
  const GmPermitToken token = usdc ();
  const GmPermitTransfer transfer = { .from = *address_of (payer),
                                      .to = *to,
                                      .value = gm_u256_from_u64 ((guint64) units),
                                      .valid_before_unix = FAR_UNIX,
                                      .nonce = *id };
  g_autoptr (JsonObject) typed_data = gm_permit_compose_receive (&token, &transfer);
  GmContractAuthorization paid = { 0, FAR_UNIX, { { 0 } } };

  devnet_sign (net, payer, typed_data, &paid.signature);
  return paid;
}

static GPtrArray *
fetch_logs (const GmHash *tx)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *logs = gm_tx_log_fetch (net->chain, tx, NULL, &error);

  g_assert_no_error (error);
  return logs;
}

/* The one such event of the transaction; its log too, if it is asked for. */
static GmSaleEvent
find_event (const GmHash *tx, GmSaleEventKind kind, const GmContract *contract, GmTxLog **found)
{
  g_autoptr (GPtrArray) logs = fetch_logs (tx);

  for (guint i = 0; i < logs->len; i++)
    {
      g_autoptr (GError) error = NULL;
      GmSaleEvent event;

      if (gm_sale_event_decode (kind, &contract->address, logs->pdata[i], &event, &error))
        {
          if (found != NULL)
            *found = g_ptr_array_steal_index (logs, i);
          return event;
        }
      g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
    }
  g_assert_not_reached ();
}

static guint
read_obstacle (const GmContractOrder *order)
{
  const GmBlock now = devnet_now (net);
  g_autoptr (GError) error = NULL;
  guint obstacle;

  gm_marketplace_contract_obstacle (&net->marketplace, &now, order, &obstacle, NULL, &error);
  g_assert_no_error (error);
  return obstacle;
}

/* What EAS has of the order is what was bought, and the sale is what the event said. */
static void
assert_bought (const GmContractOrder *order, const GmHash *id, const GmHash *tx, guint path)
{
  const GmSaleEvent event = find_event (tx, GM_SALE_PURCHASE_RECORDED, &net->marketplace, NULL);
  const GmBlock now = devnet_now (net);
  const GmU256 price = gm_u256_from_u64 ((guint64) PRICE);
  g_autoptr (GError) error = NULL;
  GmEasAttestation attestation;
  GmMarketplaceSale sale;
  GmEasReceipt receipt;
  guint64 count;
  gboolean licensed;
  GmHash uid;

  g_assert_true (gm_hash_equal (&event.order_id, id));
  g_assert_true (gm_hash_equal (&event.asset_id, &order->terms.asset_id));
  g_assert_true (gm_address_equal (&event.account, &order->terms.buyer));
  g_assert_cmpint (gm_u256_compare (&event.amount, &price), ==, 0);
  g_assert_cmpuint (event.flag, ==, path);

  g_assert_true (
      gm_marketplace_contract_sale_count (&net->marketplace, &now, &count, NULL, &error));
  g_assert_cmpuint (event.number, ==, count - 1);
  gm_marketplace_contract_sale_at (&net->marketplace, &now, event.number, &sale, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gm_hash_equal (&sale.order_id, id)); /* the id from C is that of the contract */
  g_assert_true (gm_address_equal (&sale.buyer, &order->terms.buyer));
  g_assert_true (gm_address_equal (&sale.seller, address_of (DEVNET_SELLER)));
  g_assert_cmpint (sale.amount_units, ==, PRICE);
  g_assert_cmpuint (sale.path, ==, path);

  gm_license_issuer_receipt_of (&net->issuer, &now, id, &uid, NULL, &error);
  g_assert_no_error (error);
  gm_eas_attestation (&net->eas, &now, &uid, &attestation, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gm_address_equal (&attestation.recipient, &order->terms.buyer));
  g_assert_true (attestation.revocable && attestation.expires_unix == 0);
  gm_eas_check_receipt (&attestation, &net->deployment->license_schema, &net->issuer.address,
                        &receipt, &error);
  g_assert_no_error (error);
  g_assert_true (gm_hash_equal (&receipt.order_id, id));
  g_assert_true (gm_hash_equal (&receipt.asset_id, &order->terms.asset_id));
  g_assert_true (gm_hash_equal (&receipt.manifest_hash, &order->terms.manifest_hash));
  g_assert_true (gm_address_equal (&receipt.token, &order->terms.token));
  g_assert_cmpint (receipt.amount_units, ==, PRICE);
  gm_eas_attestation_clear (&attestation);

  gm_license_issuer_is_licensed (&net->issuer, &now, &order->terms.buyer, &order->terms.asset_id,
                                 &licensed, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (licensed);
}

static void
test_a_listing_says_what_was_offered (void)
{
  GmHash id;
  const GmContractOrder order = list_and_order ("offered", TRUE, DEVNET_BUYER, &id);
  g_autoptr (GError) error = NULL;
  GmListingTerms terms, offered = make_terms ("offered", TRUE);
  GmBlock now = devnet_now (net);
  GmListingHead head;
  GmSaleEvent event;
  GmHash tx;

  gm_listing_contract_read (&net->marketplace, &now, n_listings, 1, &terms, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gm_hash_equal (&terms.asset_salt, &offered.asset_salt));
  g_assert_true (terms.exclusive && terms.accept_external);
  g_assert_cmpuint (terms.plan.installments, ==, 3);
  g_assert_cmpuint (terms.fee, ==, 250);
  g_assert_cmpuint (terms.prices->len, ==, 2);
  g_assert_cmpint (g_array_index (terms.prices, GmListingPrice, 0).units, ==, PRICE);
  g_assert_cmpuint (terms.payees->len, ==, 2);
  g_assert_cmpuint (g_array_index (terms.payees, GmListingPayee, 1).share, ==, 1000);
  gm_listing_contract_clear (&terms);
  g_assert_false (
      gm_listing_contract_read (&net->marketplace, &now, 9999, 1, &terms, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);

  devnet_send (net, DEVNET_SELLER, &net->marketplace,
               gm_listing_contract_offer (n_listings, &offered, &error), &tx);
  event = find_event (&tx, GM_SALE_LISTED, &net->marketplace, NULL);
  g_assert_cmpuint (event.number, ==, 2);
  g_assert_true (gm_hash_equal (&event.asset_id, &order.terms.asset_id));
  g_assert_cmpuint (read_obstacle (&order), ==, GM_OBSTACLE_CLOSED); /* of version 1 */

  devnet_send (net, DEVNET_SELLER, &net->marketplace, gm_listing_contract_close (n_listings), &tx);
  find_event (&tx, GM_SALE_CLOSED, &net->marketplace, NULL);
  now = devnet_now (net);
  g_assert_true (
      gm_listing_contract_head (&net->marketplace, &now, n_listings, &head, NULL, &error));
  g_assert_true (!head.open && head.exclusive && head.version == 3);
  g_assert_true (gm_address_equal (&head.seller, address_of (DEVNET_SELLER)));
  devnet_send (net, DEVNET_SELLER, &net->marketplace,
               gm_listing_contract_set_envelope (&offered.asset_salt, &id), &tx);
  event = find_event (&tx, GM_SALE_ENVELOPE_SET, &net->marketplace, NULL);
  g_assert_true (gm_hash_equal (&event.digest, &id));
  gm_listing_contract_clear (&offered);
}

static void
test_an_operator_lists_what_the_seller_signed (void)
{
  GmListingTerms terms = make_terms ("by an operator", FALSE);
  const guint64 chain_id = net->deployment->network.chain_id;
  GmListingConsent consent = { .agent = *address_of (DEVNET_ADMIN),
                               .seller = *address_of (DEVNET_SELLER),
                               .deadline_unix = FAR_UNIX };
  g_autoptr (JsonObject) offer = NULL;
  g_autoptr (JsonObject) close = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *refusal = NULL;
  const GmBlock now = devnet_now (net);
  GmSignature signature;
  GmHash tx;

  gm_listing_contract_nonce (&net->marketplace, &now, &consent.seller, &consent.nonce, NULL,
                             &error);
  g_assert_no_error (error);
  offer = gm_listing_consent_offer (chain_id, &net->marketplace.address, &consent, &terms);
  devnet_sign (net, DEVNET_SELLER, offer, &signature);
  refusal = devnet_refusal (net, DEVNET_RELAYER, &net->marketplace,
                            gm_listing_contract_offer_for (&consent, &terms, &signature, &error));
  g_assert_nonnull (strstr (refusal, "the seller's signature does not fit"));
  devnet_send (net, DEVNET_ADMIN, &net->marketplace,
               gm_listing_contract_offer_for (&consent, &terms, &signature, &error), &tx);
  n_listings++;
  find_event (&tx, GM_SALE_LISTED, &net->marketplace, NULL);

  consent.listing_id = n_listings;
  consent.version = 1;
  consent.nonce++;
  close = gm_listing_consent_close (chain_id, &net->marketplace.address, &consent);
  devnet_sign (net, DEVNET_SELLER, close, &signature);
  devnet_send (net, DEVNET_ADMIN, &net->marketplace,
               gm_listing_contract_close_for (&consent, &signature), &tx);
  find_event (&tx, GM_SALE_CLOSED, &net->marketplace, NULL);
  gm_listing_contract_clear (&terms);
}

static void
test_a_signature_buys (void)
{
  GmHash id, tx;
  const GmContractOrder order = list_and_order ("signature", FALSE, DEVNET_BUYER, &id);
  const GmContractAuthorization paid = authorize (DEVNET_BUYER, &net->marketplace.address, PRICE,
                                                  &id);
  g_autoptr (GError) error = NULL;
  GmBlock now = devnet_now (net);
  gboolean used;

  gm_token_authorization_state (&net->token, &now, address_of (DEVNET_BUYER), &id, &used, NULL,
                                &error);
  g_assert_no_error (error);
  g_assert_false (used);
  g_assert_cmpuint (read_obstacle (&order), ==, GM_OBSTACLE_NONE);
  devnet_send (net, DEVNET_RELAYER, &net->marketplace,
               gm_marketplace_contract_buy_with_authorization (&order, &paid, &error), &tx);
  assert_bought (&order, &id, &tx, 0);
  g_assert_cmpuint (read_obstacle (&order), ==, GM_OBSTACLE_BOUGHT);
  now = devnet_now (net);
  gm_token_authorization_state (&net->token, &now, address_of (DEVNET_BUYER), &id, &used, NULL,
                                &error);
  g_assert_true (used);
}

static void
test_an_allowance_and_a_permit_buy (void)
{
  GmHash id, tx;
  GmContractOrder order = list_and_order ("allowance", FALSE, DEVNET_BUYER, &id);
  const GmU256 price = gm_u256_from_u64 ((guint64) PRICE);
  const GmBlock now = devnet_now (net);
  const GmPermitToken token = usdc ();
  GmPermitAllowance allowance = { .owner = *address_of (DEVNET_BUYER),
                                  .spender = net->marketplace.address,
                                  .value = price,
                                  .deadline_unix = FAR_UNIX };
  GmContractPermit permit = { FAR_UNIX, { { 0 } } };
  g_autoptr (JsonObject) typed_data = NULL;
  g_autoptr (GError) error = NULL;
  GmHash separator, said;
  GmU256 allowed;

  devnet_send (net, DEVNET_BUYER, &net->token, gm_token_approve (&net->marketplace.address, &price),
               NULL);
  devnet_send (net, DEVNET_BUYER, &net->marketplace, gm_marketplace_contract_buy (&order, &error),
               &tx);
  assert_bought (&order, &id, &tx, 1);

  order = list_and_order ("permit", FALSE, DEVNET_BUYER, &id);
  gm_token_nonce (&net->token, &now, &allowance.owner, &allowance.nonce, NULL, &error);
  g_assert_no_error (error);
  typed_data = gm_permit_compose_allowance (&token, &allowance);
  g_assert_true (gm_typed_data_domain (typed_data, &separator, NULL));
  gm_token_domain_separator (&net->token, &now, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gm_hash_equal (&said, &separator));
  devnet_sign (net, DEVNET_BUYER, typed_data, &permit.signature);
  devnet_send (net, DEVNET_BUYER, &net->marketplace,
               gm_marketplace_contract_buy_with_permit (&order, &permit, &error), &tx);
  assert_bought (&order, &id, &tx, 1);

  typed_data = (json_object_unref (typed_data), NULL);
  gm_u256_add (&allowance.nonce, &(GmU256){ { 1 } }, &allowance.nonce, NULL);
  typed_data = gm_permit_compose_allowance (&token, &allowance);
  devnet_sign (net, DEVNET_BUYER, typed_data, &permit.signature);
  devnet_send (net, DEVNET_RELAYER, &net->token, gm_token_permit (&allowance, &permit.signature),
               NULL);
  gm_token_allowance (&net->token, &(GmBlock){ .hash = devnet_now (net).hash }, &allowance.owner,
                      &allowance.spender, &allowed, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gm_u256_compare (&allowed, &price), ==, 0);
  devnet_send (net, DEVNET_BUYER, &net->token,
               gm_token_approve (&net->marketplace.address, &(GmU256){ { 0 } }), NULL);
}

static void
test_what_comes_to_the_settle_address_buys (void)
{
  GmHash id, tx;
  const GmContractOrder order = list_and_order ("settle", FALSE, DEVNET_BUYER, &id);
  const GmU256 price = gm_u256_from_u64 ((guint64) PRICE);
  GmContract settle = { net->chain, { { 0 } } };
  g_autoptr (GError) error = NULL;
  g_autofree char *refusal = NULL;
  GmAddress said;
  GmBlock now = devnet_now (net);
  GmSaleEvent event;
  GmU256 credit;
  const GmContractCall address = { gm_contract_abi_marketplace, "settleAddress", gm_contract_hash,
                                   &id, gm_contract_address };

  gm_purse_contract_settle_address (&net->marketplace.address, &id, &settle.address);
  gm_contract_read (&net->marketplace, &now, &address, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (gm_address_equal (&said, &settle.address));

  devnet_send (net, DEVNET_BUYER, &net->token, gm_token_transfer (&settle.address, &price), NULL);
  refusal = devnet_refusal (net, DEVNET_RELAYER, &net->marketplace,
                            gm_marketplace_contract_recover (&order, &net->token.address, &error));
  g_assert_nonnull (strstr (refusal, "only the buyer takes the money back"));
  devnet_send (net, DEVNET_RELAYER, &net->marketplace,
               gm_marketplace_contract_settle (&order, &error), &tx);
  assert_bought (&order, &id, &tx, 2);

  /* Once more, too late: it is the buyer's, at an account of their choice. */
  devnet_send (net, DEVNET_BUYER, &net->token, gm_token_transfer (&settle.address, &price), NULL);
  devnet_send (net, DEVNET_RELAYER, &net->marketplace,
               gm_marketplace_contract_recover (&order, &net->token.address, &error), &tx);
  find_event (&tx, GM_SALE_CREDITED, &net->marketplace, NULL);
  now = devnet_now (net);
  gm_purse_contract_credit (&net->marketplace, &now, address_of (DEVNET_BUYER), &net->token.address,
                            &credit, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gm_u256_compare (&credit, &price), ==, 0);
  devnet_send (net, DEVNET_BUYER, &net->marketplace,
               gm_purse_contract_claim (&net->token.address, address_of (DEVNET_RECORDER)), &tx);
  event = find_event (&tx, GM_SALE_CLAIMED, &net->marketplace, NULL);
  g_assert_true (gm_address_equal (&event.other, address_of (DEVNET_RECORDER)));
  refusal = (g_free (refusal),
             devnet_refusal (
                 net, DEVNET_BUYER, &net->marketplace,
                 gm_purse_contract_claim (&net->token.address, address_of (DEVNET_BUYER))));
  g_assert_nonnull (strstr (refusal, "there is nothing to be paid out"));
}

static void
test_what_was_paid_elsewhere_is_recorded (void)
{
  GmHash id, tx;
  GmContractOrder order = list_and_order ("external", FALSE, DEVNET_BUYER, &id);
  g_autoptr (GError) error = NULL;

  order.terms.token = external_token ();
  gm_contract_order_seal (&order, &id);
  devnet_send (net, DEVNET_RECORDER, &net->marketplace,
               gm_marketplace_contract_record_external (&order, &error), &tx);
  assert_bought (&order, &id, &tx, 3);
}

static void
test_an_exclusive_is_sold_once (void)
{
  GmHash id, other_id, tx;
  const GmContractOrder order = list_and_order ("exclusive", TRUE, DEVNET_BUYER, &id);
  GmContractOrder other = order;
  GmContractAuthorization paid = authorize (DEVNET_BUYER, &net->marketplace.address, PRICE, &id);
  const GmU256 price = gm_u256_from_u64 ((guint64) PRICE);
  g_autoptr (GError) error = NULL;
  g_autofree char *refusal = NULL;
  GmAddress settle;
  GmSaleEvent event;
  GmU256 before, after;
  GmBlock now = devnet_now (net);

  other.terms.buyer = other.terms.payer = *address_of (DEVNET_OTHER_BUYER);
  gm_contract_order_seal (&other, &other_id);
  gm_purse_contract_settle_address (&net->marketplace.address, &other_id, &settle);
  gm_token_balance (&net->token, &now, address_of (DEVNET_OTHER_BUYER), &before, NULL, &error);
  devnet_send (net, DEVNET_OTHER_BUYER, &net->token, gm_token_transfer (&settle, &price), NULL);
  devnet_send (net, DEVNET_RELAYER, &net->marketplace,
               gm_marketplace_contract_buy_with_authorization (&order, &paid, &error), &tx);
  assert_bought (&order, &id, &tx, 0);

  paid = authorize (DEVNET_OTHER_BUYER, &net->marketplace.address, PRICE, &other_id);
  refusal = devnet_refusal (net, DEVNET_RELAYER, &net->marketplace,
                            gm_marketplace_contract_buy_with_authorization (&other, &paid, &error));
  g_assert_nonnull (strstr (refusal, "it is not for sale any more"));
  devnet_send (net, DEVNET_RELAYER, &net->marketplace,
               gm_marketplace_contract_settle (&other, &error), NULL);
  devnet_send (net, DEVNET_OTHER_BUYER, &net->marketplace,
               gm_purse_contract_claim (&net->token.address, address_of (DEVNET_OTHER_BUYER)),
               NULL);
  now = devnet_now (net);
  gm_token_balance (&net->token, &now, address_of (DEVNET_OTHER_BUYER), &after, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gm_u256_compare (&before, &after), ==, 0);

  devnet_send (net, DEVNET_RELAYER, &net->marketplace,
               gm_purse_contract_distribute (n_listings, 1, &net->token.address), &tx);
  event = find_event (&tx, GM_SALE_DISTRIBUTED, &net->marketplace, NULL);
  g_assert_cmpint (gm_u256_compare (&event.amount, &price), ==, 0);
}

static GmLayaway
read_layaway (const GmHash *id)
{
  const GmBlock now = devnet_now (net);
  g_autoptr (GError) error = NULL;
  GmLayaway layaway;

  gm_layaway_contract_read (&net->escrow, &now, id, &layaway, NULL, &error);
  g_assert_no_error (error);
  return layaway;
}

static gint64
read_amount (const GmContractOrder *order, guint step)
{
  const GmBlock now = devnet_now (net);
  g_autoptr (GError) error = NULL;
  gint64 units;

  gm_layaway_contract_amount (&net->escrow, &now, order, step, &units, NULL, &error);
  g_assert_no_error (error);
  return units;
}

static void
pay_step (const GmContractOrder *order, const GmHash *layaway, guint step, GmHash *tx)
{
  g_autoptr (GError) error = NULL;
  GmContractAuthorization paid;
  GmHash payment;

  gm_layaway_contract_payment_id (layaway, step, &payment);
  paid = authorize (DEVNET_BUYER, &net->escrow.address, read_amount (order, step), &payment);
  devnet_send (
      net, DEVNET_RELAYER, &net->escrow,
      gm_layaway_contract_pay_with_authorization (order, step, &order->terms.buyer, &paid, &error),
      tx);
}

static void
test_a_layaway_is_paid_to_the_end (void)
{
  GmHash id, layaway, tx, payment;
  const GmContractOrder order = list_and_order ("layaway", TRUE, DEVNET_BUYER, &id);
  const GmU256 all = gm_u256_from_u64 ((guint64) PRICE);
  g_autoptr (GError) error = NULL;
  GmContract settle = { net->chain, { { 0 } } };
  GmSaleEvent event;
  GmLayaway read;
  GmBlock now;
  guint64 deadline;

  gm_layaway_contract_id (&order, &net->escrow.address, &layaway);
  g_assert_cmpuint (read_layaway (&layaway).state, ==, GM_LAYAWAY_NONE);
  pay_step (&order, &layaway, 0, &tx);
  event = find_event (&tx, GM_SALE_RESERVED, &net->escrow, NULL);
  g_assert_true (gm_hash_equal (&event.layaway_id, &layaway)); /* as C computes it */
  g_assert_true (gm_hash_equal (&event.order_id, &id));
  read = read_layaway (&layaway);
  g_assert_cmpuint (read.state, ==, GM_LAYAWAY_ACTIVE);
  g_assert_cmpuint (read.next, ==, 1);
  g_assert_cmpint (read.price_units, ==, PRICE);
  g_assert_cmpint (read.paid_units, ==, PRICE / 10);
  g_assert_cmpuint (read.plan.interval_days, ==, 30);
  g_assert_cmpuint (read_obstacle (&order), ==, GM_OBSTACLE_TAKEN);
  now = devnet_now (net);
  gm_layaway_contract_deadline (&net->escrow, &now, &layaway, &deadline, NULL, &error);
  g_assert_cmpuint (deadline, ==, read.start_unix + 37 * DAY);

  devnet_send (net, DEVNET_BUYER, &net->token, gm_token_approve (&net->escrow.address, &all), NULL);
  devnet_send (net, DEVNET_BUYER, &net->escrow, gm_layaway_contract_pay (&order, 1, NULL, &error),
               &tx);
  event = find_event (&tx, GM_SALE_PAYMENT_RECEIVED, &net->escrow, NULL);
  g_assert_cmpuint (event.step.w[0], ==, 1);

  gm_layaway_contract_payment_id (&layaway, 2, &payment);
  gm_purse_contract_settle_address (&net->escrow.address, &payment, &settle.address);
  devnet_send (
      net, DEVNET_BUYER, &net->token,
      gm_token_transfer (&settle.address, &(GmU256){ { (guint64) read_amount (&order, 2) } }),
      NULL);
  devnet_send (net, DEVNET_RELAYER, &net->escrow, gm_layaway_contract_settle (&order, 2, &error),
               NULL);
  pay_step (&order, &layaway, GM_LAYAWAY_REST + 3, &tx);
  event = find_event (&tx, GM_SALE_COMPLETED, &net->escrow, NULL);
  g_assert_true (gm_hash_equal (&event.order_id, &id));
  assert_bought (&order, &id, &tx, 4);
  g_assert_cmpuint (read_layaway (&layaway).state, ==, GM_LAYAWAY_COMPLETED);
}

static void
test_a_layaway_ends_with_the_money_back (void)
{
  static const struct
  {
    GmLayawayEnd how;
    DevnetPerson by;
    GmSaleEventKind event;
    guint state;
  } ends[] = {
    { GM_LAYAWAY_CANCEL, DEVNET_BUYER, GM_SALE_CANCELLED, GM_LAYAWAY_CANCELLED },
    { GM_LAYAWAY_VOID_BY_SELLER, DEVNET_SELLER, GM_SALE_VOIDED, GM_LAYAWAY_VOIDED },
    { GM_LAYAWAY_VOID_BY_ADMIN, DEVNET_ADMIN, GM_SALE_VOIDED, GM_LAYAWAY_VOIDED },
    { GM_LAYAWAY_MARK_DEFAULTED, DEVNET_RELAYER, GM_SALE_DEFAULTED, GM_LAYAWAY_DEFAULTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *title = g_strdup_printf ("ended %u", i);
      GmHash id, layaway, tx;
      const GmContractOrder order = list_and_order (title, TRUE, DEVNET_BUYER, &id);
      g_autofree char *refusal = NULL;
      GmSaleEvent event;

      gm_layaway_contract_id (&order, &net->escrow.address, &layaway);
      pay_step (&order, &layaway, 0, &tx);
      if (ends[i].how == GM_LAYAWAY_MARK_DEFAULTED)
        {
          refusal = devnet_refusal (net, ends[i].by, &net->escrow,
                                    gm_layaway_contract_end (ends[i].how, &layaway));
          g_assert_nonnull (strstr (refusal, "the layaway can still be paid"));
          devnet_pass (net, 38 * DAY);
        }
      devnet_send (net, ends[i].by, &net->escrow, gm_layaway_contract_end (ends[i].how, &layaway),
                   &tx);
      find_event (&tx, ends[i].event, &net->escrow, NULL);
      event = find_event (&tx, GM_SALE_REFUNDED, &net->escrow, NULL);
      g_assert_cmpuint (event.amount.w[0], ==,
                        ends[i].state == GM_LAYAWAY_VOIDED ? (guint64) PRICE / 10 : 0);
      g_assert_cmpuint (read_layaway (&layaway).state, ==, ends[i].state);
      g_assert_cmpuint (read_obstacle (&order), ==, GM_OBSTACLE_NONE); /* free again */
    }
}

static void
test_what_is_timestamped_was_there (void)
{
  g_autoptr (GError) error = NULL;
  GmBlock now = devnet_now (net);
  guint64 when;
  GmHash head;

  gm_hash_random (&head);
  gm_eas_read_timestamp (&net->eas, &now, &head, &when, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (when, ==, 0);
  devnet_send (net, DEVNET_ADMIN, &net->eas, gm_eas_timestamp (&head), NULL);
  now = devnet_now (net);
  gm_eas_read_timestamp (&net->eas, &now, &head, &when, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (when, ==, now.time);
}

static void
test_a_revoked_license_is_none (void)
{
  GmHash id, tx, uid;
  const GmContractOrder order = list_and_order ("revoked", FALSE, DEVNET_OTHER_BUYER, &id);
  const GmContractAuthorization paid = authorize (DEVNET_OTHER_BUYER, &net->marketplace.address,
                                                  PRICE, &id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) licenses = NULL;
  const GmLicenseIssuerLicense *last;
  GmEasAttestation attestation;
  GmEasReceipt receipt;
  GmSaleEvent event;
  gboolean licensed;
  GmBlock now;

  devnet_send (net, DEVNET_RELAYER, &net->marketplace,
               gm_marketplace_contract_buy_with_authorization (&order, &paid, &error), &tx);
  event = find_event (&tx, GM_SALE_LICENSE_ISSUED, &net->issuer, NULL);
  g_assert_true (gm_hash_equal (&event.order_id, &id));
  devnet_send (net, DEVNET_ADMIN, &net->issuer,
               gm_license_issuer_revoke (&id, "charged back: “Tide”"), &tx);
  event = find_event (&tx, GM_SALE_LICENSE_REVOKED, &net->issuer, NULL);
  g_assert_cmpstr (event.reason, ==, "charged back: “Tide”");
  gm_sale_event_clear (&event);

  now = devnet_now (net);
  gm_license_issuer_is_licensed (&net->issuer, &now, &order.terms.buyer, &order.terms.asset_id,
                                 &licensed, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (licensed);
  licenses = gm_license_issuer_licenses_of (&net->issuer, &now, &order.terms.buyer, 0, 100, NULL,
                                            &error);
  g_assert_no_error (error);
  last = &g_array_index (licenses, GmLicenseIssuerLicense, licenses->len - 1);
  g_assert_true (last->revoked && gm_hash_equal (&last->order_id, &id));
  gm_license_issuer_receipt_of (&net->issuer, &now, &id, &uid, NULL, &error);
  g_assert_true (gm_hash_equal (&last->uid, &uid));
  gm_eas_attestation (&net->eas, &now, &uid, &attestation, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (gm_eas_check_receipt (&attestation, &net->deployment->license_schema,
                                        &net->issuer.address, &receipt, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_clear_error (&error);
  attestation.revoked_unix = 0;
  g_assert_false (gm_eas_check_receipt (&attestation, &net->deployment->license_schema,
                                        address_of (DEVNET_ADMIN), &receipt, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  gm_eas_attestation_clear (&attestation);
  g_clear_error (&error);
  g_assert_false (gm_eas_attestation (&net->eas, &now, &id, &attestation, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

static void
test_a_foreign_answer_is_refused (void)
{
  const GmContract nobody = { net->chain, { { 1, 2, 3 } } };
  const GmBlock now = devnet_now (net);
  g_autoptr (GError) error = NULL;
  GmMarketplaceSale sale;
  guint64 count = 7;

  g_assert_false (gm_marketplace_contract_sale_count (&nobody, &now, &count, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gm_marketplace_contract_sale_count (&net->token, &now, &count, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
  g_clear_error (&error);
  g_assert_cmpuint (count, ==, 7);
  g_assert_false (
      gm_marketplace_contract_sale_at (&net->marketplace, &now, 1 << 20, &sale, NULL, &error));
  g_assert_nonnull (strstr (error->message, "NoSuchSale"));
}

static void
test_a_log_is_read_to_the_byte (void)
{
  GmHash id, tx;
  const GmContractOrder order = list_and_order ("logged", FALSE, DEVNET_OTHER_BUYER, &id);
  const GmContractAuthorization paid = authorize (DEVNET_OTHER_BUYER, &net->marketplace.address,
                                                  PRICE, &id);
  g_autoptr (GmTxLog) log = NULL;
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  GBytes *whole;
  GmSaleEvent event;

  devnet_send (net, DEVNET_RELAYER, &net->marketplace,
               gm_marketplace_contract_buy_with_authorization (&order, &paid, &error), &tx);
  find_event (&tx, GM_SALE_PURCHASE_RECORDED, &net->marketplace, &log);
  g_assert_true (gm_hash_equal (&log->tx, &tx));

  whole = log->data;
  for (gsize n = 0; n < g_bytes_get_size (whole); n += 31)
    {
      log->data = g_bytes_new_from_bytes (whole, 0, n);
      g_assert_false (gm_sale_event_decode (GM_SALE_PURCHASE_RECORDED, &net->marketplace.address,
                                            log, &event, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_clear_error (&error);
      g_bytes_unref (log->data);
    }
  g_byte_array_append (longer, g_bytes_get_data (whole, NULL), (guint) g_bytes_get_size (whole));
  g_byte_array_set_size (longer, longer->len + 32);
  log->data = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  g_assert_false (gm_sale_event_decode (GM_SALE_PURCHASE_RECORDED, &net->marketplace.address, log,
                                        &event, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_bytes_unref (log->data);
  log->data = whole;
  g_assert_false (
      gm_sale_event_decode (GM_SALE_PURCHASE_RECORDED, &net->escrow.address, log, &event, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  log->n_topics--;
  g_assert_false (gm_sale_event_decode (GM_SALE_PURCHASE_RECORDED, &net->marketplace.address, log,
                                        &event, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

static void
test_the_deployment_is_asked_of_the_chain (void)
{
  GmDeployment wrong = *net->deployment;
  g_autoptr (GError) error = NULL;

  gm_deployment_check (net->deployment, net->chain, NULL, &error);
  g_assert_no_error (error);
  wrong.escrow = net->marketplace.address;
  g_assert_false (gm_deployment_check (&wrong, net->chain, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "Base: Marketplace: "));
  g_clear_error (&error);
  wrong.marketplace = (GmAddress){ { 9 } };
  g_assert_false (gm_deployment_check (&wrong, net->chain, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_NOT_FOUND);
}

/* Base asks for what goes to Ethereum, and so does the devnet. */
static void
test_the_devnet_asks_for_its_data (void)
{
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);
  g_autoptr (GError) error = NULL;
  GmFees fees;

  tx->chain_id = net->deployment->network.chain_id;
  tx->to = *address_of (DEVNET_SELLER);
  gm_fees_estimate (net->chain, address_of (DEVNET_BUYER), tx, &fees, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (gm_u256_is_zero (&fees.l1_fee));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  net = devnet_new ();
  g_test_add_func ("/deployment/is-asked-of-the-chain", test_the_deployment_is_asked_of_the_chain);
  g_test_add_func ("/fees/the-devnet-asks-for-its-data", test_the_devnet_asks_for_its_data);
  g_test_add_func ("/listing-contract/says-what-was-offered", test_a_listing_says_what_was_offered);
  g_test_add_func ("/listing-consent/an-operator-lists-what-the-seller-signed",
                   test_an_operator_lists_what_the_seller_signed);
  g_test_add_func ("/marketplace-contract/a-signature-buys", test_a_signature_buys);
  g_test_add_func ("/token/an-allowance-and-a-permit-buy", test_an_allowance_and_a_permit_buy);
  g_test_add_func ("/purse-contract/what-comes-to-the-settle-address-buys",
                   test_what_comes_to_the_settle_address_buys);
  g_test_add_func ("/marketplace-contract/what-was-paid-elsewhere-is-recorded",
                   test_what_was_paid_elsewhere_is_recorded);
  g_test_add_func ("/marketplace-contract/an-exclusive-is-sold-once",
                   test_an_exclusive_is_sold_once);
  g_test_add_func ("/eas/what-is-timestamped-was-there", test_what_is_timestamped_was_there);
  g_test_add_func ("/license-issuer/a-revoked-license-is-none", test_a_revoked_license_is_none);
  g_test_add_func ("/contract/a-foreign-answer-is-refused", test_a_foreign_answer_is_refused);
  g_test_add_func ("/sale-event/a-log-is-read-to-the-byte", test_a_log_is_read_to_the_byte);
  g_test_add_func ("/layaway-contract/is-paid-to-the-end", test_a_layaway_is_paid_to_the_end);
  g_test_add_func ("/layaway-contract/ends-with-the-money-back",
                   test_a_layaway_ends_with_the_money_back);
  status = g_test_run ();
  devnet_free (net);
  return status;
}
