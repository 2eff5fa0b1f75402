/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/raw-tx.h"

#include <string.h>

#include "base/error.h"
#include "evm/keccak.h"
#include "evm/rlp-reader.h"

#define LIST_BASE   0xc0 /* a legacy transaction begins with its list (EIP-2718) */
#define V_BASE      27
#define EIP155_BASE 35

static gboolean
read_chain_id (GmRlpReader *reader, guint64 *out, GError **error)
{
  guint64 id;

  if (!gm_rlp_read_u64 (reader, &id, error))
    return FALSE;
  if (id > GM_TX_MAX_CHAIN_ID)
    return gm_fail (error, GM_ERROR_BAD_DATA, "no chain has the id %" G_GUINT64_FORMAT, id);

  *out = id;
  return TRUE;
}

/* EIP-2681 */
static gboolean
read_nonce (GmRlpReader *reader, guint64 *out, GError **error)
{
  guint64 nonce;

  if (!gm_rlp_read_u64 (reader, &nonce, error))
    return FALSE;
  if (nonce == G_MAXUINT64)
    return gm_fail (error, GM_ERROR_BAD_DATA, "no account has so high a nonce");

  *out = nonce;
  return TRUE;
}

static gboolean
read_to (GmTx *self, GmRlpReader *reader, GError **error)
{
  GmRlpReader ahead = *reader;
  const guint8 *bytes;
  gsize length;

  if (!gm_rlp_read_bytes (&ahead, &bytes, &length, error))
    return FALSE;
  if (length > 0)
    return gm_rlp_read_exact (reader, self->to.b, sizeof self->to.b, error);
  if (self->type == GM_TX_SET_CODE)
    return gm_fail (error, GM_ERROR_BAD_DATA, "it sets code and creates a contract");

  *reader = ahead;
  self->creates = TRUE;
  return TRUE;
}

static gboolean
read_data (GmTx *self, GmRlpReader *reader, GError **error)
{
  const guint8 *bytes;
  gsize length;

  if (!gm_rlp_read_bytes (reader, &bytes, &length, error))
    return FALSE;

  g_bytes_unref (self->data);
  self->data = g_bytes_new (bytes, length);
  return TRUE;
}

static gboolean
read_access (GmTx *self, GmRlpReader *list, GError **error)
{
  GmRlpReader pair, keys;
  GmAddress address;
  GmTxAccess *access;

  if (!gm_rlp_read_list (list, &pair, error) ||
      !gm_rlp_read_exact (&pair, address.b, sizeof address.b, error) ||
      !gm_rlp_read_list (&pair, &keys, error) || !gm_rlp_read_end (&pair, error))
    return FALSE;

  access = gm_tx_add_access (self, &address);
  while (!gm_rlp_at_end (&keys))
    {
      GmHash key;

      if (!gm_rlp_read_exact (&keys, key.b, sizeof key.b, error))
        return FALSE;
      g_array_append_val (access->keys, key);
    }

  return TRUE;
}

static gboolean
read_accesses (GmTx *self, GmRlpReader *reader, GError **error)
{
  GmRlpReader list;

  if (!gm_rlp_read_list (reader, &list, error))
    return FALSE;
  while (!gm_rlp_at_end (&list))
    if (!read_access (self, &list, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_rs (GmRlpReader *reader, guint parity, GmSignature *out, GError **error)
{
  GmSignature signature;
  GmHash word;

  for (guint half = 0; half < 2; half++)
    {
      GmU256 number;

      if (!gm_rlp_read_u256 (reader, &number, error))
        return FALSE;
      gm_u256_to_be (&number, &word);
      memcpy (signature.b + half * sizeof word.b, word.b, sizeof word.b);
    }

  signature.b[sizeof signature.b - 1] = (guint8) (V_BASE + parity);
  *out = signature;
  return TRUE;
}

static gboolean
read_parity (GmRlpReader *reader, guint *parity, GError **error)
{
  guint64 number;

  if (!gm_rlp_read_u64 (reader, &number, error))
    return FALSE;
  if (number > 1)
    return gm_fail (error, GM_ERROR_BAD_DATA, "signature: parity is 0 or 1");

  *parity = (guint) number;
  return TRUE;
}

static gboolean
read_authorization (GmTx *self, GmRlpReader *list, GError **error)
{
  g_autofree GmTxAuthorization *authorization = g_new0 (GmTxAuthorization, 1);
  GmRlpReader item;
  guint parity;

  if (!gm_rlp_read_list (list, &item, error) ||
      !read_chain_id (&item, &authorization->chain_id, error) ||
      !gm_rlp_read_exact (&item, authorization->address.b, sizeof authorization->address.b,
                          error) ||
      !read_nonce (&item, &authorization->nonce, error) || !read_parity (&item, &parity, error) ||
      !read_rs (&item, parity, &authorization->signature, error) || !gm_rlp_read_end (&item, error))
    return FALSE;

  g_ptr_array_add (self->authorizations, g_steal_pointer (&authorization));
  return TRUE;
}

static gboolean
read_authorizations (GmTx *self, GmRlpReader *reader, GError **error)
{
  GmRlpReader list;

  if (!gm_rlp_read_list (reader, &list, error))
    return FALSE;
  if (gm_rlp_at_end (&list))
    return gm_fail (error, GM_ERROR_BAD_DATA, "it sets code of no account");
  while (!gm_rlp_at_end (&list))
    if (!read_authorization (self, &list, error))
      return FALSE;

  return TRUE;
}

/* v is 27 or 28, or has the chain id in it (EIP-155). */
static gboolean
read_v (GmTx *self, GmRlpReader *reader, guint *parity, GError **error)
{
  guint64 v;

  if (!gm_rlp_read_u64 (reader, &v, error))
    return FALSE;
  if (v == V_BASE || v == V_BASE + 1)
    {
      *parity = (guint) v - V_BASE;
      return TRUE;
    }
  if (v < EIP155_BASE + 2 || (v - EIP155_BASE) / 2 > GM_TX_MAX_CHAIN_ID)
    return gm_fail (error, GM_ERROR_BAD_DATA, "signature: v is %" G_GUINT64_FORMAT, v);

  self->chain_id = (v - EIP155_BASE) / 2;
  *parity = (guint) ((v - EIP155_BASE) % 2);
  return TRUE;
}

static gboolean
read_all (GmTx *self, GmRlpReader *list, GmSignature *signature, GError **error)
{
  gboolean legacy = self->type == GM_TX_LEGACY;
  guint parity;

  return (legacy || read_chain_id (list, &self->chain_id, error)) &&
         read_nonce (list, &self->nonce, error) &&
         (self->type < GM_TX_FEE_MARKET || gm_rlp_read_u256 (list, &self->tip, error)) &&
         gm_rlp_read_u256 (list, &self->fee, error) && gm_rlp_read_u64 (list, &self->gas, error) &&
         read_to (self, list, error) && gm_rlp_read_u256 (list, &self->value, error) &&
         read_data (self, list, error) && (legacy || read_accesses (self, list, error)) &&
         (self->type != GM_TX_SET_CODE || read_authorizations (self, list, error)) &&
         (legacy ? read_v (self, list, &parity, error) : read_parity (list, &parity, error)) &&
         read_rs (list, parity, signature, error) && gm_rlp_read_end (list, error);
}

/* @payload is the list after the type's byte. */
static gboolean
find_type (GBytes *raw, GmTxType *type, GBytes **payload, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (raw, &length);
  guint8 first = length > 0 ? bytes[0] : 0;

  if (length == 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "no bytes");
  if (length > GM_TX_MAX_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "%" G_GSIZE_FORMAT " bytes, at most %d", length,
                    GM_TX_MAX_BYTES);
  if (first >= LIST_BASE)
    *type = GM_TX_LEGACY;
  else if (first == GM_TX_ACCESS_LIST || first == GM_TX_FEE_MARKET || first == GM_TX_SET_CODE)
    *type = first;
  else
    return gm_fail (error, GM_ERROR_BAD_DATA, "type %u is not known", first);

  *payload = g_bytes_new_from_bytes (raw, first >= LIST_BASE ? 0 : 1,
                                     length - (first >= LIST_BASE ? 0 : 1));
  return TRUE;
}

GmTx *
gm_raw_tx_parse (GBytes *raw, GmSignature *signature, GError **error)
{
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GmTx) tx = NULL;
  GmRlpReader reader, list;
  GmSignature read;
  GmTxType type;

  if (!find_type (raw, &type, &payload, error))
    {
      g_prefix_error (error, "transaction: ");
      return NULL;
    }

  tx = gm_tx_new (type);
  reader = gm_rlp_reader (payload);
  if (!gm_rlp_read_list (&reader, &list, error) || !gm_rlp_read_end (&reader, error) ||
      !read_all (tx, &list, &read, error))
    {
      g_prefix_error (error, "transaction: ");
      return NULL;
    }

  *signature = read;
  return g_steal_pointer (&tx);
}

void
gm_raw_tx_hash (GBytes *raw, GmHash *out)
{
  gm_keccak256 (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), out);
}

gboolean
gm_raw_tx_recover (GBytes *raw, GmAddress *sender, GError **error)
{
  GmSignature signature;
  g_autoptr (GmTx) tx = gm_raw_tx_parse (raw, &signature, error);
  GmHash digest;

  if (tx == NULL)
    return FALSE;

  gm_tx_digest (tx, &digest);
  return gm_signature_recover (&signature, &digest, sender, error);
}
