/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm-vectors.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"
#include "base/json.h"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonObject *object = gm_json_parse_object (bytes, 1024 * 1024, &error);

  g_assert_no_error (error);
  return object;
}

JsonObject *
evm_vectors_load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "vectors", name, NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return parse (text);
}

JsonObject *
evm_vectors_json (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return parse (json);
}

GmSecret *
evm_vectors_key (const char *hex)
{
  guint8 key[32];

  g_assert_true (gm_hex_decode (hex, key, sizeof key, NULL));
  return gm_secret_new_copy (key, sizeof key);
}

void
evm_vectors_assert_hash (const GmHash *hash, const char *hex)
{
  g_autofree char *actual = gm_hash_dup_hex (hash);

  g_assert_cmpstr (actual, ==, hex);
}

GBytes *
evm_vectors_bytes (const char *hex)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = gm_hex_decode_bytes (hex, G_MAXSIZE, &error);

  g_assert_no_error (error);
  return bytes;
}

void
evm_vectors_assert_bytes (GBytes *bytes, const char *hex)
{
  g_autofree char *actual = gm_hex_encode_0x (g_bytes_get_data (bytes, NULL),
                                              g_bytes_get_size (bytes));

  g_assert_cmpstr (actual, ==, hex);
}

void
evm_vectors_assert_refused (GError **error, const char *words)
{
  g_assert_error (*error, GM_ERROR, GM_ERROR_BAD_DATA);
  if (strstr ((*error)->message, words) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, words);
  g_clear_error (error);
}
