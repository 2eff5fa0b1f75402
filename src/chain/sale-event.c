/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/sale-event.h"

#define FIELD(name, kind, member)                                                                  \
  {                                                                                                \
    name, GM_ABI_FIELD_##kind, G_STRUCT_OFFSET (GmSaleEvent, member)                               \
  }
#define LISTING FIELD ("listingId", U64, listing_id), FIELD ("version", U64, number)
#define ORDER                                                                                      \
  FIELD ("orderId", HASH, order_id), FIELD ("assetId", HASH, asset_id),                            \
      FIELD ("buyer", ADDRESS, account)
#define LAYAWAY FIELD ("layawayId", HASH, layaway_id)
#define AMOUNT  FIELD ("amount", U256, amount)
#define TOKEN   FIELD ("token", ADDRESS, token)
#define ACCOUNT FIELD ("account", ADDRESS, account)
#define MEMBERS 10

static const struct
{
  const char *const *abi;
  const char *name;
  const GmAbiField fields[MEMBERS];
} events[] = {
  [GM_SALE_LISTED] = { gm_contract_abi_marketplace,
                       "Listed",
                       { LISTING, FIELD ("assetId", HASH, asset_id),
                         FIELD ("seller", ADDRESS, account) } },
  [GM_SALE_CLOSED] = { gm_contract_abi_marketplace, "Closed", { LISTING } },
  [GM_SALE_ENVELOPE_SET] = { gm_contract_abi_marketplace,
                             "EnvelopeSet",
                             { FIELD ("assetId", HASH, asset_id),
                               FIELD ("digest", HASH, digest) } },
  [GM_SALE_PURCHASE_RECORDED] = { gm_contract_abi_marketplace,
                                  "PurchaseRecorded",
                                  { ORDER, FIELD ("listingId", U64, listing_id), TOKEN, AMOUNT,
                                    FIELD ("manifestHash", HASH, digest),
                                    FIELD ("path", UINT, flag), FIELD ("seq", U64, number) } },
  [GM_SALE_DISTRIBUTED] = { gm_contract_abi_marketplace,
                            "Distributed",
                            { LISTING, TOKEN, AMOUNT, FIELD ("fee", U256, rest) } },
  [GM_SALE_TAKEN_DOWN] = { gm_contract_abi_marketplace,
                           "TakenDown",
                           { FIELD ("assetId", HASH, asset_id), FIELD ("takenDown", BOOL, flag) } },
  [GM_SALE_CREDITED] = { gm_contract_abi_marketplace, "Credited", { ACCOUNT, TOKEN, AMOUNT } },
  [GM_SALE_CLAIMED] = { gm_contract_abi_marketplace,
                        "Claimed",
                        { ACCOUNT, TOKEN, FIELD ("to", ADDRESS, other), AMOUNT } },
  [GM_SALE_RESERVED] = { gm_contract_abi_layaway_escrow,
                         "Reserved",
                         { LAYAWAY, ORDER, FIELD ("price", U256, amount) } },
  [GM_SALE_PAYMENT_RECEIVED] = { gm_contract_abi_layaway_escrow,
                                 "PaymentReceived",
                                 { LAYAWAY, FIELD ("step", U256, step), AMOUNT,
                                   FIELD ("paid", U256, rest) } },
  [GM_SALE_COMPLETED] = { gm_contract_abi_layaway_escrow,
                          "Completed",
                          { LAYAWAY, FIELD ("orderId", HASH, order_id) } },
  [GM_SALE_CANCELLED] = { gm_contract_abi_layaway_escrow, "Cancelled", { LAYAWAY } },
  [GM_SALE_DEFAULTED] = { gm_contract_abi_layaway_escrow, "Defaulted", { LAYAWAY } },
  [GM_SALE_VOIDED] = { gm_contract_abi_layaway_escrow,
                       "Voided",
                       { LAYAWAY, FIELD ("by", ADDRESS, account) } },
  [GM_SALE_REFUNDED] = { gm_contract_abi_layaway_escrow, "Refunded", { LAYAWAY, ACCOUNT, AMOUNT } },
  [GM_SALE_LICENSE_ISSUED] = { gm_contract_abi_license_issuer,
                               "LicenseIssued",
                               { ORDER, FIELD ("uid", HASH, digest) } },
  [GM_SALE_LICENSE_REVOKED] = { gm_contract_abi_license_issuer,
                                "LicenseRevoked",
                                { ORDER, FIELD ("reason", TEXT, reason) } },
};

G_STATIC_ASSERT (G_N_ELEMENTS (events) == GM_SALE_N_EVENTS);

void
gm_sale_event_clear (GmSaleEvent *self)
{
  g_clear_pointer (&self->reason, g_free);
}

gboolean
gm_sale_event_decode (GmSaleEventKind kind,
                      const GmAddress *contract,
                      const GmTxLog *log,
                      GmSaleEvent *out,
                      GError **error)
{
  const GmContract self = { NULL, *contract };
  const GmContractEvent event = { events[kind].abi, events[kind].name, events[kind].fields };
  GmSaleEvent decoded = { 0 };

  if (!gm_contract_decode_log (&self, &event, log, &decoded, error))
    return FALSE;
  *out = decoded;
  return TRUE;
}
