/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/purse-contract.h"

#include <string.h>

#include "base/hex.h"
#include "evm/keccak.h"

#define ABI            gm_contract_abi_marketplace
#define CREATE2        0xff
#define MAX_CODE_BYTES 4096

/* EIP-1014: keccak256 (0xff ‖ maker ‖ salt ‖ keccak256 (code)), its last twenty bytes */
void
gm_purse_contract_settle_address (const GmAddress *contract, const GmHash *id, GmAddress *out)
{
  g_autoptr (GBytes) code = gm_hex_decode_bytes (gm_contract_abi_sweeper_code, MAX_CODE_BYTES,
                                                 NULL);
  guint8 preimage[1 + sizeof (GmAddress) + 2 * sizeof (GmHash)] = { CREATE2 };
  guint8 *at = preimage + 1;
  GmHash hash;

  memcpy (at, contract->b, sizeof contract->b);
  at += sizeof contract->b;
  memcpy (at, id->b, sizeof id->b);
  at += sizeof id->b;
  gm_keccak256 (g_bytes_get_data (code, NULL), g_bytes_get_size (code), &hash);
  memcpy (at, hash.b, sizeof hash.b);
  gm_keccak256 (preimage, sizeof preimage, &hash);
  memcpy (out->b, hash.b + sizeof hash.b - sizeof out->b, sizeof out->b);
}

GBytes *
gm_purse_contract_claim (const GmAddress *token, const GmAddress *to)
{
  typedef struct
  {
    GmAddress token, to;
  } Arguments;
  static const GmAbiField fields[] = {
    { "token", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, token) },
    { "to", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, to) },
    { NULL },
  };
  const Arguments arguments = { *token, *to };

  return gm_contract_encode (&(GmContractCall){ ABI, "claim", fields, &arguments }, NULL);
}

GBytes *
gm_purse_contract_distribute (guint64 listing_id, guint64 version, const GmAddress *token)
{
  typedef struct
  {
    guint64 listing_id, version;
    GmAddress token;
  } Arguments;
  static const GmAbiField fields[] = {
    { "listingId", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (Arguments, listing_id) },
    { "version", GM_ABI_FIELD_U64, G_STRUCT_OFFSET (Arguments, version) },
    { "token", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, token) },
    { NULL },
  };
  const Arguments arguments = { listing_id, version, *token };

  return gm_contract_encode (&(GmContractCall){ ABI, "distribute", fields, &arguments }, NULL);
}

gboolean
gm_purse_contract_credit (const GmContract *self,
                          const GmBlock *block,
                          const GmAddress *account,
                          const GmAddress *token,
                          GmU256 *out,
                          GCancellable *cancellable,
                          GError **error)
{
  typedef struct
  {
    GmAddress account, token;
  } Arguments;
  static const GmAbiField fields[] = {
    { "account", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, account) },
    { "token", GM_ABI_FIELD_ADDRESS, G_STRUCT_OFFSET (Arguments, token) },
    { NULL },
  };
  const Arguments arguments = { *account, *token };

  return gm_contract_read (self, block,
                           &(GmContractCall){ ABI, "credit", fields, &arguments, gm_contract_u256 },
                           out, cancellable, error);
}
