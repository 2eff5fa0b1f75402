/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/tx.h"

#include <string.h>

#include "base/error.h"
#include "evm/keccak.h"
#include "evm/rlp.h"
#include "evm/signable.h"

#define AUTHORIZATION_MAGIC 0x05 /* EIP-7702 */
#define EIP155_BASE         35   /* v = 35 + 2 × chain id + parity */
#define V_BASE              27

static void
free_access (gpointer data)
{
  GmTxAccess *access = data;

  g_array_unref (access->keys);
  g_free (access);
}

GmTx *
gm_tx_new (GmTxType type)
{
  GmTx *self = g_new0 (GmTx, 1);

  self->type = type;
  self->data = g_bytes_new (NULL, 0);
  self->accesses = g_ptr_array_new_with_free_func (free_access);
  self->authorizations = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
gm_tx_free (GmTx *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->accesses, g_ptr_array_unref);
  g_clear_pointer (&self->authorizations, g_ptr_array_unref);
  g_free (self);
}

GmTxAccess *
gm_tx_add_access (GmTx *self, const GmAddress *address)
{
  GmTxAccess *access = g_new0 (GmTxAccess, 1);

  access->address = *address;
  access->keys = g_array_new (FALSE, FALSE, sizeof (GmHash));
  g_ptr_array_add (self->accesses, access);
  return access;
}

static void
add_accesses (const GmTx *self, GmRlp *rlp)
{
  gm_rlp_open (rlp);
  for (guint i = 0; i < self->accesses->len; i++)
    {
      const GmTxAccess *access = self->accesses->pdata[i];

      gm_rlp_open (rlp);
      gm_rlp_add_bytes (rlp, access->address.b, sizeof access->address.b);
      gm_rlp_open (rlp);
      for (guint k = 0; k < access->keys->len; k++)
        {
          const GmHash *key = &g_array_index (access->keys, GmHash, k);

          gm_rlp_add_bytes (rlp, key->b, sizeof key->b);
        }
      gm_rlp_close (rlp);
      gm_rlp_close (rlp);
    }
  gm_rlp_close (rlp);
}

static void
add_rs (GmRlp *rlp, const GmSignature *signature)
{
  GmHash word;
  GmU256 number;

  for (guint half = 0; half < 2; half++)
    {
      memcpy (word.b, signature->b + half * sizeof word.b, sizeof word.b);
      number = gm_u256_from_be (&word);
      gm_rlp_add_u256 (rlp, &number);
    }
}

static guint64
parity_of (const GmSignature *signature)
{
  return (guint64) signature->b[sizeof signature->b - 1] - V_BASE;
}

static void
add_authorization_terms (GmRlp *rlp, const GmTxAuthorization *authorization)
{
  gm_rlp_add_u64 (rlp, authorization->chain_id);
  gm_rlp_add_bytes (rlp, authorization->address.b, sizeof authorization->address.b);
  gm_rlp_add_u64 (rlp, authorization->nonce);
}

static void
add_authorizations (const GmTx *self, GmRlp *rlp)
{
  gm_rlp_open (rlp);
  for (guint i = 0; i < self->authorizations->len; i++)
    {
      const GmTxAuthorization *authorization = self->authorizations->pdata[i];

      gm_rlp_open (rlp);
      add_authorization_terms (rlp, authorization);
      gm_rlp_add_u64 (rlp, parity_of (&authorization->signature));
      add_rs (rlp, &authorization->signature);
      gm_rlp_close (rlp);
    }
  gm_rlp_close (rlp);
}

/* What every type has, in the one order of all. */
static void
add_terms (const GmTx *self, GmRlp *rlp)
{
  gboolean legacy = self->type == GM_TX_LEGACY;

  if (!legacy)
    gm_rlp_add_u64 (rlp, self->chain_id);
  gm_rlp_add_u64 (rlp, self->nonce);
  if (self->type >= GM_TX_FEE_MARKET)
    gm_rlp_add_u256 (rlp, &self->tip);
  gm_rlp_add_u256 (rlp, &self->fee);
  gm_rlp_add_u64 (rlp, self->gas);
  gm_rlp_add_bytes (rlp, self->to.b, self->creates ? 0 : sizeof self->to.b);
  gm_rlp_add_u256 (rlp, &self->value);
  gm_rlp_add_bytes (rlp, g_bytes_get_data (self->data, NULL), g_bytes_get_size (self->data));
  if (!legacy)
    add_accesses (self, rlp);
  if (self->type == GM_TX_SET_CODE)
    add_authorizations (self, rlp);
}

/* EIP-155: the chain id takes the place of the signature while there is none, and is in v then. */
static void
add_signature (const GmTx *self, GmRlp *rlp, const GmSignature *signature)
{
  gboolean protected = self->type == GM_TX_LEGACY && self->chain_id != 0;

  if (signature == NULL)
    {
      if (protected)
        {
          gm_rlp_add_u64 (rlp, self->chain_id);
          gm_rlp_add_u64 (rlp, 0);
          gm_rlp_add_u64 (rlp, 0);
        }
      return;
    }

  if (self->type != GM_TX_LEGACY)
    gm_rlp_add_u64 (rlp, parity_of (signature));
  else
    gm_rlp_add_u64 (rlp, parity_of (signature) +
                             (protected ? EIP155_BASE + 2 * self->chain_id : V_BASE));
  add_rs (rlp, signature);
}

/* EIP-2718: one byte says the type, none does for legacy. */
static GBytes *
wrap (guint8 type, GBytes *payload)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, &type, 1);
  g_byte_array_append (out, g_bytes_get_data (payload, NULL), (guint) g_bytes_get_size (payload));
  return g_byte_array_free_to_bytes (out);
}

GBytes *
gm_tx_encode (const GmTx *self, const GmSignature *signature)
{
  g_autoptr (GmRlp) rlp = gm_rlp_new ();
  g_autoptr (GBytes) payload = NULL;

  g_assert (self->chain_id <= GM_TX_MAX_CHAIN_ID);
  gm_rlp_open (rlp);
  add_terms (self, rlp);
  add_signature (self, rlp, signature);
  gm_rlp_close (rlp);
  payload = gm_rlp_encode (rlp);

  return self->type == GM_TX_LEGACY ? g_steal_pointer (&payload)
                                    : wrap ((guint8) self->type, payload);
}

void
gm_tx_digest (const GmTx *self, GmHash *out)
{
  g_autoptr (GBytes) bytes = gm_tx_encode (self, NULL);

  gm_keccak256 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), out);
}

GBytes *
gm_tx_sign (const GmTx *self, const GmSigner *signer, GError **error)
{
  const GmSignable what = { GM_SIGNABLE_TX, .tx = self };
  GmSignature signature;

  if (self->chain_id > GM_TX_MAX_CHAIN_ID)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "no chain has the id %" G_GUINT64_FORMAT,
                         self->chain_id);
  if (gm_u256_compare (&self->tip, &self->fee) > 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the tip is above the whole fee");

  if (!signer->sign (signer, &what, &signature, error))
    return NULL;

  return gm_tx_encode (self, &signature);
}

void
gm_tx_authorization_digest (const GmTxAuthorization *authorization, GmHash *out)
{
  g_autoptr (GmRlp) rlp = gm_rlp_new ();
  g_autoptr (GBytes) terms = NULL;
  g_autoptr (GBytes) bytes = NULL;

  gm_rlp_open (rlp);
  add_authorization_terms (rlp, authorization);
  gm_rlp_close (rlp);
  terms = gm_rlp_encode (rlp);
  bytes = wrap (AUTHORIZATION_MAGIC, terms);
  gm_keccak256 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), out);
}
