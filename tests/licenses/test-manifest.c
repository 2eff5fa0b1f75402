/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/manifest.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "license-world.h"

static GmManifest *
example (void)
{
  GmManifest *manifest = gm_manifest_new ();
  GmCipherHeader header;
  GmCid cid = { 1, GM_CID_DAG_PB, { { 0 } } };

  memset (&header, 0x61, sizeof header);
  memset (&cid.digest, 7, sizeof cid.digest);
  manifest->chain_id = WORLD_CHAIN;
  memset (&manifest->asset_id, 1, sizeof manifest->asset_id);
  memset (&manifest->seller, 2, sizeof manifest->seller);
  memset (&manifest->license_hash, 3, sizeof manifest->license_hash);
  manifest->preview = g_strdup ("preview/00.opus");
  gm_manifest_add_file (manifest, "master", "audio/flac", &cid, 112, &header);
  return manifest;
}

static void
test_round_trip (void)
{
  g_autoptr (GmManifest) manifest = example ();
  GmHash hash, expected;
  g_autoptr (GBytes) json = gm_manifest_encode (manifest, &hash);
  g_autoptr (GError) error = NULL;
  g_autoptr (GmManifest) again = gm_manifest_parse (json, &error);
  g_autoptr (GBytes) json_again = NULL;

  g_assert_no_error (error);
  json_again = gm_manifest_encode (again, NULL);
  g_assert_true (g_bytes_equal (json, json_again));
  gm_hash_sha256 (g_bytes_get_data (json, NULL), g_bytes_get_size (json), &expected);
  g_assert_true (gm_hash_equal (&hash, &expected));
  g_assert_nonnull (gm_manifest_find (again, "master"));
  g_assert_null (gm_manifest_find (again, "stems"));
  g_assert_null (again->artwork);
}

static void
test_broken (void)
{
  static const struct
  {
    const char *from;
    const char *to;
  } broken[] = {
    { "\"v\":1", "\"v\":0" },
    { "\"bytes\":112", "\"bytes\":-1" },
    { "\"bytes\":112", "\"bytes\":9007199254740991" },
    { "\"cid\":\"b", "\"cid\":\"c" },
    { "\"gmaHeader\":\"0x61", "\"gmaHeader\":\"0x" },
    { "\"preview\":\"", "\"previous\":\"" },
    { "\"artwork\":null", "\"artwork\":1" },
    { "\"files\":[", "\"files\":[1," },
    { "\"chainId\":", "\"a\":0,\"chainId\":" },
  };
  g_autoptr (GmManifest) manifest = example ();
  g_autoptr (GBytes) json = gm_manifest_encode (manifest, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GString) changed = g_string_new (text);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (changed, broken[i].from, broken[i].to, 1), ==, 1);
      bytes = g_bytes_new (changed->str, changed->len);
      if (gm_manifest_parse (bytes, &error) != NULL)
        g_error ("taken: %s", broken[i].to);
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

static void
test_asset_id (void)
{
  static const GmAddress nowhere;
  g_autoptr (JsonObject) vectors = gm_world_vectors ("license-structs.json");
  GmSigner *seller = gm_world_signer (0x46);
  GmHash salt, id, expected;

  memset (&salt, 0xee, sizeof salt);
  g_assert_true (gm_json_hash_member (vectors, "assetId", &expected, NULL));
  gm_manifest_asset_id (WORLD_CHAIN, &nowhere, &seller->address, &salt, &id);
  g_assert_true (gm_hash_equal (&id, &expected));
  gm_world_signer_free (seller);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest/hash-is-that-of-its-bytes", test_round_trip);
  g_test_add_func ("/manifest/broken-json-is-refused", test_broken);
  g_test_add_func ("/manifest/asset-id-is-bound-to-the-seller", test_asset_id);
  return g_test_run ();
}
