/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/rpc-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "chain/contract-error.h"
#include "evm/abi-signature.h"
#include "evm/address.h"
#include "net/http-words.h"

#define CODE_REVERTED 3      /* the convention of geth; data is what the contract said */
#define CODE_LIMIT    -32005 /* EIP-1474 */
#define MAX_REASON    (64 * 1024)

#define WORD_BYTES 32

/* (nullable) */
static const char *
get_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static const char *
need_text (JsonNode *node, GError **error)
{
  const char *text = get_text (node);

  if (text == NULL || !g_str_has_prefix (text, "0x"))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "the node's answer is no 0x value");
  return text;
}

gboolean
gm_rpc_value_u256 (JsonNode *node, GmU256 *out, GError **error)
{
  const char *text = need_text (node, error);

  if (text == NULL)
    return FALSE;
  if (text[2] == '\0' || (text[2] == '0' && text[3] != '\0'))
    return gm_fail (error, GM_ERROR_BAD_DATA, "the node's answer is no quantity");
  return gm_u256_parse (text, out, error);
}

gboolean
gm_rpc_value_u64 (JsonNode *node, guint64 *out, GError **error)
{
  GmU256 value;

  return gm_rpc_value_u256 (node, &value, error) && gm_u256_to_u64 (&value, out, error);
}

gboolean
gm_rpc_value_hash (JsonNode *node, GmHash *out, GError **error)
{
  const char *text = need_text (node, error);

  return text != NULL && gm_hash_parse (text, out, error);
}

gboolean
gm_rpc_value_address (JsonNode *node, GmAddress *out, GError **error)
{
  const char *text = need_text (node, error);

  return text != NULL && gm_address_parse (text, out, error);
}

GBytes *
gm_rpc_value_bytes (JsonNode *node, gsize max_bytes, GError **error)
{
  const char *text = need_text (node, error);

  return text != NULL ? gm_hex_decode_bytes (text, max_bytes, error) : NULL;
}

char *
gm_rpc_value_dup_quantity (const GmU256 *value)
{
  g_autofree char *digits = NULL;
  const char *first;
  GmHash big_endian;

  gm_u256_to_be (value, &big_endian);
  digits = gm_hex_encode (big_endian.b, sizeof big_endian.b);
  first = digits + strspn (digits, "0");
  return g_strconcat ("0x", *first != '\0' ? first : "0", NULL);
}

/* (nullable) the sentence of what the contract gave as its reason */
static char *
dup_reason (JsonNode *data)
{
  const char *text = get_text (data);
  g_autoptr (GBytes) bytes = text != NULL ? gm_hex_decode_bytes (text, MAX_REASON, NULL) : NULL;

  if (bytes == NULL || g_bytes_get_size (bytes) % WORD_BYTES != GM_ABI_SELECTOR_BYTES)
    return NULL;
  return gm_contract_error_dup_sentence (bytes);
}

/* geth, reth and Erigon; anvil; Nethermind; Besu. */
gboolean
gm_rpc_value_is_known (const GError *error)
{
  static const char *const words[] = { "already known", "already imported", "alreadyknown",
                                       ": known transaction" };
  g_autofree char *lower = g_utf8_strdown (error->message, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Nodes agree on codes for little of what matters, but on these words (geth, reth, anvil). */
static GmErrorCode
find_code (gint64 code, const char *words)
{
  static const struct
  {
    const char *words;
    GmErrorCode code;
  } known[] = {
    { "insufficient funds", GM_ERROR_FUNDS },  { "nonce too low", GM_ERROR_CONFLICT },
    { "already known", GM_ERROR_CONFLICT },    { "already imported", GM_ERROR_CONFLICT },
    { "underpriced", GM_ERROR_CONFLICT },      { "rate limit", GM_ERROR_OFFLINE },
    { "too many requests", GM_ERROR_OFFLINE },
  };
  g_autofree char *lower = g_utf8_strdown (words, -1);

  if (code == CODE_LIMIT)
    return GM_ERROR_OFFLINE;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strstr (lower, known[i].words) != NULL)
      return known[i].code;
  return GM_ERROR_REMOTE;
}

void
gm_rpc_value_set_refusal (JsonNode *refusal, const char *host, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (refusal) ? json_node_get_object (refusal) : NULL;
  const char *message = object != NULL ? get_text (json_object_get_member (object, "message"))
                                       : NULL;
  gint64 code = object != NULL ? json_object_get_int_member_with_default (object, "code", 0) : 0;
  g_autofree char *line = gm_http_words_dup_line (message != NULL ? message : "");
  g_autofree char *reason = object != NULL ? dup_reason (json_object_get_member (object, "data"))
                                           : NULL;

  if (reason != NULL)
    gm_error_set (error, GM_ERROR_REMOTE, _ ("the contract refuses: %s"), reason);
  else if (code == CODE_REVERTED)
    gm_error_set (error, GM_ERROR_REMOTE, _ ("the contract refuses without a reason"));
  else
    gm_error_set (error, find_code (code, line), "%s: %s", host,
                  *line != '\0' ? line : _ ("the node refuses without a reason"));
}
