/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/review-tx.h"

#include <glib/gi18n-lib.h>

#include "app/clear-text.h"
#include "base/hex.h"
#include "base/json.h"
#include "base/money.h"
#include "evm/abi-json.h"
#include "evm/address.h"

static char *
format_coins (const GmU256 *wei)
{
  return gm_u256_format_local (wei, gm_currency_find ("ETH"));
}

static void
set_number (JsonObject *object, const char *member, const GmU256 *number)
{
  g_autofree char *text = gm_u256_format (number);

  json_object_set_string_member (object, member, text);
}

static void
set_u64 (JsonObject *object, const char *member, guint64 number)
{
  const GmU256 wide = gm_u256_from_u64 (number);

  set_number (object, member, &wide);
}

static void
set_address (JsonObject *object, const char *member, const GmAddress *address)
{
  g_autofree char *text = gm_address_dup_text (address);

  json_object_set_string_member (object, member, text);
}

static JsonArray *
list_accesses (const GmTx *tx)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < tx->accesses->len; i++)
    {
      const GmTxAccess *access = tx->accesses->pdata[i];
      JsonObject *object = json_object_new ();
      JsonArray *keys = json_array_new ();

      for (guint j = 0; j < access->keys->len; j++)
        {
          g_autofree char *key = gm_hash_dup_hex (&g_array_index (access->keys, GmHash, j));

          json_array_add_string_element (keys, key);
        }
      set_address (object, "address", &access->address);
      json_object_set_array_member (object, "storageKeys", keys);
      json_array_add_object_element (list, object);
    }
  return list;
}

static JsonArray *
list_authorizations (const GmTx *tx)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < tx->authorizations->len; i++)
    {
      const GmTxAuthorization *authorization = tx->authorizations->pdata[i];
      JsonObject *object = json_object_new ();
      g_autofree char *signature = gm_signature_dup_hex (&authorization->signature);

      set_u64 (object, "chainId", authorization->chain_id);
      set_address (object, "address", &authorization->address);
      set_u64 (object, "nonce", authorization->nonce);
      json_object_set_string_member (object, "signature", signature);
      json_array_add_object_element (list, object);
    }
  return list;
}

static JsonObject *
tell_arguments (const GmClearFormat *format, const GmAbiValue *members)
{
  JsonObject *object = json_object_new ();
  const GmAbiType *type = format->type->inputs;

  for (guint i = 0; i < type->parts->len; i++)
    {
      const GmAbiType *part = gm_abi_type_part (type, i);

      json_object_set_member (object, part->name,
                              gm_abi_json_encode (part, members->parts->pdata[i]));
    }
  return object;
}

static void
set_fees (JsonObject *object, const GmTx *tx)
{
  gboolean has_tip = tx->type == GM_TX_FEE_MARKET || tx->type == GM_TX_SET_CODE;

  set_u64 (object, "gasLimit", tx->gas);
  set_number (object, has_tip ? "maxFeePerGas" : "gasPrice", &tx->fee);
  if (has_tip)
    set_number (object, "maxPriorityFeePerGas", &tx->tip);
}

/* All that is signed, and the call as it was read. */
static JsonNode *
tell_all (const GmTx *tx, const GmClearFormat *format, const GmAbiValue *members)
{
  JsonObject *object = json_object_new ();
  gsize length;
  const guint8 *bytes = g_bytes_get_data (tx->data, &length);
  g_autofree char *data = gm_hex_encode_0x (bytes, length);

  json_object_set_int_member (object, "type", tx->type);
  set_u64 (object, "chainId", tx->chain_id);
  set_u64 (object, "nonce", tx->nonce);
  if (tx->creates)
    json_object_set_null_member (object, "to");
  else
    set_address (object, "to", &tx->to);
  set_number (object, "value", &tx->value);
  set_fees (object, tx);
  if (members != NULL)
    {
      json_object_set_string_member (object, "call", format->key);
      json_object_set_object_member (object, "arguments", tell_arguments (format, members));
    }
  json_object_set_string_member (object, "data", data);
  if (tx->type != GM_TX_LEGACY)
    json_object_set_array_member (object, "accessList", list_accesses (tx));
  if (tx->type == GM_TX_SET_CODE)
    json_object_set_array_member (object, "authorizationList", list_authorizations (tx));
  return gm_json_node_take (object);
}

static GmAbiValue *
read_call (const GmClearFormat *format, const GmTx *tx)
{
  if (format == NULL || tx->creates)
    return NULL;
  if (g_bytes_get_size (tx->data) == 0)
    return gm_abi_value_new_list ();
  return gm_abi_signature_decode_call (format->type, tx->data, NULL);
}

static void
tell_unknown (GmReviewDraft *draft, const GmTx *tx)
{
  g_autofree char *to = gm_review_draft_dup_address (draft, &tx->to);

  gm_review_draft_move_unknown (draft);
  if (tx->creates)
    {
      draft->sentence = g_strdup (_ ("Put a new program on the network"));
      gm_review_draft_warn (draft, "%s", _ ("What the new program does, this one cannot tell."));
      return;
    }
  draft->sentence = g_strdup_printf (_ ("Call %s"), to);
  gm_review_draft_warn (draft, "%s",
                        _ ("What this call does cannot be read: it may take all that the account "
                           "has."));
}

static void
warn_of_code (GmReviewDraft *draft, const GmTx *tx)
{
  for (guint i = 0; i < tx->authorizations->len; i++)
    {
      const GmTxAuthorization *authorization = tx->authorizations->pdata[i];
      g_autofree char *code = gm_address_dup_text (&authorization->address);

      gm_review_draft_move_unknown (draft);
      gm_review_draft_add_code (draft, _ ("New code of an account"), code);
      gm_review_draft_warn (draft,
                            _ ("It hands an account over to the code at %s, which can then do "
                               "anything with it."),
                               code);
    }
}

/* Coins that no field has told of. */
static void
add_value (GmReviewDraft *draft, const GmTx *tx, const GmClearFormat *told)
{
  g_autofree char *coins = format_coins (&tx->value);

  if (gm_u256_is_zero (&tx->value) ||
      (told != NULL && gm_clear_format_find_field (told, "@.value") != NULL))
    return;
  gm_review_draft_move (draft, &tx->value, gm_currency_find ("ETH"));
  gm_review_draft_add (draft, _ ("Sends along"), coins);
  gm_review_draft_warn (draft, _ ("It also sends %s to the contract."), coins);
}

static void
add_fee (GmReviewDraft *draft, const GmTx *tx)
{
  const GmU256 gas = gm_u256_from_u64 (tx->gas);
  g_autofree char *words = NULL;
  GmU256 fee;

  if (!gm_u256_multiply (&gas, &tx->fee, &fee, NULL) ||
      !gm_u256_add (&fee, &draft->context->l1_fee, &fee, NULL))
    {
      gm_review_draft_warn (draft, "%s", _ ("Its fee is beyond belief."));
      return;
    }
  words = format_coins (&fee);
  gm_review_draft_add (draft, _ ("Fee, at most"), words);
}

static gboolean
check_chain (GmReviewDraft *draft, const GmTx *tx, GError **error)
{
  const GmU256 chain_id = gm_u256_from_u64 (tx->chain_id);

  if (tx->chain_id == 0 && tx->type == GM_TX_LEGACY) /* from before EIP-155 */
    {
      gm_review_draft_warn (draft, "%s", _ ("It names no network: it is valid on every one."));
      return TRUE;
    }
  return gm_review_draft_add_network (draft, &chain_id, error);
}

gboolean
gm_review_tx_tell (GmReviewDraft *draft, const GmTx *tx, GError **error)
{
  const GmClearFormat *format = tx->creates ? NULL : gm_clear_format_find_call (tx->data);
  g_autoptr (GmAbiValue) members = read_call (format, tx);
  const GmClearText text = { format, members, tx->to, tx->value };

  if (members == NULL)
    tell_unknown (draft, tx);
  else if (!gm_clear_text_tell (&text, draft, error))
    return FALSE;
  add_value (draft, tx, members != NULL ? format : NULL);
  if (g_bytes_get_size (tx->data) > 0 && !tx->creates)
    gm_review_draft_add_contract (draft, &tx->to);
  if (tx->type == GM_TX_SET_CODE)
    warn_of_code (draft, tx);
  add_fee (draft, tx);
  if (!check_chain (draft, tx, error))
    return FALSE;
  gm_review_draft_take_raw (draft, tell_all (tx, format, members));
  return TRUE;
}
