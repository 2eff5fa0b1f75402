/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/asset-words.h"

#include "catalog-scene.h"

static void
test_name (void)
{
  g_autoptr (GmAssetMarks) marks = gm_asset_marks_new ();
  GmAsset *asset = scene_asset (1, "Tide", "Ann");
  g_autoptr (GmAssetItem) item = NULL;
  g_autoptr (GmAssetItem) bare = gm_asset_item_new (scene_asset (2, "Ebb", "Bo"), NULL);
  g_autoptr (GmAssetItem) gone = gm_asset_item_new (g_new0 (GmAsset, 1), NULL);
  g_autofree char *name = NULL;
  g_autofree char *owned = NULL;
  g_autofree char *bare_name = gm_asset_words_dup_name (bare);
  g_autofree char *gone_name = gm_asset_words_dup_name (gone);

  asset->bpm = 120;
  asset->key_sig = g_strdup ("Am");
  asset->asset_id = g_strdup ("0x1");
  asset->price_units = 12000000;
  item = gm_asset_item_new (asset, marks);
  name = gm_asset_words_dup_name (item);
  g_assert_cmpstr (name, ==, "Tide by Ann, 120 BPM, A minor, 12.00 USDC");
  gm_asset_marks_set_owned (marks, "0x1");
  owned = gm_asset_words_dup_name (item);
  g_assert_cmpstr (owned, ==, "Tide by Ann, 120 BPM, A minor, Owned");
  g_assert_cmpstr (bare_name, ==, "Ebb by Bo, 10.00 USDC");
  g_assert_cmpstr (gone_name, ==, "");
}

static void
test_numbers (void)
{
  static const struct
  {
    gint64 clufs;
    const char *words;
  } loud[] = { { -1420, "−14.2 LUFS" }, { -50, "−0.5 LUFS" }, { 30, "0.3 LUFS" }, { 0, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (loud); i++)
    {
      g_autofree char *words = gm_asset_words_dup_loudness (loud[i].clufs);

      g_assert_cmpstr (words, ==, loud[i].words);
    }
  g_assert_null (gm_asset_words_dup_tempo (0));
  g_assert_cmpstr (gm_asset_words_type ("beat"), ==, "Beat");
  g_assert_cmpstr (gm_asset_words_type ("opera"), ==, "opera");
}

static void
test_short (void)
{
  g_autofree char *address = gm_asset_words_dup_short (
      "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");
  g_autofree char *little = gm_asset_words_dup_short ("0x123456789");

  g_assert_cmpstr (address, ==, "0x19E7…ff2A");
  g_assert_cmpstr (little, ==, "0x123456789");
  g_assert_null (gm_asset_words_dup_short (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asset-words/a-row-says-what-it-is", test_name);
  g_test_add_func ("/asset-words/numbers-have-units", test_numbers);
  g_test_add_func ("/asset-words/addresses-are-short", test_short);
  return g_test_run ();
}
