/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/layaway-contract.h"

#include "evm/abi.h"
#include "evm/keccak.h"

#define ABI          gm_contract_abi_layaway_escrow
#define TYPE         "Layaway(uint256 chainId,address escrow,bytes32 orderId)"
#define AT(field)    G_STRUCT_OFFSET (GmLayaway, field)
#define PAY_OFF_WORD 2 /* of a GmU256: 2^128 */

/* The arguments of whatever is called for a step. */
typedef struct
{
  GmContractOrder order;
  GmU256 step;
  GmAddress account; /* payer or token */
  GmContractAuthorization paid;
  GmContractPermit permit;
} Arguments;

#define ORDER_AND_STEP                                                                             \
  { "order", GM_ABI_FIELD_STRUCT, G_STRUCT_OFFSET (Arguments, order), gm_contract_order_fields },  \
  {                                                                                                \
    "step", GM_ABI_FIELD_U256, G_STRUCT_OFFSET (Arguments, step)                                   \
  }

static const GmAbiField step_fields[] = { ORDER_AND_STEP, { NULL } };

static const GmAbiField plan_fields[] = {
  { "deposit", GM_ABI_FIELD_UINT, G_STRUCT_OFFSET (GmListingPlan, deposit) },
  { "installments", GM_ABI_FIELD_UINT, G_STRUCT_OFFSET (GmListingPlan, installments) },
  { "intervalDays", GM_ABI_FIELD_UINT, G_STRUCT_OFFSET (GmListingPlan, interval_days) },
  { NULL },
};

static const GmAbiField layaway_fields[] = {
  { "buyer", GM_ABI_FIELD_ADDRESS, AT (buyer) },
  { "start", GM_ABI_FIELD_U64, AT (start_unix) },
  { "pausedBefore", GM_ABI_FIELD_U64, AT (paused_before) },
  { "state", GM_ABI_FIELD_UINT, AT (state) },
  { "next", GM_ABI_FIELD_UINT, AT (next) },
  { "seller", GM_ABI_FIELD_ADDRESS, AT (seller) },
  { "plan", GM_ABI_FIELD_STRUCT, AT (plan), plan_fields },
  { "token", GM_ABI_FIELD_ADDRESS, AT (token) },
  { "price", GM_ABI_FIELD_UNITS, AT (price_units) },
  { "paid", GM_ABI_FIELD_UNITS, AT (paid_units) },
  { "assetId", GM_ABI_FIELD_HASH, AT (asset_id) },
  { NULL },
};

static const GmAbiField layaway_answer[] = {
  { "", GM_ABI_FIELD_STRUCT, 0, layaway_fields },
  { NULL },
};

static const GmAbiField units_answer[] = { { "", GM_ABI_FIELD_UNITS }, { NULL } };

/* PAY_OFF + the step, where PAY_OFF is 2^128 */
static GmU256
wide_step (guint step)
{
  GmU256 wide = gm_u256_from_u64 (step % GM_LAYAWAY_REST);

  wide.w[PAY_OFF_WORD] = step >= GM_LAYAWAY_REST ? 1 : 0;
  return wide;
}

void
gm_layaway_contract_id (const GmContractOrder *order, const GmAddress *escrow, GmHash *out)
{
  g_autoptr (GmAbi) abi = gm_abi_new ();
  GmHash hash;

  gm_keccak256_text (TYPE, &hash);
  gm_abi_add_hash (abi, &hash);
  gm_abi_add_uint (abi, 64, order->terms.chain_id);
  gm_abi_add_address (abi, escrow);
  gm_order_terms_id (&order->terms, &hash);
  gm_abi_add_hash (abi, &hash);
  gm_abi_hash (abi, out);
}

void
gm_layaway_contract_payment_id (const GmHash *layaway, guint step, GmHash *out)
{
  g_autoptr (GmAbi) abi = gm_abi_new ();
  const GmU256 wide = wide_step (step);

  gm_abi_add_hash (abi, layaway);
  gm_abi_add_u256 (abi, &wide);
  gm_abi_hash (abi, out);
}

GBytes *
gm_layaway_contract_pay_with_authorization (const GmContractOrder *order,
                                            guint step,
                                            const GmAddress *payer,
                                            const GmContractAuthorization *paid,
                                            GError **error)
{
  static const GmAbiField fields[] = {
    ORDER_AND_STEP,
    { "payer", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, account) },
    { "auth", GM_ABI_FIELD_STRUCT, G_STRUCT_OFFSET (Arguments, paid),
      gm_contract_order_authorization },
    { NULL },
  };
  const Arguments arguments = { *order, wide_step (step), *payer, .paid = *paid };

  return gm_contract_encode (&(GmContractCall){ ABI, "payWithAuthorization", fields, &arguments },
                             error);
}

GBytes *
gm_layaway_contract_pay (const GmContractOrder *order,
                         guint step,
                         const GmContractPermit *permit,
                         GError **error)
{
  static const GmAbiField permit_fields[] = {
    ORDER_AND_STEP,
    { "permit", GM_ABI_FIELD_STRUCT, G_STRUCT_OFFSET (Arguments, permit),
      gm_contract_order_permit },
    { NULL },
  };
  Arguments arguments = { *order, wide_step (step) };

  if (permit == NULL)
    return gm_contract_encode (&(GmContractCall){ ABI, "pay", step_fields, &arguments }, error);
  arguments.permit = *permit;
  return gm_contract_encode (&(GmContractCall){ ABI, "payWithPermit", permit_fields, &arguments },
                             error);
}

GBytes *
gm_layaway_contract_settle (const GmContractOrder *order, guint step, GError **error)
{
  const Arguments arguments = { *order, wide_step (step) };

  return gm_contract_encode (&(GmContractCall){ ABI, "settle", step_fields, &arguments }, error);
}

GBytes *
gm_layaway_contract_recover (const GmContractOrder *order,
                             guint step,
                             const GmAddress *token,
                             GError **error)
{
  static const GmAbiField fields[] = {
    ORDER_AND_STEP,
    { "token", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, account) },
    { NULL },
  };
  const Arguments arguments = { *order, wide_step (step), *token };

  return gm_contract_encode (&(GmContractCall){ ABI, "recover", fields, &arguments }, error);
}

GBytes *
gm_layaway_contract_end (GmLayawayEnd how, const GmHash *layaway)
{
  static const char *const functions[] = {
    [GM_LAYAWAY_CANCEL] = "cancel",
    [GM_LAYAWAY_MARK_DEFAULTED] = "markDefaulted",
    [GM_LAYAWAY_VOID_BY_SELLER] = "voidBySeller",
    [GM_LAYAWAY_VOID_BY_ADMIN] = "voidByAdmin",
  };

  return gm_contract_encode (&(GmContractCall){ ABI, functions[how], gm_contract_hash, layaway },
                             NULL);
}

gboolean
gm_layaway_contract_read (const GmContract *self,
                          const GmBlock *block,
                          const GmHash *layaway,
                          GmLayaway *out,
                          GCancellable *cancellable,
                          GError **error)
{
  GmLayaway read;

  if (!gm_contract_read (
          self, block,
          &(GmContractCall){ ABI, "layawayOf", gm_contract_hash, layaway, layaway_answer }, &read,
          cancellable, error))
    return FALSE;
  *out = read;
  return TRUE;
}

gboolean
gm_layaway_contract_deadline (const GmContract *self,
                              const GmBlock *block,
                              const GmHash *layaway,
                              guint64 *out,
                              GCancellable *cancellable,
                              GError **error)
{
  return gm_contract_read (
      self, block,
      &(GmContractCall){ ABI, "deadlineOf", gm_contract_hash, layaway, gm_contract_u64 }, out,
      cancellable, error);
}

gboolean
gm_layaway_contract_amount (const GmContract *self,
                            const GmBlock *block,
                            const GmContractOrder *order,
                            guint step,
                            gint64 *units,
                            GCancellable *cancellable,
                            GError **error)
{
  const Arguments arguments = { *order, wide_step (step) };

  return gm_contract_read (
      self, block, &(GmContractCall){ ABI, "amountOf", step_fields, &arguments, units_answer },
      units, cancellable, error);
}
