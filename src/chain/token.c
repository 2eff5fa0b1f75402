/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/token.h"

#define ABI gm_contract_abi_test_token

/* The arguments of whatever is called. */
typedef struct
{
  GmAddress from, to; /* owner and spender, authorizer */
  GmU256 value;
  GmHash nonce;
  guint64 after_unix, before_unix; /* before: also the deadline */
  GmSignature signature;
} Arguments;

#define FIELD(name, kind, member)                                                                  \
  {                                                                                                \
    name, GM_ABI_FIELD_##kind, G_STRUCT_OFFSET (Arguments, member)                                 \
  }
#define SIGNATURE                                                                                  \
  FIELD ("r", HASH, signature), FIELD ("v", BYTE, signature.b[2 * sizeof (GmHash)]),               \
      FIELD ("s", HASH, signature.b[sizeof (GmHash)])
#define END                                                                                        \
  {                                                                                                \
    NULL                                                                                           \
  }

static const GmAbiField transfer_fields[] = { FIELD ("to", ADDRESS, to),
                                              FIELD ("value", U256, value), END };
static const GmAbiField approve_fields[] = { FIELD ("spender", ADDRESS, to),
                                             FIELD ("value", U256, value), END };
static const GmAbiField allowance_fields[] = { FIELD ("owner", ADDRESS, from),
                                               FIELD ("spender", ADDRESS, to), END };
static const GmAbiField state_fields[] = { FIELD ("authorizer", ADDRESS, from),
                                           FIELD ("nonce", HASH, nonce), END };
static const GmAbiField cancel_fields[] = { FIELD ("authorizer", ADDRESS, from),
                                            FIELD ("nonce", HASH, nonce), SIGNATURE, END };
static const GmAbiField permit_fields[] = { FIELD ("owner", ADDRESS, from),
                                            FIELD ("spender", ADDRESS, to),
                                            FIELD ("value", U256, value),
                                            FIELD ("deadline", U64, before_unix),
                                            SIGNATURE,
                                            END };
static const GmAbiField receive_fields[] = { FIELD ("from", ADDRESS, from),
                                             FIELD ("to", ADDRESS, to),
                                             FIELD ("value", U256, value),
                                             FIELD ("validAfter", U64, after_unix),
                                             FIELD ("validBefore", U64, before_unix),
                                             FIELD ("nonce", HASH, nonce),
                                             SIGNATURE,
                                             END };

static GBytes *
encode (const char *function, const GmAbiField *fields, const Arguments *arguments)
{
  return gm_contract_encode (&(GmContractCall){ ABI, function, fields, arguments }, NULL);
}

GBytes *
gm_token_transfer (const GmAddress *to, const GmU256 *units)
{
  return encode ("transfer", transfer_fields, &(Arguments){ .to = *to, .value = *units });
}

GBytes *
gm_token_approve (const GmAddress *spender, const GmU256 *units)
{
  return encode ("approve", approve_fields, &(Arguments){ .to = *spender, .value = *units });
}

GBytes *
gm_token_permit (const GmPermitAllowance *allowance, const GmSignature *signature)
{
  return encode ("permit", permit_fields,
                 &(Arguments){ .from = allowance->owner,
                               .to = allowance->spender,
                               .value = allowance->value,
                               .before_unix = allowance->deadline_unix,
                               .signature = *signature });
}

GBytes *
gm_token_receive (const GmPermitTransfer *transfer, const GmSignature *signature)
{
  return encode ("receiveWithAuthorization", receive_fields,
                 &(Arguments){ .from = transfer->from,
                               .to = transfer->to,
                               .value = transfer->value,
                               .nonce = transfer->nonce,
                               .after_unix = transfer->valid_after_unix,
                               .before_unix = transfer->valid_before_unix,
                               .signature = *signature });
}

GBytes *
gm_token_cancel (const GmAddress *authorizer, const GmHash *nonce, const GmSignature *signature)
{
  return encode ("cancelAuthorization", cancel_fields,
                 &(Arguments){ .from = *authorizer, .nonce = *nonce, .signature = *signature });
}

gboolean
gm_token_balance (const GmContract *self,
                  const GmBlock *block,
                  const GmAddress *account,
                  GmU256 *out,
                  GCancellable *cancellable,
                  GError **error)
{
  return gm_contract_read (
      self, block,
      &(GmContractCall){ ABI, "balanceOf", gm_contract_address, account, gm_contract_u256 }, out,
      cancellable, error);
}

gboolean
gm_token_allowance (const GmContract *self,
                    const GmBlock *block,
                    const GmAddress *owner,
                    const GmAddress *spender,
                    GmU256 *out,
                    GCancellable *cancellable,
                    GError **error)
{
  const Arguments arguments = { .from = *owner, .to = *spender };

  return gm_contract_read (
      self, block,
      &(GmContractCall){ ABI, "allowance", allowance_fields, &arguments, gm_contract_u256 }, out,
      cancellable, error);
}

gboolean
gm_token_nonce (const GmContract *self,
                const GmBlock *block,
                const GmAddress *owner,
                GmU256 *out,
                GCancellable *cancellable,
                GError **error)
{
  return gm_contract_read (
      self, block, &(GmContractCall){ ABI, "nonces", gm_contract_address, owner, gm_contract_u256 },
      out, cancellable, error);
}

gboolean
gm_token_authorization_state (const GmContract *self,
                              const GmBlock *block,
                              const GmAddress *authorizer,
                              const GmHash *nonce,
                              gboolean *out,
                              GCancellable *cancellable,
                              GError **error)
{
  const Arguments arguments = { .from = *authorizer, .nonce = *nonce };

  return gm_contract_read (
      self, block,
      &(GmContractCall){ ABI, "authorizationState", state_fields, &arguments, gm_contract_bool },
      out, cancellable, error);
}

gboolean
gm_token_domain_separator (const GmContract *self,
                           const GmBlock *block,
                           GmHash *out,
                           GCancellable *cancellable,
                           GError **error)
{
  return gm_contract_read (
      self, block,
      &(GmContractCall){ ABI, "DOMAIN_SEPARATOR", gm_contract_nothing, NULL, gm_contract_hash },
      out, cancellable, error);
}
