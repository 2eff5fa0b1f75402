/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/asset-edit.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"

static const struct
{
  const char *body;
  const char *wrong; /* "field: part of the sentence", NULL: nothing */
  guint meant;
} cases[] = {
  { "{}", NULL, 0 },
  { "{\"nothing\":1}", NULL, 0 },
  { "{\"title\":\" Tide \"}", NULL, 1 },
  { "{\"title\":\"\"}", "title: empty", 1 },
  { "{\"title\":\"   \"}", "title: empty", 1 },
  { "{\"title\":null}", "title: null", 1 },
  { "{\"title\":7}", "title: text", 1 },
  { "{\"title\":\"a\\u0007\"}", "title: control", 1 },
  { "{\"artist\":[]}", "artist: text", 1 },
  { "{\"type\":\"song\"}", "type: sample", 1 },
  { "{\"type\":\"stems\"}", NULL, 1 },
  { "{\"bpm\":19}", "bpm: from 20", 1 },
  { "{\"bpm\":20.5}", "bpm: whole", 1 },
  { "{\"bpm\":\"128\"}", "bpm: whole", 1 },
  { "{\"bpm\":null}", NULL, 1 },
  { "{\"keySig\":\"Am\"}", NULL, 1 },
  { "{\"keySig\":\"am\"}", "keySig: key", 1 },
  { "{\"isNew\":1}", "isNew: true", 1 },
  { "{\"tags\":[\"a\",\"b\"]}", NULL, 1 },
  { "{\"tags\":[\"a\",1]}", "tags: text", 1 },
  { "{\"tags\":\"a\"}", "tags: list", 1 },
  { "{\"priceUnits\":\"0\"}", NULL, 1 },
  { "{\"priceUnits\":\"-1\"}", "priceUnits: digits", 1 },
  { "{\"priceUnits\":\"1.5\"}", "priceUnits: digits", 1 },
  { "{\"priceUnits\":\"9999999999999999999999\"}", "priceUnits: digits", 1 },
  { "{\"priceAmount\":0}", NULL, 1 },
  { "{\"priceAmount\":-1}", "priceAmount: from 0", 1 },
  { "{\"priceAmount\":0.0000001}", "priceAmount: ", 1 },
  { "{\"priceAmount\":0.123456}", NULL, 1 },
  { "{\"priceAmount\":1e300}", "priceAmount: from 0", 1 },
  { "{\"priceAmount\":19.99,\"priceUnits\":\"19990000\"}", NULL, 2 },
  { "{\"priceAmount\":19.99,\"priceUnits\":\"1999\"}", "priceAmount: disagrees", 2 },
  { "{\"priceCurrency\":\"PYUSD\"}", "priceCurrency: together", 1 },
  { "{\"priceCurrency\":\"PYUSD\",\"priceUnits\":\"5\"}", NULL, 2 },
  { "{\"priceCurrency\":\"XYZ\"}", "priceCurrency: not a currency", 1 },
};

static GmAsset *
an_asset (void)
{
  GmAsset *asset = g_new0 (GmAsset, 1);

  asset->id = g_strdup ("01ARZ3NDEKTSV4RRFFQ69G5FAV");
  asset->title = g_strdup ("Before");
  asset->artist = g_strdup ("Somebody");
  asset->type = g_strdup ("track");
  asset->status = g_strdup ("draft");
  asset->price_currency = g_strdup ("USDC");
  asset->price_units = 1000000;
  return asset;
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonObject *object = gm_json_parse_object (bytes, 65536, &error);

  g_assert_no_error (error);
  return object;
}

static void
test_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) body = parse (cases[i].body);
      g_autoptr (JsonObject) wrong = json_object_new ();
      g_autoptr (GmAsset) asset = an_asset ();
      g_auto (GStrv) expected = cases[i].wrong != NULL ? g_strsplit (cases[i].wrong, ": ", 2)
                                                       : NULL;

      g_test_message ("%s", cases[i].body);
      g_assert_cmpuint (gm_asset_edit_apply (body, asset, wrong), ==, cases[i].meant);
      g_assert_cmpuint (json_object_get_size (wrong), ==, expected != NULL ? 1 : 0);
      if (expected != NULL)
        {
          JsonArray *list = json_object_get_array_member (wrong, expected[0]);

          g_assert_nonnull (list);
          g_assert_nonnull (strstr (json_array_get_string_element (list, 0), expected[1]));
        }
    }
}

static void
test_values (void)
{
  g_autoptr (JsonObject) body = parse (
      "{\"title\":\"  Tide  \",\"priceAmount\":0.123456,\"genre\":\"House\","
      "\"tags\":[\" x \"],\"bpm\":128,\"isExclusive\":true}");
  g_autoptr (JsonObject) clear = parse ("{\"genre\":null,\"tags\":null,\"bpm\":null}");
  g_autoptr (JsonObject) wrong = json_object_new ();
  g_autoptr (GmAsset) asset = an_asset ();

  gm_asset_edit_apply (body, asset, wrong);
  g_assert_cmpstr (asset->title, ==, "Tide");
  g_assert_cmpint (asset->price_units, ==, 123456);
  g_assert_cmpstr (asset->genre, ==, "House");
  g_assert_cmpstr (asset->tags[0], ==, "x");
  g_assert_true (asset->is_exclusive);
  gm_asset_edit_apply (clear, asset, wrong);
  g_assert_null (asset->genre);
  g_assert_null (asset->tags);
  g_assert_cmpint (asset->bpm, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asset-edit/each-field-has-its-rule", test_rules);
  g_test_add_func ("/asset-edit/values-arrive", test_values);
  return g_test_run ();
}
