/* evm-oracle.c - answers what src/evm makes of a question, so that other programs can compare.
 *
 * {"ask": "rlp-encode", "value": […]}; numbers are text. tests/peers asks the questions.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/json.h"
#include "base/money.h"
#include "evm-vectors.h"
#include "evm/abi-decoder.h"
#include "evm/abi-error.h"
#include "evm/abi-json.h"
#include "evm/address.h"
#include "evm/ens.h"
#include "evm/keccak.h"
#include "evm/payment-uri.h"
#include "evm/permit.h"
#include "evm/raw-tx.h"
#include "evm/rlp-reader.h"
#include "evm/rlp.h"
#include "evm/signable.h"
#include "evm/typed-data.h"
#include "oracle-lines.h"

static JsonNode *
hex_node (GBytes *bytes)
{
  return bytes == NULL ? NULL
                       : oracle_lines_take_text (gm_hex_encode_0x (g_bytes_get_data (bytes, NULL),
                                                                   g_bytes_get_size (bytes)));
}

static void
set_take_text (JsonObject *object, const char *member, char *text)
{
  json_object_set_string_member (object, member, text);
  g_free (text);
}

static void
set_number (JsonObject *object, const char *member, const GmU256 *number)
{
  set_take_text (object, member, gm_u256_format (number));
}

static void
set_u64 (JsonObject *object, const char *member, guint64 number)
{
  set_take_text (object, member, g_strdup_printf ("%" G_GUINT64_FORMAT, number));
}

static void
set_hex (JsonObject *object, const char *member, GBytes *bytes)
{
  json_object_set_member (object, member, hex_node (bytes));
}

static GBytes *
bytes_of (JsonObject *ask, const char *member, GError **error)
{
  return gm_hex_decode_bytes (oracle_lines_text (ask, member), ORACLE_MAX_LINE_BYTES, error);
}

static gboolean
read_number (JsonObject *ask, const char *member, GmU256 *out, GError **error)
{
  *out = gm_u256_from_u64 (0);
  return !json_object_has_member (ask, member) ||
         gm_u256_parse (oracle_lines_text (ask, member), out, error);
}

static gboolean
read_u64 (JsonObject *ask, const char *member, guint64 *out, GError **error)
{
  GmU256 number;

  return read_number (ask, member, &number, error) && gm_u256_to_u64 (&number, out, error);
}

static gboolean
sign_with_key (const GmSigner *self, const GmSignable *what, GmSignature *out, GError **error)
{
  return gm_signable_sign (what, self->data, out, error);
}

/* ABI */

static GmAbiValue *
value_of (JsonObject *ask, const GmAbiType *type, GError **error)
{
  return type == NULL ? NULL
                      : gm_abi_json_parse (type, json_object_get_member (ask, "value"), error);
}

static JsonNode *
answer_abi_encode (JsonObject *ask, GError **error)
{
  g_autoptr (GmAbiType) type = gm_abi_type_parse (oracle_lines_text (ask, "type"), error);
  g_autoptr (GmAbiValue) value = value_of (ask, type, error);
  g_autoptr (GBytes) bytes = value != NULL ? gm_abi_value_encode (type, value) : NULL;

  return hex_node (bytes);
}

static JsonNode *
answer_abi_packed (JsonObject *ask, GError **error)
{
  g_autoptr (GmAbiType) type = gm_abi_type_parse (oracle_lines_text (ask, "type"), error);
  g_autoptr (GmAbiValue) value = value_of (ask, type, error);
  g_autoptr (GBytes) bytes = value != NULL ? gm_abi_value_encode_packed (type, value, error) : NULL;

  return hex_node (bytes);
}

static JsonNode *
answer_abi_decode (JsonObject *ask, GError **error)
{
  g_autoptr (GmAbiType) type = gm_abi_type_parse (oracle_lines_text (ask, "type"), error);
  g_autoptr (GBytes) data = type != NULL ? bytes_of (ask, "data", error) : NULL;
  g_autoptr (GmAbiValue) value = data != NULL ? gm_abi_decode (type, data, error) : NULL;

  return value != NULL ? gm_abi_json_encode (type, value) : NULL;
}

static JsonNode *
answer_signature (JsonObject *ask, GError **error)
{
  g_autoptr (GmAbiSignature) signature = gm_abi_signature_parse (oracle_lines_text (ask, "text"),
                                                                 error);
  JsonObject *answer;

  if (signature == NULL)
    return NULL;

  answer = json_object_new ();
  set_take_text (answer, "text", gm_abi_signature_dup_text (signature));
  set_take_text (answer, "hash", gm_hash_dup_hex (&signature->hash));
  return oracle_lines_take_object (answer);
}

static JsonNode *
answer_log (JsonObject *ask, GError **error)
{
  g_autoptr (GmAbiSignature) signature = gm_abi_signature_parse (oracle_lines_text (ask, "text"),
                                                                 error);
  JsonArray *list = gm_json_array (ask, "topics", NULL);
  g_autoptr (GBytes) data = bytes_of (ask, "data", NULL);
  g_autoptr (GmAbiValue) values = NULL;
  GmHash topics[16];

  if (signature == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!gm_hash_parse (json_array_get_string_element (list, i), &topics[i], error))
      return NULL;

  values = gm_abi_signature_decode_log (signature, topics, json_array_get_length (list), data,
                                        error);
  return values != NULL ? gm_abi_json_encode (signature->inputs, values) : NULL;
}

static JsonNode *
answer_topic (JsonObject *ask, GError **error)
{
  g_autoptr (GmAbiType) type = gm_abi_type_parse (oracle_lines_text (ask, "type"), error);
  g_autoptr (GmAbiValue) value = value_of (ask, type, error);
  GmHash topic;

  if (value == NULL)
    return NULL;

  gm_abi_value_topic (type, value, &topic);
  return oracle_lines_take_text (gm_hash_dup_hex (&topic));
}

static JsonNode *
answer_revert (JsonObject *ask, GError **error)
{
  g_autoptr (GBytes) data = bytes_of (ask, "data", error);

  return data != NULL ? oracle_lines_take_text (gm_abi_error_dup_sentence (data, NULL)) : NULL;
}

/* RLP */

static gboolean
add_rlp (GmRlp *rlp, JsonNode *node, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  JsonArray *list;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      bytes = gm_hex_decode_bytes (json_node_get_string (node), ORACLE_MAX_LINE_BYTES, error);
      if (bytes != NULL)
        gm_rlp_add_bytes (rlp, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      return bytes != NULL;
    }

  list = json_node_get_array (node);
  gm_rlp_open (rlp);
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!add_rlp (rlp, json_array_get_element (list, i), error))
      return FALSE;
  gm_rlp_close (rlp);
  return TRUE;
}

static JsonNode *
answer_rlp_encode (JsonObject *ask, GError **error)
{
  g_autoptr (GmRlp) rlp = gm_rlp_new ();
  g_autoptr (GBytes) bytes = NULL;

  if (!add_rlp (rlp, json_object_get_member (ask, "value"), error))
    return NULL;

  bytes = gm_rlp_encode (rlp);
  return hex_node (bytes);
}

static JsonNode *
read_rlp (GmRlpReader *reader, GError **error)
{
  g_autoptr (JsonArray) items = json_array_new ();
  GmRlpReader inside;
  const guint8 *bytes;
  gsize length;

  if (!gm_rlp_at_list (reader))
    return gm_rlp_read_bytes (reader, &bytes, &length, error)
               ? oracle_lines_take_text (gm_hex_encode_0x (bytes, length))
               : NULL;

  if (!gm_rlp_read_list (reader, &inside, error))
    return NULL;
  while (!gm_rlp_at_end (&inside))
    {
      JsonNode *item = read_rlp (&inside, error);

      if (item == NULL)
        return NULL;
      json_array_add_element (items, item);
    }
  return json_node_init_array (json_node_alloc (), items);
}

static JsonNode *
answer_rlp_decode (JsonObject *ask, GError **error)
{
  g_autoptr (GBytes) data = bytes_of (ask, "data", error);
  g_autoptr (JsonNode) answer = NULL;
  GmRlpReader reader;

  if (data == NULL)
    return NULL;

  reader = gm_rlp_reader (data);
  answer = read_rlp (&reader, error);
  return answer != NULL && gm_rlp_read_end (&reader, error) ? g_steal_pointer (&answer) : NULL;
}

/* Transactions */

static gboolean
fill_accesses (GmTx *tx, JsonObject *terms, GError **error)
{
  JsonArray *list = gm_json_array (terms, "accessList", NULL);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *item = json_array_get_object_element (list, i);
      JsonArray *keys = json_object_get_array_member (item, "storageKeys");
      GmAddress address;
      GmTxAccess *access;

      if (!gm_address_parse (oracle_lines_text (item, "address"), &address, error))
        return FALSE;
      access = gm_tx_add_access (tx, &address);
      for (guint k = 0; k < json_array_get_length (keys); k++)
        {
          GmHash key;

          if (!gm_hash_parse (json_array_get_string_element (keys, k), &key, error))
            return FALSE;
          g_array_append_val (access->keys, key);
        }
    }

  return TRUE;
}

static GmTx *
tx_of (JsonObject *terms, GError **error)
{
  guint64 type = 0;
  g_autoptr (GmTx) tx = NULL;

  if (terms == NULL || !read_u64 (terms, "type", &type, error))
    return NULL;

  tx = gm_tx_new ((GmTxType) type);
  tx->creates = !json_object_has_member (terms, "to");
  g_clear_pointer (&tx->data, g_bytes_unref);
  tx->data = bytes_of (terms, "data", error);
  if (tx->data == NULL || !read_u64 (terms, "chainId", &tx->chain_id, error) ||
      !read_u64 (terms, "nonce", &tx->nonce, error) ||
      !read_number (terms, "tip", &tx->tip, error) ||
      !read_number (terms, "fee", &tx->fee, error) || !read_u64 (terms, "gas", &tx->gas, error) ||
      !read_number (terms, "value", &tx->value, error) ||
      (!tx->creates && !gm_address_parse (oracle_lines_text (terms, "to"), &tx->to, error)) ||
      !fill_accesses (tx, terms, error))
    return NULL;

  return g_steal_pointer (&tx);
}

static JsonNode *
answer_tx_sign (JsonObject *ask, GError **error)
{
  g_autoptr (GmTx) tx = tx_of (gm_json_object (ask, "tx", error), error);
  g_autoptr (GmSecret) key = evm_vectors_key (oracle_lines_text (ask, "key"));
  g_autoptr (GBytes) without = NULL;
  g_autoptr (GBytes) raw = NULL;
  GmSigner signer = { .sign = sign_with_key, .data = key };
  JsonObject *answer;
  GmHash hash;

  raw = tx != NULL ? gm_tx_sign (tx, &signer, error) : NULL;
  if (raw == NULL)
    return NULL;

  answer = json_object_new ();
  without = gm_tx_encode (tx, NULL);
  gm_raw_tx_hash (raw, &hash);
  set_hex (answer, "unsigned", without);
  set_hex (answer, "raw", raw);
  set_take_text (answer, "hash", gm_hash_dup_hex (&hash));
  return oracle_lines_take_object (answer);
}

static JsonArray *
list_accesses (const GmTx *tx)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < tx->accesses->len; i++)
    {
      const GmTxAccess *access = tx->accesses->pdata[i];
      JsonObject *item = json_object_new ();
      JsonArray *keys = json_array_new ();

      for (guint k = 0; k < access->keys->len; k++)
        json_array_add_element (keys, oracle_lines_take_text (gm_hash_dup_hex (
                                          &g_array_index (access->keys, GmHash, k))));
      set_take_text (item, "address", gm_address_dup_text (&access->address));
      json_object_set_array_member (item, "storageKeys", keys);
      json_array_add_object_element (list, item);
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
      JsonObject *item = json_object_new ();
      GmAddress authority;
      GmHash digest;

      gm_tx_authorization_digest (authorization, &digest);
      set_u64 (item, "chainId", authorization->chain_id);
      set_take_text (item, "address", gm_address_dup_text (&authorization->address));
      set_u64 (item, "nonce", authorization->nonce);
      set_take_text (item, "signature", gm_signature_dup_hex (&authorization->signature));
      if (gm_signature_recover (&authorization->signature, &digest, &authority, NULL))
        set_take_text (item, "authority", gm_address_dup_text (&authority));
      json_array_add_object_element (list, item);
    }
  return list;
}

static JsonObject *
describe_tx (const GmTx *tx)
{
  JsonObject *terms = json_object_new ();

  set_u64 (terms, "type", tx->type);
  set_u64 (terms, "chainId", tx->chain_id);
  set_u64 (terms, "nonce", tx->nonce);
  set_number (terms, "tip", &tx->tip);
  set_number (terms, "fee", &tx->fee);
  set_u64 (terms, "gas", tx->gas);
  if (!tx->creates)
    set_take_text (terms, "to", gm_address_dup_text (&tx->to));
  set_number (terms, "value", &tx->value);
  set_hex (terms, "data", tx->data);
  json_object_set_array_member (terms, "accessList", list_accesses (tx));
  json_object_set_array_member (terms, "authorizationList", list_authorizations (tx));
  return terms;
}

static JsonNode *
answer_tx_parse (JsonObject *ask, GError **error)
{
  g_autoptr (GBytes) raw = bytes_of (ask, "raw", error);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GmTx) tx = NULL;
  GmSignature signature;
  GmAddress from;
  JsonObject *answer;
  GmHash hash;

  tx = raw != NULL ? gm_raw_tx_parse (raw, &signature, error) : NULL;
  if (tx == NULL || !gm_raw_tx_recover (raw, &from, error))
    return NULL;

  answer = json_object_new ();
  gm_raw_tx_hash (raw, &hash);
  again = gm_tx_encode (tx, &signature);
  json_object_set_object_member (answer, "tx", describe_tx (tx));
  set_take_text (answer, "hash", gm_hash_dup_hex (&hash));
  set_take_text (answer, "from", gm_address_dup_text (&from));
  set_hex (answer, "again", again);
  return oracle_lines_take_object (answer);
}

/* Accounts and messages */

static JsonNode *
sign_digest (JsonObject *ask, const GmHash *digest, GError **error)
{
  JsonObject *answer = json_object_new ();

  set_take_text (answer, "digest", gm_hash_dup_hex (digest));
  if (json_object_has_member (ask, "key"))
    {
      g_autoptr (GmSecret) key = evm_vectors_key (oracle_lines_text (ask, "key"));
      GmSignature signature;

      if (!gm_signature_sign (key, digest, &signature, error))
        {
          json_object_unref (answer);
          return NULL;
        }
      set_take_text (answer, "signature", gm_signature_dup_hex (&signature));
    }
  return oracle_lines_take_object (answer);
}

static JsonNode *
answer_typed (JsonObject *ask, GError **error)
{
  JsonObject *typed_data = gm_json_object (ask, "typedData", error);
  GmHash digest;

  if (typed_data == NULL || !gm_typed_data_digest (typed_data, &digest, error))
    return NULL;
  return sign_digest (ask, &digest, error);
}

static JsonNode *
answer_personal (JsonObject *ask, GError **error)
{
  GmHash digest;

  gm_signature_personal_digest (oracle_lines_text (ask, "text"), &digest);
  return sign_digest (ask, &digest, error);
}

static JsonObject *
compose_permit (JsonObject *ask, const GmPermitToken *token, GError **error)
{
  const char *kind = oracle_lines_text (ask, "kind");
  GmPermitTransfer move = { 0 };
  GmPermitAllowance allowance = { 0 };

  if (!gm_address_parse (oracle_lines_text (ask, "from"), &move.from, error) ||
      !gm_address_parse (oracle_lines_text (ask, "to"), &move.to, error) ||
      !read_number (ask, "value", &move.value, error) ||
      !read_u64 (ask, "after", &move.valid_after_unix, error) ||
      !read_u64 (ask, "before", &move.valid_before_unix, error))
    return NULL;

  if (g_str_equal (kind, "allowance"))
    {
      allowance = (GmPermitAllowance){ .owner = move.from,
                                       .spender = move.to,
                                       .value = move.value,
                                       .deadline_unix = move.valid_before_unix };
      return read_number (ask, "nonce", &allowance.nonce, error)
                 ? gm_permit_compose_allowance (token, &allowance)
                 : NULL;
    }
  if (!gm_hash_parse (oracle_lines_text (ask, "nonce"), &move.nonce, error))
    return NULL;
  if (g_str_equal (kind, "transfer"))
    return gm_permit_compose_transfer (token, &move);
  if (g_str_equal (kind, "receive"))
    return gm_permit_compose_receive (token, &move);
  return gm_permit_compose_cancel (token, &move.from, &move.nonce);
}

static JsonNode *
answer_permit (JsonObject *ask, GError **error)
{
  GmPermitToken token = { .name = oracle_lines_text (ask, "name"),
                          .version = oracle_lines_text (ask, "version") };
  g_autoptr (JsonObject) typed_data = NULL;
  GmHash digest;

  if (!read_u64 (ask, "chainId", &token.chain_id, error) ||
      !gm_address_parse (oracle_lines_text (ask, "token"), &token.address, error))
    return NULL;

  typed_data = compose_permit (ask, &token, error);
  if (typed_data == NULL || !gm_typed_data_digest (typed_data, &digest, error))
    return NULL;
  return sign_digest (ask, &digest, error);
}

static JsonNode *
answer_account (JsonObject *ask, GError **error)
{
  g_autoptr (GmSecret) key = evm_vectors_key (oracle_lines_text (ask, "key"));
  GmAddress address;

  return gm_signature_address (key, &address, error)
             ? oracle_lines_take_text (gm_address_dup_text (&address))
             : NULL;
}

static JsonNode *
answer_checksum (JsonObject *ask, GError **error)
{
  GmAddress address;

  return gm_address_parse (oracle_lines_text (ask, "address"), &address, error)
             ? oracle_lines_take_text (gm_address_dup_text (&address))
             : NULL;
}

static JsonNode *
answer_keccak (JsonObject *ask, GError **error)
{
  g_autoptr (GBytes) data = bytes_of (ask, "data", error);
  GmHash hash;

  if (data == NULL)
    return NULL;

  gm_keccak256 (g_bytes_get_data (data, NULL), g_bytes_get_size (data), &hash);
  return oracle_lines_take_text (gm_hash_dup_hex (&hash));
}

static JsonNode *
answer_namehash (JsonObject *ask, GError **error)
{
  GmHash hash;

  return gm_ens_namehash (oracle_lines_text (ask, "name"), &hash, error)
             ? oracle_lines_take_text (gm_hash_dup_hex (&hash))
             : NULL;
}

static JsonNode *
answer_units (JsonObject *ask, GError **error)
{
  GmU256 units;
  guint64 decimals;

  return read_number (ask, "units", &units, error) && read_u64 (ask, "decimals", &decimals, error)
             ? oracle_lines_take_text (gm_u256_format_units (&units, (guint) decimals))
             : NULL;
}

static JsonNode *
answer_amount (JsonObject *ask, GError **error)
{
  GmU256 units;

  return gm_payment_uri_parse_number (oracle_lines_text (ask, "text"), &units, error)
             ? oracle_lines_take_text (gm_u256_format (&units))
             : NULL;
}

static const OracleAnswer answers[] = {
  { "abi-encode", answer_abi_encode },
  { "abi-decode", answer_abi_decode },
  { "abi-packed", answer_abi_packed },
  { "signature", answer_signature },
  { "log", answer_log },
  { "topic", answer_topic },
  { "revert", answer_revert },
  { "rlp-encode", answer_rlp_encode },
  { "rlp-decode", answer_rlp_decode },
  { "tx-sign", answer_tx_sign },
  { "tx-parse", answer_tx_parse },
  { "typed", answer_typed },
  { "personal", answer_personal },
  { "permit", answer_permit },
  { "account", answer_account },
  { "checksum", answer_checksum },
  { "keccak", answer_keccak },
  { "namehash", answer_namehash },
  { "units", answer_units },
  { "amount", answer_amount },
};

int
main (void)
{
  return oracle_lines_run (answers, G_N_ELEMENTS (answers));
}
