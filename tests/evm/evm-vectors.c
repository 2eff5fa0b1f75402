/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm-vectors.h"

#include <string.h>

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
