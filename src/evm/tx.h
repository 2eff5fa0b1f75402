/* tx.h - transactions: what is signed, and the signed bytes a node takes.
 *
 * Sources: Yellow Paper and EIP-155 (legacy), EIP-2930, EIP-1559, EIP-7702. The hash of the signed
 * bytes is the transaction's id; raw-tx.h reads such bytes.
 *
 *   tx = gm_tx_new (GM_TX_FEE_MARKET);  … fill …
 *   raw = gm_tx_sign (tx, signer, error);
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/u256.h"
#include "evm/signature.h"

G_BEGIN_DECLS

/* EIP-2294: v of a legacy transaction is 36 + 2 × the chain id, and must fit 64 bits. */
#define GM_TX_MAX_CHAIN_ID (G_MAXUINT64 / 2 - 36)
#define GM_TX_MAX_BYTES    (128 * 1024) /* nodes take no more */

typedef enum
{
  GM_TX_LEGACY = 0,
  GM_TX_ACCESS_LIST = 1, /* EIP-2930 */
  GM_TX_FEE_MARKET = 2,  /* EIP-1559 */
  GM_TX_SET_CODE = 4,    /* EIP-7702 */
} GmTxType;

typedef struct
{
  GmAddress address;
  GArray *keys; /* of GmHash */
} GmTxAccess;

/* An account that takes on the code of @address. */
typedef struct
{
  guint64 chain_id; /* 0: on every chain */
  GmAddress address;
  guint64 nonce;
  GmSignature signature; /* of gm_tx_authorization_digest () */
} GmTxAuthorization;

typedef struct
{
  GmTxType type;
  guint64 chain_id; /* legacy: 0 is valid on every chain (before EIP-155) */
  guint64 nonce;
  GmU256 tip; /* at most, wei per gas; of fee market and set code */
  GmU256 fee; /* at most, wei per gas, with the tip; legacy and access list: the gas price */
  guint64 gas;
  gboolean creates; /* a contract; then @to means nothing */
  GmAddress to;
  GmU256 value;              /* wei */
  GBytes *data;              /* never NULL */
  GPtrArray *accesses;       /* of GmTxAccess; not of legacy */
  GPtrArray *authorizations; /* of GmTxAuthorization; of set code, at least one */
} GmTx;

GmTx *gm_tx_new (GmTxType type);
void gm_tx_free (GmTx *self);
GmTxAccess *gm_tx_add_access (GmTx *self, const GmAddress *address);

/* The bytes that are signed when @signature is NULL, else those a node takes. */
GBytes *gm_tx_encode (const GmTx *self, const GmSignature *signature);
void gm_tx_digest (const GmTx *self, GmHash *out);
GBytes *gm_tx_sign (const GmTx *self, const GmSigner *signer, GError **error);

void gm_tx_authorization_digest (const GmTxAuthorization *authorization, GmHash *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmTx, gm_tx_free)

G_END_DECLS
