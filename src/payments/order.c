/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/order.h"

#include <string.h>

#include "base/error.h"
#include "evm/address.h"
#include "licenses/signing-domain.h"
#include "licenses/wire.h"

static const GmField fields[] = {
  GM_FIELD (GmOrder, id, "id", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmOrder, chain_id, "chainId", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, marketplace, "marketplace", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, listing_id, "listingId", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, listing_version, "listingVersion", INT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, asset_id, "assetId", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, buyer, "buyer", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, payer, "payer", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, token, "token", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, amount_units, "amountUnits", UNITS, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, currency, "currency", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, manifest_hash, "manifestHash", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, license_hash, "licenseHash", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, salt, "salt", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, signature, "signature", TEXT, GM_FIELD_REQUIRED),
  GM_FIELD (GmOrder, asset, "asset", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmOrder, status, "status", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmOrder, provider, "provider", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmOrder, failure, "failure", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmOrder, license_uid, "licenseUid", TEXT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmOrder, created_at, "createdAt", INT, GM_FIELD_OPTIONAL),
  GM_FIELD (GmOrder, updated_at, "updatedAt", INT, GM_FIELD_OPTIONAL),
};

const GmRecordType gm_order_type = { "orders", sizeof (GmOrder), fields, G_N_ELEMENTS (fields) };

/* status, and what may follow it */
static const struct
{
  const char *from;
  const char *to;
} moves[] = {
  { "open", "paid" },     { "open", "failed" },   { "open", "expired" },
  { "open", "refunded" }, { "paid", "licensed" }, { "paid", "refunded" },
};

gboolean
gm_order_status_may_go (const char *from, const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (strcmp (moves[i].from, from) == 0 && strcmp (moves[i].to, to) == 0)
      return TRUE;

  return FALSE;
}

void
gm_order_free (GmOrder *order)
{
  gm_record_free (&gm_order_type, order);
}

static GmSigningDomain
domain_of (const GmOrderTerms *terms)
{
  return (GmSigningDomain){ "GotMusic", "1", terms->chain_id, terms->marketplace };
}

void
gm_order_digest (const GmOrderTerms *terms, GmHash *out)
{
  const GmSigningDomain domain = domain_of (terms);
  g_autoptr (GmAbi) abi = gm_order_terms_struct (terms);

  gm_signing_domain_digest (&domain, abi, out);
}

static JsonObject *
terms_message (const GmOrderTerms *terms)
{
  JsonObject *message = json_object_new ();

  gm_wire_set_uint (message, "chainId", terms->chain_id);
  gm_wire_set_address (message, "marketplace", &terms->marketplace);
  gm_wire_set_hash (message, "listingId", &terms->listing_id);
  gm_wire_set_uint (message, "listingVersion", terms->listing_version);
  gm_wire_set_hash (message, "assetId", &terms->asset_id);
  gm_wire_set_address (message, "buyer", &terms->buyer);
  gm_wire_set_address (message, "payer", &terms->payer);
  gm_wire_set_address (message, "token", &terms->token);
  gm_wire_set_uint (message, "amount", (guint64) terms->amount_units);
  gm_wire_set_hash (message, "manifestHash", &terms->manifest_hash);
  gm_wire_set_hash (message, "licenseHash", &terms->license_hash);
  gm_wire_set_hash (message, "salt", &terms->salt);
  return message;
}

GmOrder *
gm_order_new (const GmOrderTerms *terms,
              const char *currency,
              const GmSigner *buyer,
              GError **error)
{
  const GmSigningDomain domain = domain_of (terms);
  GmSignature signature;
  GmHash hash;
  GmOrder *order;

  if (!gm_address_equal (&terms->buyer, &buyer->address))
    return gm_fail_null (error, GM_ERROR_BUG, "order: the terms name another buyer");

  if (!gm_signing_domain_sign (&domain, gm_order_terms_type, terms_message (terms), buyer,
                               &signature, error))
    return NULL;

  gm_order_terms_id (terms, &hash);
  order = g_new0 (GmOrder, 1);
  order->id = gm_hash_dup_hex (&hash);
  order->chain_id = g_strdup_printf ("%" G_GUINT64_FORMAT, terms->chain_id);
  order->marketplace = gm_address_dup_text (&terms->marketplace);
  order->listing_id = gm_hash_dup_hex (&terms->listing_id);
  order->listing_version = (gint64) terms->listing_version;
  order->asset_id = gm_hash_dup_hex (&terms->asset_id);
  order->buyer = gm_address_dup_text (&terms->buyer);
  order->payer = gm_address_dup_text (&terms->payer);
  order->token = gm_address_dup_text (&terms->token);
  order->amount_units = terms->amount_units;
  order->currency = g_strdup (currency);
  order->manifest_hash = gm_hash_dup_hex (&terms->manifest_hash);
  order->license_hash = gm_hash_dup_hex (&terms->license_hash);
  order->salt = gm_hash_dup_hex (&terms->salt);
  order->signature = gm_signature_dup_hex (&signature);
  return order;
}

static gboolean
read_terms (const GmOrder *order, GmOrderTerms *terms, GError **error)
{
  if (!g_ascii_string_to_unsigned (order->chain_id, 10, 1, G_MAXUINT64, &terms->chain_id, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA, "chainId is no number");
  if (order->listing_version < 0 || order->amount_units < 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a negative number");

  terms->listing_version = (guint64) order->listing_version;
  terms->amount_units = order->amount_units;
  return gm_address_parse (order->marketplace, &terms->marketplace, error) &&
         gm_hash_parse (order->listing_id, &terms->listing_id, error) &&
         gm_hash_parse (order->asset_id, &terms->asset_id, error) &&
         gm_address_parse (order->buyer, &terms->buyer, error) &&
         gm_address_parse (order->payer, &terms->payer, error) &&
         gm_address_parse (order->token, &terms->token, error) &&
         gm_hash_parse (order->manifest_hash, &terms->manifest_hash, error) &&
         gm_hash_parse (order->license_hash, &terms->license_hash, error) &&
         gm_hash_parse (order->salt, &terms->salt, error);
}

static gboolean
check_id (const GmOrder *order, const GmOrderTerms *terms, GError **error)
{
  GmHash given, id;

  if (order->id == NULL)
    return TRUE;
  if (!gm_hash_parse (order->id, &given, error))
    return FALSE;

  gm_order_terms_id (terms, &id);
  return gm_hash_equal (&given, &id) ||
         gm_fail (error, GM_ERROR_DENIED, "the id is not that of the terms");
}

static gboolean
check_order (const GmOrder *order, GmOrderTerms *terms, GError **error)
{
  GmSignature signature;
  GmHash digest;

  if (!read_terms (order, terms, error) || !check_id (order, terms, error) ||
      !gm_signature_parse (order->signature, &signature, error))
    return FALSE;

  gm_order_digest (terms, &digest);
  return gm_signature_verify (&signature, &digest, &terms->buyer, error);
}

gboolean
gm_order_check (const GmOrder *order, GmOrderTerms *terms, GError **error)
{
  GmOrderTerms checked;

  if (!check_order (order, &checked, error))
    {
      g_prefix_error (error, "order: ");
      return FALSE;
    }
  *terms = checked;
  return TRUE;
}
