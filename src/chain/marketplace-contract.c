/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/marketplace-contract.h"

#define ABI       gm_contract_abi_marketplace
#define AT(field) G_STRUCT_OFFSET (GmMarketplaceSale, field)

static const GmAbiField sale_fields[] = {
  { "orderId", GM_ABI_FIELD_HASH, AT (order_id) },
  { "assetId", GM_ABI_FIELD_HASH, AT (asset_id) },
  { "buyer", GM_ABI_FIELD_ADDRESS, AT (buyer) },
  { "seller", GM_ABI_FIELD_ADDRESS, AT (seller) },
  { "listingId", GM_ABI_FIELD_U64, AT (listing_id) },
  { "listingVersion", GM_ABI_FIELD_U64, AT (listing_version) },
  { "token", GM_ABI_FIELD_ADDRESS, AT (token) },
  { "amount", GM_ABI_FIELD_UNITS, AT (amount_units) },
  { "manifestHash", GM_ABI_FIELD_HASH, AT (manifest_hash) },
  { "licenseHash", GM_ABI_FIELD_HASH, AT (license_hash) },
  { "path", GM_ABI_FIELD_UINT, AT (path) },
  { NULL },
};

static const GmAbiField sale_answer[] = {
  { "", GM_ABI_FIELD_STRUCT, 0, sale_fields },
  { NULL },
};

static const GmAbiField order_only[] = {
  { "order", GM_ABI_FIELD_STRUCT, 0, gm_contract_order_fields },
  { NULL },
};

GBytes *
gm_marketplace_contract_buy_with_authorization (const GmContractOrder *order,
                                                const GmContractAuthorization *paid,
                                                GError **error)
{
  typedef struct
  {
    GmContractOrder order;
    GmContractAuthorization paid;
  } Arguments;
  static const GmAbiField fields[] = {
    { "order", GM_ABI_FIELD_STRUCT, G_STRUCT_OFFSET (Arguments, order), gm_contract_order_fields },
    { "auth", GM_ABI_FIELD_STRUCT, G_STRUCT_OFFSET (Arguments, paid),
      gm_contract_order_authorization },
    { NULL },
  };
  const Arguments arguments = { *order, *paid };

  return gm_contract_encode (&(GmContractCall){ ABI, "buyWithAuthorization", fields, &arguments },
                             error);
}

GBytes *
gm_marketplace_contract_buy (const GmContractOrder *order, GError **error)
{
  return gm_contract_order_encode (ABI, "buy", order, error);
}

GBytes *
gm_marketplace_contract_buy_with_permit (const GmContractOrder *order,
                                         const GmContractPermit *permit,
                                         GError **error)
{
  typedef struct
  {
    GmContractOrder order;
    GmContractPermit permit;
  } Arguments;
  static const GmAbiField fields[] = {
    { "order", GM_ABI_FIELD_STRUCT, G_STRUCT_OFFSET (Arguments, order), gm_contract_order_fields },
    { "permit", GM_ABI_FIELD_STRUCT, G_STRUCT_OFFSET (Arguments, permit),
      gm_contract_order_permit },
    { NULL },
  };
  const Arguments arguments = { *order, *permit };

  return gm_contract_encode (&(GmContractCall){ ABI, "buyWithPermit", fields, &arguments }, error);
}

GBytes *
gm_marketplace_contract_settle (const GmContractOrder *order, GError **error)
{
  return gm_contract_order_encode (ABI, "settle", order, error);
}

GBytes *
gm_marketplace_contract_recover (const GmContractOrder *order,
                                 const GmAddress *token,
                                 GError **error)
{
  typedef struct
  {
    GmContractOrder order;
    GmAddress token;
  } Arguments;
  static const GmAbiField fields[] = {
    { "order", GM_ABI_FIELD_STRUCT, G_STRUCT_OFFSET (Arguments, order), gm_contract_order_fields },
    { "token", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, token) },
    { NULL },
  };
  const Arguments arguments = { *order, *token };

  return gm_contract_encode (&(GmContractCall){ ABI, "recover", fields, &arguments }, error);
}

GBytes *
gm_marketplace_contract_record_external (const GmContractOrder *order, GError **error)
{
  return gm_contract_order_encode (ABI, "recordExternal", order, error);
}

gboolean
gm_marketplace_contract_obstacle (const GmContract *self,
                                  const GmBlock *block,
                                  const GmContractOrder *order,
                                  guint *out,
                                  GCancellable *cancellable,
                                  GError **error)
{
  return gm_contract_read (
      self, block, &(GmContractCall){ ABI, "obstacle", order_only, order, gm_contract_uint }, out,
      cancellable, error);
}

gboolean
gm_marketplace_contract_sale_count (const GmContract *self,
                                    const GmBlock *block,
                                    guint64 *out,
                                    GCancellable *cancellable,
                                    GError **error)
{
  return gm_contract_read (
      self, block,
      &(GmContractCall){ ABI, "saleCount", gm_contract_nothing, NULL, gm_contract_u64 }, out,
      cancellable, error);
}

gboolean
gm_marketplace_contract_sale_at (const GmContract *self,
                                 const GmBlock *block,
                                 guint64 seq,
                                 GmMarketplaceSale *out,
                                 GCancellable *cancellable,
                                 GError **error)
{
  GmMarketplaceSale sale;

  if (!gm_contract_read (self, block,
                         &(GmContractCall){ ABI, "saleAt", gm_contract_u64, &seq, sale_answer },
                         &sale, cancellable, error))
    return FALSE;
  *out = sale;
  return TRUE;
}
