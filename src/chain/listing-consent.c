/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/listing-consent.h"

#include <string.h>

#include "evm/address.h"

#define PAYEE "Payee(address account,uint16 share)"
#define PLAN  "Plan(uint16 deposit,uint8 installments,uint8 intervalDays)"
#define PRICE "Price(address token,uint128 amount)"
#define TERMS                                                                                      \
  "Terms(bytes32 assetSalt,uint8 kind,bool acceptExternal,bytes32 manifestHash,"                   \
  "bytes32 licenseHash,Plan plan,Price[] prices,Payee[] payees)"
#define DOMAIN "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"

static const char *const offer_types[] = {
  "List(address operator,uint256 listingId,uint64 version,Terms terms,uint256 nonce,"
  "uint256 deadline)",
  PAYEE,
  PLAN,
  PRICE,
  TERMS,
  DOMAIN,
  NULL,
};

static const char *const close_types[] = {
  "Close(address operator,uint256 listingId,uint64 version,uint256 nonce,uint256 deadline)",
  DOMAIN,
  NULL,
};

static void
set_address (JsonObject *object, const char *member, const GmAddress *address)
{
  g_autofree char *text = gm_address_dup_text (address);

  json_object_set_string_member (object, member, text);
}

static void
set_hash (JsonObject *object, const char *member, const GmHash *hash)
{
  g_autofree char *text = gm_hash_dup_hex (hash);

  json_object_set_string_member (object, member, text);
}

static void
set_number (JsonObject *object, const char *member, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  json_object_set_string_member (object, member, text);
}

/* "Name(type name,type name)" */
static void
add_type (JsonObject *types, const char *text)
{
  g_autofree char *name = g_strndup (text, strcspn (text, "("));
  g_autofree char *list = g_strndup (text + strlen (name) + 1, strlen (text) - strlen (name) - 2);
  g_auto (GStrv) members = g_strsplit (list, ",", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; members[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (members[i], " ", 2);
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "name", words[1]);
      json_object_set_string_member (member, "type", words[0]);
      json_array_add_object_element (array, member);
    }
  json_object_set_array_member (types, name, array);
}

/* Takes @message; the first of @texts is its type. */
static JsonObject *
compose (guint64 chain_id,
         const GmAddress *marketplace,
         const char *const *texts,
         JsonObject *message)
{
  g_autofree char *primary = g_strndup (texts[0], strcspn (texts[0], "("));
  JsonObject *typed_data = json_object_new ();
  JsonObject *types = json_object_new ();
  JsonObject *domain = json_object_new ();

  for (; *texts != NULL; texts++)
    add_type (types, *texts);
  json_object_set_string_member (domain, "name", "GotMusic");
  json_object_set_string_member (domain, "version", "1");
  set_number (domain, "chainId", chain_id);
  set_address (domain, "verifyingContract", marketplace);

  json_object_set_object_member (typed_data, "types", types);
  json_object_set_string_member (typed_data, "primaryType", primary);
  json_object_set_object_member (typed_data, "domain", domain);
  json_object_set_object_member (typed_data, "message", message);
  return typed_data;
}

static JsonObject *
make_message (const GmListingConsent *consent)
{
  JsonObject *message = json_object_new ();

  set_address (message, "operator", &consent->agent);
  set_number (message, "listingId", consent->listing_id);
  set_number (message, "version", consent->version);
  set_number (message, "nonce", consent->nonce);
  set_number (message, "deadline", consent->deadline_unix);
  return message;
}

static JsonObject *
make_plan (const GmListingPlan *plan)
{
  JsonObject *object = json_object_new ();

  set_number (object, "deposit", plan->deposit);
  set_number (object, "installments", plan->installments);
  set_number (object, "intervalDays", plan->interval_days);
  return object;
}

static JsonArray *
make_prices (const GArray *prices)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; prices != NULL && i < prices->len; i++)
    {
      const GmListingPrice *price = &g_array_index (prices, GmListingPrice, i);
      JsonObject *object = json_object_new ();

      set_address (object, "token", &price->token);
      set_number (object, "amount", (guint64) price->units);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
make_payees (const GArray *payees)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; payees != NULL && i < payees->len; i++)
    {
      const GmListingPayee *payee = &g_array_index (payees, GmListingPayee, i);
      JsonObject *object = json_object_new ();

      set_address (object, "account", &payee->account);
      set_number (object, "share", payee->share);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
make_terms (const GmListingTerms *terms)
{
  JsonObject *object = json_object_new ();

  set_hash (object, "assetSalt", &terms->asset_salt);
  set_number (object, "kind", terms->exclusive ? 1 : 0);
  json_object_set_boolean_member (object, "acceptExternal", terms->accept_external);
  set_hash (object, "manifestHash", &terms->manifest_hash);
  set_hash (object, "licenseHash", &terms->license_hash);
  json_object_set_object_member (object, "plan", make_plan (&terms->plan));
  json_object_set_array_member (object, "prices", make_prices (terms->prices));
  json_object_set_array_member (object, "payees", make_payees (terms->payees));
  return object;
}

JsonObject *
gm_listing_consent_offer (guint64 chain_id,
                          const GmAddress *marketplace,
                          const GmListingConsent *consent,
                          const GmListingTerms *terms)
{
  JsonObject *message = make_message (consent);

  json_object_set_object_member (message, "terms", make_terms (terms));
  return compose (chain_id, marketplace, offer_types, message);
}

JsonObject *
gm_listing_consent_close (guint64 chain_id,
                          const GmAddress *marketplace,
                          const GmListingConsent *consent)
{
  return compose (chain_id, marketplace, close_types, make_message (consent));
}
