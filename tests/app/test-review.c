/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review.h"

#include <string.h>

#include "app/fact.h"
#include "base/error.h"
#include "base/json.h"
#include "chain/listing-consent.h"
#include "chain/network.h"
#include "evm/abi.h"
#include "evm/address.h"
#include "evm/permit.h"
#include "evm/siwe.h"
#include "licenses/key-request.h"
#include "payments/order.h"

#define BASE     8453
#define USDC     "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"
#define ACCOUNT  "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
#define FRIEND   "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
#define MARKET   "0x90F79bf6EB2c4f870365E785982E1f101E93b906"
#define ISSUER   "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"
#define EAS      "0x4200000000000000000000000000000000000021"
#define OWNER    "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc"
#define NOBODY   "0x0000000000000000000000000000000000000000"
#define DEADLINE 1764086520 /* 25 November 2025, 16:02 UTC */
#define LOCAL    "4294967297"
#define ASSET    "0x1234000000000000000000000000000000000000000000000000000000005678"
#define HASH     "0xabcd00000000000000000000000000000000000000000000000000000000ef01"
#define ZERO     "0x0000000000000000000000000000000000000000000000000000000000000000"

static GmAddress
address (const char *text)
{
  GmAddress parsed;

  g_assert_true (gm_address_parse (text, &parsed, NULL));
  return parsed;
}

static GmDescriptor
make_store (guint64 chain_id)
{
  GmDescriptor store = { .name = (char *) "Night Records", .chain_id = chain_id };

  store.issuer = address (ISSUER);
  store.owner = address (OWNER);
  if (chain_id != BASE)
    return store;
  store.marketplace = address (MARKET);
  store.eas_contract = address (EAS);
  return store;
}

static GmReview *
review_as (const GmSignable *what, const GmReviewContext *context)
{
  g_autoptr (GError) error = NULL;
  GmReview *review = gm_review_new (what, context, &error);

  g_assert_no_error (error);
  return review;
}

static GmReviewContext
make_context (const GmDescriptor *store)
{
  return (GmReviewContext){ .chain_id = store != NULL ? store->chain_id : BASE,
                            .account = address (ACCOUNT),
                            .store = store };
}

static JsonObject *
parse (const char *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  JsonObject *object = gm_json_parse_object (bytes, 1 << 20, &error);

  g_assert_no_error (error);
  return object;
}

static GmReview *
review_data (JsonObject *typed_data)
{
  const GmDescriptor store = make_store (BASE);
  const GmReviewContext context = make_context (&store);

  return review_as (&(GmSignable){ GM_SIGNABLE_TYPED_DATA, .typed_data = typed_data }, &context);
}

static GmReview *
review_json (const char *json)
{
  g_autoptr (JsonObject) object = parse (json);

  return review_data (object);
}

static GmReview *
review_tx (const GmTx *tx)
{
  const GmReviewContext context = make_context (NULL);

  return review_as (&(GmSignable){ GM_SIGNABLE_TX, .tx = tx }, &context);
}

/* The refusal of what must not be signed. */
static void
assert_denied (const GmSignable *what, const char *words)
{
  const GmReviewContext context = make_context (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_review_new (what, &context, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, words));
}

static const char *
find_fact (GmReview *review, const char *label)
{
  GListModel *facts = gm_review_get_facts (review);

  for (guint i = 0; i < g_list_model_get_n_items (facts); i++)
    {
      g_autoptr (GmFact) fact = g_list_model_get_item (facts, i);

      if (g_str_equal (gm_fact_get_label (fact), label))
        return gm_fact_get_value (fact);
    }
  return NULL;
}

static void
assert_danger (GmReview *review, const char *words)
{
  g_assert_nonnull (gm_review_get_danger (review));
  g_assert_nonnull (strstr (gm_review_get_danger (review), words));
}

/* { name, type } of a list of "type name" */
static char *
list_members (const char *members)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (members, ",", -1);

  for (guint i = 0; parts[i] != NULL && *parts[i] != '\0'; i++)
    {
      const char *space = strchr (parts[i], ' ');

      g_string_append_printf (out, "%s{\"name\":\"%s\",\"type\":\"%.*s\"}", i > 0 ? "," : "",
                              space + 1, (int) (space - parts[i]), parts[i]);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
compose (const char *domain, const char *type, const char *members, const char *message)
{
  g_autofree char *list = list_members (members);

  return g_strdup_printf (
      "{\"types\":{\"EIP712Domain\":[{\"name\":\"name\",\"type\":\"string\"},"
      "{\"name\":\"version\",\"type\":\"string\"},{\"name\":\"chainId\",\"type\":\"uint256\"},"
      "{\"name\":\"verifyingContract\",\"type\":\"address\"}],\"%s\":[%s]},"
      "\"primaryType\":\"%s\",\"domain\":{%s},\"message\":{%s}}",
      type, list, type, domain, message);
}

#define DOMAIN(name, version, chain, contract)                                                     \
  "\"name\":\"" name "\",\"version\":\"" version "\",\"chainId\":" chain                           \
  ",\"verifyingContract\":\"" contract "\""

static char *
compose_order (const char *chain, const char *market, const char *token, const char *buyer)
{
  g_autofree char *domain = g_strdup_printf (DOMAIN ("GotMusic", "1", "%s", "%s"), chain, market);
  g_autofree char *message = g_strdup_printf (
      "\"chainId\":%s,\"marketplace\":\"%s\",\"listingId\":\"" ASSET "\",\"listingVersion\":3,"
      "\"assetId\":\"" ASSET "\",\"buyer\":\"%s\",\"payer\":\"%s\",\"token\":\"%s\","
      "\"amount\":\"12000000\",\"manifestHash\":\"" HASH "\",\"licenseHash\":\"" HASH
      "\",\"salt\":\"" HASH "\"",
      chain, market, buyer, buyer, token);

  return compose (domain, "Order",
                  "uint256 chainId,address marketplace,uint256 listingId,uint64 listingVersion,"
                  "bytes32 assetId,address buyer,address payer,address token,uint256 amount,"
                  "bytes32 manifestHash,bytes32 licenseHash,bytes32 salt",
                  message);
}

static void
test_an_order_says_what_is_bought_for_how_much (void)
{
  g_autofree char *json = compose_order ("8453", MARKET, USDC, ACCOUNT);
  g_autoptr (JsonObject) object = parse (json);
  const GmSignable what = { GM_SIGNABLE_TYPED_DATA, .typed_data = object };
  const GmDescriptor store = make_store (BASE);
  GmReviewContext context = make_context (&store);
  g_autoptr (GmReview) unnamed = review_as (&what, &context);
  g_autoptr (GmReview) named = NULL;

  g_assert_cmpstr (gm_review_get_sentence (unnamed), ==, "Buy asset 0x1234…5678 for 12.00 USDC");
  g_assert_null (gm_review_get_danger (unnamed));

  context.title = "Night Drive";
  named = review_as (&what, &context);
  g_assert_cmpstr (gm_review_get_sentence (named), ==, "Buy “Night Drive” for 12.00 USDC");
  g_assert_null (gm_review_get_danger (named));
  g_assert_cmpstr (find_fact (named, "Price"), ==, "12.00 USDC");
  g_assert_cmpstr (find_fact (named, "Asset"), ==, ASSET);
  g_assert_cmpstr (find_fact (named, "Buyer"), ==, "your account (" ACCOUNT ")");
  g_assert_cmpstr (find_fact (named, "Contract"), ==,
                   "marketplace of “Night Records” (" MARKET ")");
  g_assert_cmpstr (find_fact (named, "Network"), ==, "Base (8453)");
  g_assert_nonnull (strstr (gm_review_get_raw (named), "\"salt\" : \"" HASH "\""));
}

typedef struct
{
  GmSigner signer;
  GmDescriptor store;
  GmReview *review;
} Reader;

/* Reads instead of signing. */
static gboolean
read_instead (const GmSigner *signer, const GmSignable *what, GmSignature *out, GError **error)
{
  Reader *self = signer->data;
  const GmReviewContext context = make_context (&self->store);

  self->review = review_as (what, &context);
  memset (out, 0, sizeof *out);
  return TRUE;
}

static void
check_read (Reader *self, const char *sentence)
{
  g_assert_nonnull (self->review);
  g_assert_true (g_str_has_prefix (gm_review_get_sentence (self->review), sentence));
  g_assert_null (gm_review_get_danger (self->review));
  g_clear_object (&self->review);
}

static void
test_what_the_program_signs_is_understood (void)
{
  Reader reader = { .signer = { address (ACCOUNT), read_instead, &reader },
                    .store = make_store (BASE) };
  const GmOrderTerms terms = { .chain_id = BASE,
                               .marketplace = address (MARKET),
                               .buyer = address (ACCOUNT),
                               .payer = address (ACCOUNT),
                               .token = address (USDC),
                               .amount_units = 1500000 };
  g_autoptr (GmOrder) order = gm_order_new (&terms, "USDC", &reader.signer, NULL);
  GmKeyDelegate delegate = { .session_key = address (FRIEND), .expires_at = DEADLINE };
  GmKeyRequest request = { .buyer = address (ACCOUNT), .expires_at = DEADLINE };
  GmAttestation attestation = { .chain_id = BASE,
                                .contract = address (EAS),
                                .eas_version = (char *) GM_ATTESTATION_EAS_VERSION,
                                .recipient = address (FRIEND),
                                .time = DEADLINE };

  check_read (&reader, "Buy asset 0x0000…0000 for 1.50 USDC");
  g_assert_true (
      gm_key_delegate_sign (&delegate, BASE, &reader.store.issuer, &reader.signer, NULL));
  check_read (&reader, "Let this computer fetch the keys of everything you bought");
  g_assert_true (gm_key_request_sign (&request, BASE, &reader.store.issuer, &reader.signer, NULL));
  check_read (&reader, "Ask for the key of");
  attestation.data = g_bytes_new ("a", 1);
  g_assert_true (gm_attestation_sign (&attestation, &reader.signer, NULL));
  check_read (&reader, "Attest something about " FRIEND);
  g_bytes_unref (attestation.data);
}

static void
test_a_seller_is_told_what_an_operator_may_close (void)
{
  const GmAddress market = address (MARKET);
  const GmListingConsent consent = {
    .listing_id = 7, .version = 2, .agent = address (FRIEND), .deadline_unix = DEADLINE
  };
  g_autoptr (JsonObject) close = gm_listing_consent_close (BASE, &market, &consent);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), close);
  g_autofree char *json = json_to_string (node, FALSE);
  g_autoptr (GmReview) review = review_json (json);

  g_assert_true (
      g_str_has_prefix (gm_review_get_sentence (review), "Let " FRIEND " close listing 7 until "));
  g_assert_cmpstr (find_fact (review, "Version of the listing"), ==, "2");
  g_assert_null (gm_review_get_danger (review));
}

/* What cannot be told in words yet is not signed as if it were harmless. */
static void
test_a_listing_in_another_name_is_danger (void)
{
  const GmAddress market = address (MARKET);
  const GmListingConsent consent = { .agent = address (FRIEND), .deadline_unix = DEADLINE };
  const GmListingTerms terms = { .exclusive = TRUE };
  g_autoptr (JsonObject) offer = gm_listing_consent_offer (BASE, &market, &consent, &terms);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), offer);
  g_autofree char *json = json_to_string (node, FALSE);
  g_autoptr (GmReview) review = review_json (json);

  g_test_message ("%s: %s", gm_review_get_sentence (review), gm_review_get_danger (review));
  g_assert_nonnull (gm_review_get_danger (review));
}

static void
test_an_order_that_is_not_ours_is_danger (void)
{
  g_autofree char *token = compose_order ("8453", MARKET, FRIEND, ACCOUNT);
  g_autofree char *market = compose_order ("8453", FRIEND, USDC, ACCOUNT);
  g_autofree char *buyer = compose_order ("8453", MARKET, USDC, FRIEND);
  g_autoptr (GmReview) of_token = review_json (token);
  g_autoptr (GmReview) of_market = review_json (market);
  g_autoptr (GmReview) of_buyer = review_json (buyer);

  assert_danger (of_token, FRIEND " is not a token");
  g_assert_cmpstr (find_fact (of_token, "Price"), ==, "12000000 units of " FRIEND);
  assert_danger (of_market, FRIEND " is not a contract");
  assert_danger (of_buyer, FRIEND ", which is not your account");
}

static void
test_a_local_store_has_test_money (void)
{
  g_autofree char *json = compose_order (LOCAL, NOBODY, NOBODY, ACCOUNT);
  g_autoptr (JsonObject) object = parse (json);
  const GmSignable what = { GM_SIGNABLE_TYPED_DATA, .typed_data = object };
  const GmDescriptor store = make_store (G_GUINT64_CONSTANT (4294967297));
  GmReviewContext context = make_context (&store);
  g_autoptr (GmReview) plain = review_as (&what, &context);
  g_autoptr (GmReview) priced = NULL;

  g_assert_null (gm_review_get_danger (plain));
  g_assert_cmpstr (find_fact (plain, "Price"), ==, "12000000 units of test money");
  g_assert_cmpstr (find_fact (plain, "Contract"), ==, "None: a local store keeps its own books");
  g_assert_cmpstr (find_fact (plain, "Network"), ==, "Local store (" LOCAL ", test money)");

  context.currency = "PYUSD";
  priced = review_as (&what, &context);
  g_assert_cmpstr (find_fact (priced, "Price"), ==, "12.00 PYUSD");
}

static void
test_another_chain_is_denied (void)
{
  g_autofree char *json = compose_order ("1", MARKET, USDC, ACCOUNT);
  g_autoptr (JsonObject) object = parse (json);
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);

  assert_denied (&(GmSignable){ GM_SIGNABLE_TYPED_DATA, .typed_data = object },
                 "another network (1) than the one in use (Base)");
  tx->chain_id = 1;
  assert_denied (&(GmSignable){ GM_SIGNABLE_TX, .tx = tx }, "another network");
}

static void
test_no_chain_is_danger (void)
{
  g_autoptr (GmReview) review = review_json (
      "{\"types\":{\"EIP712Domain\":[{\"name\":\"name\",\"type\":\"string\"}],"
      "\"Hello\":[{\"name\":\"to\",\"type\":\"string\"}]},\"primaryType\":\"Hello\","
      "\"domain\":{\"name\":\"X\"},\"message\":{\"to\":\"you\"}}");
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_LEGACY);
  g_autoptr (GmReview) old = review_tx (tx);

  assert_danger (review, "valid on every one");
  assert_danger (review, "names no contract");
  assert_danger (old, "valid on every one");
}

static void
test_messages_of_keys_are_understood (void)
{
  static const char members[] = "address buyer,bytes32 scope,address sessionKey,uint64 expiresAt";
  static const char form[] = "\"buyer\":\"" ACCOUNT "\",\"scope\":\"%s\",\"sessionKey\":\"" FRIEND
                             "\",\"expiresAt\":%d";
  static const char domain[] = DOMAIN ("GotMusic Keys", "1", "8453", ISSUER);
  g_autofree char *all_message = g_strdup_printf (form, ZERO, DEADLINE);
  g_autofree char *one_message = g_strdup_printf (form, HASH, DEADLINE);
  g_autofree char *all_json = compose (domain, "KeyDelegate", members, all_message);
  g_autofree char *one_json = compose (domain, "KeyDelegate", members, one_message);
  g_autofree char *ask_json = compose (
      domain, "KeyRequest",
      "bytes32 assetId,bytes32 orderId,bytes32 uid,address buyer,bytes32 responseKey,"
      "bytes32 nonce,uint64 issuedAt,uint64 expiresAt",
      "\"assetId\":\"" ASSET "\",\"orderId\":\"" HASH "\",\"uid\":\"" HASH "\",\"buyer\":\"" ACCOUNT
      "\",\"responseKey\":\"" HASH "\",\"nonce\":\"" HASH
      "\",\"issuedAt\":1764086520,\"expiresAt\":1764086520");
  g_autoptr (GmReview) all = review_json (all_json);
  g_autoptr (GmReview) one = review_json (one_json);
  g_autoptr (GmReview) ask = review_json (ask_json);

  g_assert_cmpstr (gm_review_get_sentence (all), ==,
                   "Let this computer fetch the keys of everything you bought until "
                   "25 November 2025, 16:02");
  g_assert_cmpstr (gm_review_get_sentence (one), ==,
                   "Let this computer fetch the keys of 0xabcd…ef01 until "
                   "25 November 2025, 16:02");
  g_assert_cmpstr (find_fact (one, "For"), ==, HASH);
  g_assert_cmpstr (gm_review_get_sentence (ask), ==, "Ask for the key of 0x1234…5678");
  g_assert_null (gm_review_get_danger (all));
  g_assert_null (gm_review_get_danger (one));
  g_assert_null (gm_review_get_danger (ask));
}

static void
test_attestations_are_understood (void)
{
  g_autofree char *json = compose (
      DOMAIN ("EAS Attestation", "1.0.1", "8453", EAS), "Attest",
      "uint16 version,bytes32 schema,address recipient,uint64 time,uint64 expirationTime,"
      "bool revocable,bytes32 refUID,bytes data,bytes32 salt",
      "\"version\":2,\"schema\":\"" HASH "\",\"recipient\":\"" FRIEND
      "\",\"time\":1764086520,\"expirationTime\":0,\"revocable\":true,\"refUID\":\"" ZERO
      "\",\"data\":\"0x01\",\"salt\":\"" HASH "\"");
  g_autoptr (GmReview) review = review_json (json);

  g_assert_cmpstr (gm_review_get_sentence (review), ==, "Attest something about " FRIEND);
  g_assert_null (gm_review_get_danger (review));
  g_assert_cmpstr (find_fact (review, "Valid until"), ==, "Not set");
  g_assert_cmpstr (find_fact (review, "May be revoked"), ==, "true");
  g_assert_cmpstr (find_fact (review, "Content"), ==, "0x01");
}

static GmPermitToken
make_token (const char *contract)
{
  return (GmPermitToken){ "USD Coin", "2", BASE, address (contract) };
}

static void
test_payments_by_message_are_understood (void)
{
  const GmPermitToken token = make_token (USDC);
  GmPermitTransfer transfer = { .from = address (ACCOUNT),
                                .to = address (FRIEND),
                                .value = gm_u256_from_u64 (2500000),
                                .valid_before_unix = DEADLINE };
  const GmHash nonce = { { 7 } };
  g_autoptr (JsonObject) send = gm_permit_compose_transfer (&token, &transfer);
  g_autoptr (JsonObject) take = gm_permit_compose_receive (&token, &transfer);
  g_autoptr (JsonObject) cancel = gm_permit_compose_cancel (&token, &transfer.from, &nonce);
  g_autoptr (JsonObject) endless = NULL;
  g_autoptr (GmReview) sent = review_data (send);
  g_autoptr (GmReview) taken = review_data (take);
  g_autoptr (GmReview) cancelled = review_data (cancel);
  g_autoptr (GmReview) forever = NULL;

  g_assert_cmpstr (gm_review_get_sentence (sent), ==, "Send 2.50 USDC to " FRIEND);
  g_assert_cmpstr (find_fact (sent, "Valid until"), ==, "25 November 2025, 16:02");
  g_assert_cmpstr (gm_review_get_sentence (taken), ==, "Let " FRIEND " take 2.50 USDC");
  g_assert_cmpstr (gm_review_get_sentence (cancelled), ==,
                   "Take back a payment that was signed and not used");
  g_assert_null (gm_review_get_danger (sent));
  g_assert_null (gm_review_get_danger (taken));
  g_assert_null (gm_review_get_danger (cancelled));

  transfer.valid_before_unix = G_MAXUINT64;
  endless = gm_permit_compose_transfer (&token, &transfer);
  forever = review_data (endless);
  assert_danger (forever, "valid for ever");
}

static JsonObject *
make_permit (const char *spender, const char *amount)
{
  const GmPermitToken token = make_token (USDC);
  GmPermitAllowance allowance = { .owner = address (ACCOUNT),
                                  .spender = address (spender),
                                  .deadline_unix = DEADLINE };

  g_assert_true (gm_u256_parse (amount, &allowance.value, NULL));
  return gm_permit_compose_allowance (&token, &allowance);
}

#define HALF "0x8000000000000000000000000000000000000000000000000000000000000000"
#define MOST "0x100000000000000000000" /* 2^80: no token has so much to take */
#define LESS "0xffffffffffffffffffff"

static void
test_approvals_without_end_have_many_names (void)
{
  static const char *const names[] = { MOST, "0xffffffffffffffffffffffff",   /* uint96 */
                                       "0xffffffffffffffffffffffffffffffff", /* uint128 */
                                       "0xffffffffffffffffffffffffffffffffffffffff",
                                       "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffff"
                                       "ffffffffff" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonObject) permit = make_permit (MARKET, names[i]);

      assert_denied (&(GmSignable){ GM_SIGNABLE_TYPED_DATA, .typed_data = permit },
                     "take all your USDC");
    }
}

/* A name says who it is, not that it is a contract. */
static void
test_persons_are_no_contracts (void)
{
  g_autoptr (JsonObject) owner = make_permit (OWNER, "5000000");
  g_autoptr (JsonObject) own = make_permit (ACCOUNT, "5000000");
  g_autoptr (GmReview) to_owner = review_data (owner);
  g_autoptr (GmReview) to_self = review_data (own);

  assert_danger (to_owner, "is not a contract");
  assert_danger (to_self, "is not a contract");
}

/* The year 9999 ends earlier in the east: what cannot be written there has no end. */
static void
test_the_last_date_is_without_end_in_the_east (void)
{
  const GmPermitToken token = make_token (USDC);
  const GmPermitTransfer transfer = { .from = address (ACCOUNT),
                                      .to = address (FRIEND),
                                      .value = gm_u256_from_u64 (2500000),
                                      .valid_before_unix = G_GUINT64_CONSTANT (253402300799) };
  g_autoptr (JsonObject) send = gm_permit_compose_transfer (&token, &transfer);
  g_autoptr (GmReview) here = NULL;

  g_setenv ("TZ", "Pacific/Kiritimati", TRUE);
  here = review_data (send);
  g_setenv ("TZ", "UTC", TRUE);
  g_assert_cmpstr (find_fact (here, "Valid until"), ==, "Without end");
  assert_danger (here, "valid for ever");
}

static void
test_approvals_name_an_amount (void)
{
  g_autoptr (JsonObject) exact = make_permit (MARKET, "5000000");
  g_autoptr (JsonObject) stranger = make_permit (FRIEND, "5000000");
  g_autoptr (JsonObject) large = make_permit (MARKET, LESS);
  g_autoptr (JsonObject) endless = make_permit (MARKET, HALF);
  g_autoptr (GmReview) good = review_data (exact);
  g_autoptr (GmReview) strange = review_data (stranger);
  g_autoptr (GmReview) much = review_data (large);

  g_assert_cmpstr (gm_review_get_sentence (good), ==,
                   "Allow marketplace of “Night Records” to take up to 5.00 USDC until "
                   "25 November 2025, 16:02");
  g_assert_null (gm_review_get_danger (good));
  assert_danger (strange, FRIEND " is not a contract");
  g_assert_true (g_str_has_suffix (find_fact (much, "Amount"), ".706175 USDC")); /* all digits */
  assert_denied (&(GmSignable){ GM_SIGNABLE_TYPED_DATA, .typed_data = endless },
                 "take all your USDC");
}

static GmTx *
make_call (const char *contract, const char *function, const char *who, const char *amount)
{
  GmTx *tx = gm_tx_new (GM_TX_FEE_MARKET);
  g_autoptr (GmAbi) abi = gm_abi_new ();
  const GmAddress first = address (who);
  GmU256 second;

  g_assert_true (gm_u256_parse (amount, &second, NULL));
  gm_abi_add_address (abi, &first);
  gm_abi_add_u256 (abi, &second);
  g_bytes_unref (tx->data);
  tx->data = gm_abi_encode_call (abi, function);
  tx->chain_id = BASE;
  tx->to = address (contract);
  tx->gas = 100000;
  tx->fee = gm_u256_from_u64 (1000000000);
  return tx;
}

#define TRANSFER "transfer(address,uint256)"
#define APPROVE  "approve(address,uint256)"

static void
test_calls_of_tokens_are_understood (void)
{
  g_autoptr (GmTx) send = make_call (USDC, TRANSFER, FRIEND, "2500000");
  g_autoptr (GmTx) other = make_call (FRIEND, TRANSFER, ACCOUNT, "2500000");
  g_autoptr (GmTx) allow = make_call (USDC, APPROVE, FRIEND, "0");
  g_autoptr (GmTx) endless = make_call (USDC, APPROVE, FRIEND, HALF);
  g_autoptr (GmReview) sent = review_tx (send);
  g_autoptr (GmReview) strange = review_tx (other);
  g_autoptr (GmReview) allowed = review_tx (allow);
  g_autoptr (GmReview) paid = NULL;

  g_assert_cmpstr (gm_review_get_sentence (sent), ==, "Send 2.50 USDC to " FRIEND);
  g_assert_null (gm_review_get_danger (sent));
  g_assert_cmpstr (find_fact (sent, "Contract"), ==, "USDC (" USDC ")");
  g_assert_cmpstr (find_fact (sent, "Fee, at most"), ==, "0.0001 ETH");
  g_assert_nonnull (strstr (gm_review_get_raw (sent), "\"value\" : \"2500000\""));
  assert_danger (strange, FRIEND " is not a token");
  assert_danger (strange, FRIEND " is not a contract");
  g_assert_cmpstr (gm_review_get_sentence (allowed), ==,
                   "Allow " FRIEND " to take up to 0.00 USDC");
  assert_denied (&(GmSignable){ GM_SIGNABLE_TX, .tx = endless }, "let " FRIEND " take all");

  send->value = gm_u256_from_u64 (5);
  paid = review_tx (send);
  assert_danger (paid, "also sends 0.000000000000000005 ETH");
}

/* On Base a part of the fee is Ethereum's; what is signed does not say how much. */
static void
test_the_fee_has_both_parts (void)
{
  g_autoptr (GmTx) send = make_call (USDC, TRANSFER, FRIEND, "2500000");
  GmReviewContext context = make_context (NULL);
  g_autoptr (GmReview) review = NULL;

  context.l1_fee = gm_u256_from_u64 (G_GUINT64_CONSTANT (20000000000000));
  review = review_as (&(GmSignable){ GM_SIGNABLE_TX, .tx = send }, &context);
  g_assert_cmpstr (find_fact (review, "Fee, at most"), ==, "0.00012 ETH");
}

static void
assert_moves (const GmReview *review, const char *code, const char *units)
{
  const GArray *moves = gm_review_get_moves ((GmReview *) review);
  const GmReviewMove *move = &g_array_index (moves, GmReviewMove, 0);
  g_autofree char *number = gm_u256_format (&move->units);

  g_assert_cmpuint (moves->len, ==, 1);
  g_assert_cmpstr (move->currency != NULL ? move->currency->code : NULL, ==, code);
  g_assert_cmpstr (number, ==, units);
}

static void
test_what_moves_is_known (void)
{
  g_autoptr (GmTx) send = make_call (USDC, TRANSFER, FRIEND, "2500000");
  g_autoptr (GmTx) allow = make_call (USDC, APPROVE, MARKET, "7");
  g_autoptr (GmTx) other = make_call (FRIEND, TRANSFER, ACCOUNT, "2500000");
  g_autoptr (GmTx) coins = gm_tx_new (GM_TX_FEE_MARKET);
  g_autoptr (JsonObject) permit = make_permit (MARKET, "5000000");
  g_autoptr (GmReview) sent = review_tx (send);
  g_autoptr (GmReview) allowed = review_tx (allow);
  g_autoptr (GmReview) strange = review_tx (other);
  g_autoptr (GmReview) permitted = review_data (permit);
  g_autoptr (GmReview) paid = NULL;
  g_autoptr (GmReview) text = NULL;
  const GmReviewContext context = make_context (NULL);

  coins->chain_id = BASE;
  coins->to = address (FRIEND);
  coins->value = gm_u256_from_u64 (3);
  paid = review_tx (coins);
  text = review_as (&(GmSignable){ GM_SIGNABLE_TEXT, .text = "hello" }, &context);
  assert_moves (sent, "USDC", "2500000");
  assert_moves (allowed, "USDC", "7");
  assert_moves (permitted, "USDC", "5000000");
  assert_moves (strange, NULL, "2500000");
  assert_moves (paid, "ETH", "3");
  assert_moves (text, NULL, "0");
}

static void
test_a_payment_is_understood (void)
{
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);
  g_autoptr (GmReview) review = NULL;

  tx->chain_id = BASE;
  tx->to = address (FRIEND);
  tx->value = gm_u256_from_u64 (G_GUINT64_CONSTANT (500000000000000000));
  review = review_tx (tx);
  g_assert_cmpstr (gm_review_get_sentence (review), ==, "Send 0.50 ETH to " FRIEND);
  g_assert_null (gm_review_get_danger (review));
  g_assert_null (find_fact (review, "Contract"));
}

static void
set_data (GmTx *tx, const guint8 *data, gsize length)
{
  g_bytes_unref (tx->data);
  tx->data = g_bytes_new (data, length);
}

static void
test_what_cannot_be_read_is_danger (void)
{
  g_autoptr (GmTx) tx = make_call (USDC, TRANSFER, FRIEND, "1");
  g_autofree guint8 *large = g_malloc0 (100 * 1024);
  gsize length;
  const guint8 *data = g_bytes_get_data (tx->data, &length);
  g_autofree guint8 *longer = g_malloc0 (length + 1);
  g_autoptr (GmReview) more = NULL;
  g_autoptr (GmReview) unknown = NULL;
  g_autoptr (GmReview) creation = NULL;

  memcpy (longer, data, length);
  set_data (tx, longer, length + 1); /* something is hidden behind the arguments */
  more = review_tx (tx);
  assert_danger (more, "cannot be read");
  g_assert_cmpstr (gm_review_get_sentence (more), ==, "Call USDC (" USDC ")");

  memset (large, 0xab, 100 * 1024);
  set_data (tx, large, 100 * 1024);
  tx->value = gm_u256_from_u64 (1);
  unknown = review_tx (tx);
  assert_danger (unknown, "cannot be read");
  assert_danger (unknown, "also sends");
  g_assert_cmpuint (strlen (gm_review_get_raw (unknown)), >, 200 * 1024); /* nothing left out */

  tx->creates = TRUE;
  creation = review_tx (tx);
  assert_danger (creation, "new program");
}

static void
test_new_code_of_an_account_is_danger (void)
{
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_SET_CODE);
  GmTxAuthorization *authorization = g_new0 (GmTxAuthorization, 1);
  g_autoptr (GmReview) review = NULL;

  authorization->address = address (ISSUER);
  g_ptr_array_add (tx->authorizations, authorization);
  tx->chain_id = BASE;
  tx->to = address (FRIEND);
  review = review_tx (tx);
  assert_danger (review, "code at " ISSUER);
  g_assert_nonnull (strstr (gm_review_get_raw (review), "authorizationList"));
}

static void
test_unknown_messages_are_shown_whole (void)
{
  g_autofree char *json = compose (DOMAIN ("Shop", "1", "8453", FRIEND), "Listing",
                                   "uint256 price,string note",
                                   "\"price\":\"1\",\"note\":\"give me all\"");
  g_autofree char *ours = compose (DOMAIN ("GotMusic", "1", "8453", MARKET), "Order",
                                   "uint256 amount", "\"amount\":\"1\"");
  g_autoptr (GmReview) review = review_json (json);
  g_autoptr (GmReview) pretended = review_json (ours);

  g_assert_cmpstr (gm_review_get_sentence (review), ==, "Sign a “Listing” for “Shop”");
  assert_danger (review, "does not know what a “Listing” does");
  assert_danger (review, FRIEND " is not a contract");
  g_assert_nonnull (strstr (gm_review_get_raw (review), "give me all"));
  assert_danger (pretended, "does not know what a “Order” does");
}

static void
test_names_that_deceive_are_danger (void)
{
  static const struct
  {
    const char *name, *raw, *danger;
  } cases[] = {
    { "\u202eCDSU", "\\u202eCDSU", "invisible" },
    { "USD\u200b Coin", "USD\\u200b Coin", "invisible" },
    { "USD\\u0007Coin", "USD\\u0007Coin", "invisible" },
    { "USD\\nCoin", "USD\\nCoin", "invisible" },
    { "USD С\u043ein", "USD С\u043ein", "letters that may look like others" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *domain = g_strdup_printf (DOMAIN ("%s", "1", "8453", FRIEND), cases[i].name);
      g_autofree char *json = compose (domain, "Permit2", "uint256 a", "\"a\":\"1\"");
      g_autoptr (GmReview) review = review_json (json);

      assert_danger (review, cases[i].danger);
      g_assert_nonnull (strstr (gm_review_get_raw (review), cases[i].raw));
      g_assert_null (strstr (gm_review_get_sentence (review), "\u202e"));
    }
}

static void
test_a_title_stays_in_its_quotes (void)
{
  g_autofree char *json = compose_order ("8453", MARKET, USDC, ACCOUNT);
  g_autoptr (JsonObject) object = parse (json);
  const GmDescriptor store = make_store (BASE);
  GmReviewContext context = make_context (&store);
  g_autoptr (GmReview) review = NULL;

  context.title = "A” for 0.01 USDC, not “B";
  review = review_as (&(GmSignable){ GM_SIGNABLE_TYPED_DATA, .typed_data = object }, &context);
  g_assert_cmpstr (gm_review_get_sentence (review), ==,
                   "Buy “A' for 0.01 USDC, not 'B” for 12.00 USDC");
}

static void
test_what_nobody_gets_is_danger (void)
{
  g_autoptr (GmTx) zero = make_call (USDC, TRANSFER, NOBODY, "1");
  g_autoptr (GmTx) token = make_call (USDC, TRANSFER, USDC, "1");
  g_autoptr (GmReview) burnt = review_tx (zero);
  g_autoptr (GmReview) stuck = review_tx (token);

  assert_danger (burnt, "is lost");
  assert_danger (stuck, "is lost");
}

static void
test_hidden_characters_in_a_title_or_a_value_are_danger (void)
{
  g_autofree char *json = compose_order ("8453", MARKET, USDC, ACCOUNT);
  g_autoptr (JsonObject) object = parse (json);
  const GmDescriptor store = make_store (BASE);
  GmReviewContext context = make_context (&store);
  g_autoptr (GmReview) titled = NULL;
  g_autofree char *text = compose (DOMAIN ("Shop", "1", "8453", FRIEND), "Note", "string[] lines",
                                   "\"lines\":[\"a\",\"\u2067b\"]");
  g_autoptr (GmReview) valued = review_json (text);

  context.title = "Free\u202e";
  titled = review_as (&(GmSignable){ GM_SIGNABLE_TYPED_DATA, .typed_data = object }, &context);
  assert_danger (titled, "invisible");
  g_assert_cmpstr (gm_review_get_sentence (titled), ==, "Buy “Free\\u202e” for 12.00 USDC");
  assert_danger (valued, "invisible");
}

static void
test_what_has_no_digest_is_refused (void)
{
  g_autoptr (JsonObject) object = parse ("{\"types\":{},\"primaryType\":\"A\"}");
  const GmReviewContext context = make_context (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_review_new (&(GmSignable){ GM_SIGNABLE_TYPED_DATA, .typed_data = object },
                                &context, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
}

static GmReview *
review_sign_in (const char *uri, const char *who, gint64 chain_id)
{
  GmSiwe siwe = { .domain = (char *) "store.example",
                  .address = address (who),
                  .uri = (char *) uri,
                  .chain_id = chain_id,
                  .nonce = (char *) "abcdefgh12345678",
                  .issued_at = (char *) "2025-11-25T16:02:00Z",
                  .expires_at = (char *) "2025-11-25T16:07:00Z" };
  g_autofree char *text = gm_siwe_compose (&siwe, NULL);
  const GmReviewContext context = make_context (NULL);

  return review_as (&(GmSignable){ GM_SIGNABLE_TEXT, .text = text }, &context);
}

static void
test_a_sign_in_names_its_host (void)
{
  g_autoptr (GmReview) good = review_sign_in ("https://store.example/in", ACCOUNT, BASE);
  g_autoptr (GmReview) other = review_sign_in ("https://store.example", FRIEND, BASE);
  g_autoptr (GmReview) chain = review_sign_in ("https://store.example", ACCOUNT, 1);
  g_autoptr (GmReview) host = review_sign_in ("https://store.example.evil", ACCOUNT, BASE);

  g_assert_cmpstr (gm_review_get_sentence (good), ==, "Sign in to store.example");
  g_assert_null (gm_review_get_danger (good));
  g_assert_cmpstr (find_fact (good, "Valid until"), ==, "25 November 2025, 16:07");
  g_assert_nonnull (strstr (gm_review_get_raw (good), "Nonce: abcdefgh12345678\n"));
  assert_danger (other, FRIEND ", which is not your account");
  assert_danger (chain, "another network");
  assert_danger (host, "not an address of store.example");
}

static void
test_other_text_is_danger (void)
{
  const GmReviewContext context = make_context (NULL);
  g_autoptr (GmReview) review = review_as (
      &(GmSignable){ GM_SIGNABLE_TEXT, .text = "I owe you\n\u202eall" }, &context);

  assert_danger (review, "not ours");
  assert_danger (review, "invisible");
  g_assert_cmpstr (gm_review_get_raw (review), ==, "I owe you\n\\u202eall");
}

static void
count (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_a_simulation_is_told (void)
{
  g_autoptr (GmTx) tx = make_call (USDC, TRANSFER, FRIEND, "2500000");
  g_autoptr (GmReview) review = review_tx (tx);
  GmSimulationChange loss = { .token = &gm_network_find (BASE)->tokens[0],
                              .units = gm_u256_from_u64 (2500000),
                              .is_loss = TRUE };
  GmSimulation simulation = { .changes = g_array_new (FALSE, FALSE, sizeof loss) };
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GmFact) row = NULL;
  guint notified = 0;

  g_signal_connect (review, "notify::simulation", G_CALLBACK (count), &notified);
  g_array_append_val (simulation.changes, loss);
  gm_review_set_simulation (review, &simulation);
  g_assert_cmpuint (notified, ==, 1);
  g_object_get (review, "simulation", &rows, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  row = g_list_model_get_item (rows, 0);
  g_assert_cmpstr (gm_fact_get_label (row), ==, "You lose");
  g_assert_cmpstr (gm_fact_get_value (row), ==, "−2.50 USDC");
  g_assert_null (gm_review_get_danger (review));

  simulation.failure = (char *) "no\u202e";
  gm_review_set_simulation (review, &simulation);
  g_assert_cmpstr (gm_review_get_danger (review), ==, "It would fail: no\\u202e");
  g_array_unref (simulation.changes);
}

static void
test_facts_may_be_added (void)
{
  g_autoptr (GmTx) tx = make_call (USDC, TRANSFER, FRIEND, "1");
  GmReview *review = review_tx (tx);

  gm_review_add_fact (review, "Also", "a key of this computer");
  g_assert_cmpstr (find_fact (review, "Also"), ==, "a key of this computer");
  g_assert_finalize_object (review);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/a-seller-is-told-what-an-operator-may-close",
                   test_a_seller_is_told_what_an_operator_may_close);
  g_test_add_func ("/review/a-listing-in-another-name-is-danger",
                   test_a_listing_in_another_name_is_danger);
  g_test_add_func ("/review/an-order-says-what-is-bought-for-how-much",
                   test_an_order_says_what_is_bought_for_how_much);
  g_test_add_func ("/review/what-the-program-signs-is-understood",
                   test_what_the_program_signs_is_understood);
  g_test_add_func ("/review/an-order-that-is-not-ours-is-danger",
                   test_an_order_that_is_not_ours_is_danger);
  g_test_add_func ("/review/a-local-store-has-test-money", test_a_local_store_has_test_money);
  g_test_add_func ("/review/another-chain-is-denied", test_another_chain_is_denied);
  g_test_add_func ("/review/no-chain-is-danger", test_no_chain_is_danger);
  g_test_add_func ("/review/messages-of-keys-are-understood", test_messages_of_keys_are_understood);
  g_test_add_func ("/review/attestations-are-understood", test_attestations_are_understood);
  g_test_add_func ("/review/payments-by-message-are-understood",
                   test_payments_by_message_are_understood);
  g_test_add_func ("/review/approvals-name-an-amount", test_approvals_name_an_amount);
  g_test_add_func ("/review/approvals-without-end-have-many-names",
                   test_approvals_without_end_have_many_names);
  g_test_add_func ("/review/persons-are-no-contracts", test_persons_are_no_contracts);
  g_test_add_func ("/review/the-last-date-is-without-end-in-the-east",
                   test_the_last_date_is_without_end_in_the_east);
  g_test_add_func ("/review/calls-of-tokens-are-understood", test_calls_of_tokens_are_understood);
  g_test_add_func ("/review/the-fee-has-both-parts", test_the_fee_has_both_parts);
  g_test_add_func ("/review/what-moves-is-known", test_what_moves_is_known);
  g_test_add_func ("/review/a-payment-is-understood", test_a_payment_is_understood);
  g_test_add_func ("/review/what-cannot-be-read-is-danger", test_what_cannot_be_read_is_danger);
  g_test_add_func ("/review/new-code-of-an-account-is-danger",
                   test_new_code_of_an_account_is_danger);
  g_test_add_func ("/review/unknown-messages-are-shown-whole",
                   test_unknown_messages_are_shown_whole);
  g_test_add_func ("/review/names-that-deceive-are-danger", test_names_that_deceive_are_danger);
  g_test_add_func ("/review/a-title-stays-in-its-quotes", test_a_title_stays_in_its_quotes);
  g_test_add_func ("/review/what-nobody-gets-is-danger", test_what_nobody_gets_is_danger);
  g_test_add_func ("/review/hidden-characters-in-a-title-or-a-value-are-danger",
                   test_hidden_characters_in_a_title_or_a_value_are_danger);
  g_test_add_func ("/review/what-has-no-digest-is-refused", test_what_has_no_digest_is_refused);
  g_test_add_func ("/review/a-sign-in-names-its-host", test_a_sign_in_names_its_host);
  g_test_add_func ("/review/other-text-is-danger", test_other_text_is_danger);
  g_test_add_func ("/review/a-simulation-is-told", test_a_simulation_is_told);
  g_test_add_func ("/review/facts-may-be-added", test_facts_may_be_added);
  return g_test_run ();
}
