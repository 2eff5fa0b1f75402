/* vault-oracle.c - answers what src/vault makes of a question, so that other programs can compare.
 *
 * {"ask": "node", "seed": "0x…", "path": "m/0"}; tests/peers asks the questions, with keys that
 * everybody knows.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/hex.h"
#include "evm/address.h"
#include "evm/signature.h"
#include "oracle-lines.h"
#include "vault/hdkey.h"
#include "vault/raw-key.h"
#include "vault/v3-keystore.h"
#include "vault/words.h"

#define KEY_BYTES 32

static GmSecret *
text_secret (JsonObject *ask, const char *member)
{
  return gm_secret_new_text (oracle_lines_text (ask, member));
}

static GmSecret *
hex_secret (JsonObject *ask, const char *member, GError **error)
{
  g_autoptr (GBytes) bytes = gm_hex_decode_bytes (oracle_lines_text (ask, member), 64, error);

  return bytes == NULL
             ? NULL
             : gm_secret_new_copy (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static JsonNode *
text_node (GmSecret *text)
{
  char *copy = g_strndup ((const char *) gm_secret_open (text), gm_secret_length (text));

  gm_secret_close (text);
  return oracle_lines_take_text (copy);
}

static JsonNode *
hex_node (GmSecret *secret)
{
  char *hex = gm_hex_encode_0x (gm_secret_open (secret), gm_secret_length (secret));

  gm_secret_close (secret);
  return oracle_lines_take_text (hex);
}

static JsonNode *
account_node (GmSecret *key, GError **error)
{
  GmAddress address;
  g_autofree char *text = NULL;
  JsonObject *account;

  if (key == NULL || !gm_signature_address (key, &address, error))
    return NULL;
  text = gm_address_dup_text (&address);
  account = json_object_new ();
  json_object_set_member (account, "key", hex_node (key));
  json_object_set_string_member (account, "address", text);
  return oracle_lines_take_object (account);
}

static JsonNode *
answer_words (JsonObject *ask, GError **error)
{
  g_autoptr (GmSecret) entropy = hex_secret (ask, "entropy", error);
  g_autoptr (GmSecret) words = entropy != NULL ? gm_words_from_entropy (entropy, error) : NULL;

  return words != NULL ? text_node (words) : NULL;
}

static JsonNode *
answer_entropy (JsonObject *ask, GError **error)
{
  g_autoptr (GmSecret) typed = text_secret (ask, "words");
  g_autoptr (GmSecret) words = gm_words_parse (typed, error);
  g_autoptr (GmSecret) entropy = words != NULL ? gm_words_to_entropy (words, error) : NULL;

  return entropy != NULL ? hex_node (entropy) : NULL;
}

static JsonNode *
answer_seed (JsonObject *ask, GError **error)
{
  g_autoptr (GmSecret) words = text_secret (ask, "words");
  g_autoptr (GmSecret) passphrase = text_secret (ask, "passphrase");
  g_autoptr (GmSecret) seed = gm_words_to_seed (words, passphrase, error);

  return seed != NULL ? hex_node (seed) : NULL;
}

static JsonNode *
answer_node (JsonObject *ask, GError **error)
{
  g_autoptr (GmSecret) seed = hex_secret (ask, "seed", error);
  g_autoptr (GmSecret) node = NULL;
  g_autoptr (GmSecret) key = NULL;

  if (seed == NULL)
    return NULL;
  node = gm_hdkey_derive (seed, oracle_lines_text (ask, "path"), error);
  if (node == NULL)
    return NULL;
  key = gm_secret_new_copy (gm_secret_open (node), KEY_BYTES);
  gm_secret_close (node);
  return account_node (key, error);
}

static JsonNode *
answer_open (JsonObject *ask, GError **error)
{
  const char *text = oracle_lines_text (ask, "json");
  g_autoptr (GBytes) json = g_bytes_new_static (text, strlen (text));
  g_autoptr (GmV3Keystore) keystore = gm_v3_keystore_parse (json, error);
  g_autoptr (GmSecret) password = text_secret (ask, "password");
  g_autoptr (GmSecret) key = NULL;

  if (keystore == NULL)
    return NULL;
  key = gm_v3_keystore_open (keystore, password, error);
  return account_node (key, error);
}

static JsonNode *
answer_seal (JsonObject *ask, GError **error)
{
  g_autoptr (GmSecret) typed = text_secret (ask, "key");
  g_autoptr (GmSecret) key = gm_raw_key_parse (typed, error);
  g_autoptr (GmSecret) password = text_secret (ask, "password");
  g_autoptr (GBytes) json = key != NULL ? gm_v3_keystore_seal (key, password, error) : NULL;

  return json == NULL ? NULL
                      : oracle_lines_take_text (
                            g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json)));
}

static const OracleAnswer answers[] = {
  { "words", answer_words }, { "entropy", answer_entropy }, { "seed", answer_seed },
  { "node", answer_node },   { "open", answer_open },       { "seal", answer_seal },
};

int
main (void)
{
  return oracle_lines_run (answers, G_N_ELEMENTS (answers));
}
