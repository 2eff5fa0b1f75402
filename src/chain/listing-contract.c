/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/listing-contract.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

#define ABI       gm_contract_abi_marketplace
#define AT(field) G_STRUCT_OFFSET (GmListingTerms, field)

static const GmAbiField price_fields[] = {
  { "token", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (GmListingPrice, token) },
  { "amount", GM_ABI_FIELD_UNITS, G_STRUCT_OFFSET (GmListingPrice, units) },
  { NULL },
};

static const GmAbiField payee_fields[] = {
  { "account", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (GmListingPayee, account) },
  { "share", GM_ABI_FIELD_UINT, G_STRUCT_OFFSET (GmListingPayee, share) },
  { NULL },
};

static const GmAbiField plan_fields[] = {
  { "deposit", GM_ABI_FIELD_UINT, G_STRUCT_OFFSET (GmListingPlan, deposit) },
  { "installments", GM_ABI_FIELD_UINT, G_STRUCT_OFFSET (GmListingPlan, installments) },
  { "intervalDays", GM_ABI_FIELD_UINT, G_STRUCT_OFFSET (GmListingPlan, interval_days) },
  { NULL },
};

/* The kind is Standard, 0, or Exclusive, 1. */
#define TERMS_FIELDS                                                                               \
  { "assetSalt", GM_ABI_FIELD_HASH, AT (asset_salt) },                                             \
      { "kind", GM_ABI_FIELD_UINT, AT (exclusive) },                                               \
      { "acceptExternal", GM_ABI_FIELD_BOOL, AT (accept_external) },                               \
      { "manifestHash", GM_ABI_FIELD_HASH, AT (manifest_hash) },                                   \
      { "licenseHash", GM_ABI_FIELD_HASH, AT (license_hash) },                                     \
      { "plan", GM_ABI_FIELD_STRUCT, AT (plan), plan_fields },                                     \
      { "prices", GM_ABI_FIELD_LIST, AT (prices), price_fields, sizeof (GmListingPrice) },         \
  {                                                                                                \
    "payees", GM_ABI_FIELD_LIST, AT (payees), payee_fields, sizeof (GmListingPayee)                \
  }

static const GmAbiField terms_fields[] = { TERMS_FIELDS, { NULL } };

static const GmAbiField record_fields[] = {
  TERMS_FIELDS,
  { "fee", GM_ABI_FIELD_UINT, AT (fee) },
  { NULL },
};

static const GmAbiField record_answer[] = {
  { "", GM_ABI_FIELD_STRUCT, 0, record_fields },
  { NULL },
};

static const GmAbiField head_fields[] = {
  { "seller", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (GmListingHead, seller) },
  { "version", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (GmListingHead, version) },
  { "open", GM_ABI_FIELD_BOOL, G_STRUCT_OFFSET (GmListingHead, open) },
  { "kind", GM_ABI_FIELD_UINT, G_STRUCT_OFFSET (GmListingHead, exclusive) },
  { NULL },
};

void
gm_listing_contract_clear (GmListingTerms *self)
{
  gm_abi_struct_clear (record_fields, self);
}

/* Arguments of what is offered or closed. */
typedef struct
{
  guint64 listing_id;
  GmListingTerms terms;
  GmListingConsent consent;
  GBytes *signature;
} Offer;

static const GmAbiField consent_fields[] = {
  { "seller", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Offer, consent.seller) },
  { "nonce", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (Offer, consent.nonce) },
  { "deadline", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (Offer, consent.deadline_unix) },
  { "signature", GM_ABI_FIELD_BYTES, G_STRUCT_OFFSET (Offer, signature) },
  { NULL },
};

#define LISTING_ID                                                                                 \
  {                                                                                                \
    "listingId", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (Offer, listing_id)                             \
  }
#define TERMS                                                                                      \
  {                                                                                                \
    "terms", GM_ABI_FIELD_STRUCT, G_STRUCT_OFFSET (Offer, terms), terms_fields                     \
  }
#define CONSENT                                                                                    \
  {                                                                                                \
    "consent", GM_ABI_FIELD_STRUCT, 0, consent_fields                                              \
  }

GBytes *
gm_listing_contract_offer (guint64 listing_id, const GmListingTerms *terms, GError **error)
{
  static const GmAbiField create_fields[] = { TERMS, { NULL } };
  static const GmAbiField update_fields[] = { LISTING_ID, TERMS, { NULL } };
  const Offer offer = { .listing_id = listing_id, .terms = *terms };
  const GmContractCall create = { ABI, "createListing", create_fields, &offer };
  const GmContractCall update = { ABI, "updateListing", update_fields, &offer };

  return gm_contract_encode (listing_id == 0 ? &create : &update, error);
}

GBytes *
gm_listing_contract_close (guint64 listing_id)
{
  return gm_contract_encode (&(GmContractCall){ ABI, "closeListing", gm_contract_u64, &listing_id },
                             NULL);
}

GBytes *
gm_listing_contract_offer_for (const GmListingConsent *consent,
                               const GmListingTerms *terms,
                               const GmSignature *signature,
                               GError **error)
{
  static const GmAbiField fields[] = { LISTING_ID, TERMS, CONSENT, { NULL } };
  g_autoptr (GBytes) bytes = g_bytes_new (signature->b, sizeof signature->b);
  const Offer offer = { consent->listing_id, *terms, *consent, bytes };

  return gm_contract_encode (&(GmContractCall){ ABI, "listFor", fields, &offer }, error);
}

GBytes *
gm_listing_contract_close_for (const GmListingConsent *consent, const GmSignature *signature)
{
  static const GmAbiField fields[] = { LISTING_ID, CONSENT, { NULL } };
  g_autoptr (GBytes) bytes = g_bytes_new (signature->b, sizeof signature->b);
  const Offer offer = { .listing_id = consent->listing_id,
                        .consent = *consent,
                        .signature = bytes };

  return gm_contract_encode (&(GmContractCall){ ABI, "closeFor", fields, &offer }, NULL);
}

GBytes *
gm_listing_contract_set_envelope (const GmHash *asset_salt, const GmHash *digest)
{
  typedef struct
  {
    GmHash asset_salt, digest;
  } Arguments;
  static const GmAbiField fields[] = {
    { "assetSalt", GM_ABI_FIELD_HASH, G_STRUCT_OFFSET (Arguments, asset_salt) },
    { "digest", GM_ABI_FIELD_HASH, G_STRUCT_OFFSET (Arguments, digest) },
    { NULL },
  };
  const Arguments arguments = { *asset_salt, *digest };

  return gm_contract_encode (&(GmContractCall){ ABI, "setEnvelope", fields, &arguments }, NULL);
}

gboolean
gm_listing_contract_head (const GmContract *self,
                          const GmBlock *block,
                          guint64 listing_id,
                          GmListingHead *out,
                          GCancellable *cancellable,
                          GError **error)
{
  GmListingHead head;

  if (!gm_contract_read (
          self, block, &(GmContractCall){ ABI, "heads", gm_contract_u64, &listing_id, head_fields },
          &head, cancellable, error))
    return FALSE;
  *out = head;
  return TRUE;
}

gboolean
gm_listing_contract_read (const GmContract *self,
                          const GmBlock *block,
                          guint64 listing_id,
                          guint64 version,
                          GmListingTerms *out,
                          GCancellable *cancellable,
                          GError **error)
{
  typedef struct
  {
    guint64 listing_id, version;
  } Arguments;
  static const GmAbiField fields[] = {
    { "listingId", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (Arguments, listing_id) },
    { "version", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (Arguments, version) },
    { NULL },
  };
  const Arguments arguments = { listing_id, version };
  GmListingTerms terms = { 0 };

  if (!gm_contract_read (self, block,
                         &(GmContractCall){ ABI, "recordOf", fields, &arguments, record_answer },
                         &terms, cancellable, error))
    return FALSE;
  if (terms.payees->len == 0) /* no listing is without */
    {
      gm_listing_contract_clear (&terms);
      return gm_fail (error, GM_ERROR_NOT_FOUND, _ ("there is no such listing"));
    }
  *out = terms;
  return TRUE;
}

gboolean
gm_listing_contract_nonce (const GmContract *self,
                           const GmBlock *block,
                           const GmAddress *seller,
                           guint64 *out,
                           GCancellable *cancellable,
                           GError **error)
{
  return gm_contract_read (
      self, block, &(GmContractCall){ ABI, "nonces", gm_contract_address, seller, gm_contract_u64 },
      out, cancellable, error);
}
