/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/asset.h"

#include "base/error.h"
#include "base/json.h"

#define MINIMAL                                                                                    \
  "{\"id\":\"01J\",\"title\":\"Tide\",\"artist\":\"Ann\",\"type\":\"beat\",\"status\":\"ready\","  \
  "\"priceUnits\":\"25000000\",\"priceCurrency\":\"USDC\",\"version\":2,\"rev\":7,"                \
  "\"createdAt\":1,\"updatedAt\":2%s}"

static GmAsset *
parse (const char *more, GError **error)
{
  g_autofree char *text = g_strdup_printf (MINIMAL, more);
  g_autoptr (JsonNode) node = gm_json_parse (text, strlen (text), 65536, NULL);

  g_assert_nonnull (node);
  return gm_record_from_json (&gm_asset_type, json_node_get_object (node), error);
}

static void
test_json (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GmAsset) asset = parse (
      ",\"keySig\":\"F#m\",\"tags\":[\"dark\",\"808\"],\"isExclusive\":true,\"peaks\":\"0x00ff\","
      "\"genre\":null,\"priceAmount\":25.5,\"unheardOf\":{}",
      &error);
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (GmAsset) again = NULL;
  GmMoney price;

  g_assert_no_error (error);
  g_assert_cmpstr (asset->key_sig, ==, "F#m");
  g_assert_cmpstr (asset->tags[1], ==, "808");
  g_assert_true (asset->is_exclusive);
  g_assert_null (asset->genre);
  g_assert_cmpint (asset->bpm, ==, 0);
  g_assert_cmpuint (g_bytes_get_size (asset->peaks), ==, 2);
  gm_asset_price (asset, &price);
  g_assert_cmpint (price.units, ==, 25000000);
  g_assert_cmpstr (price.currency->code, ==, "USDC");

  json = gm_record_to_json (&gm_asset_type, asset);
  again = gm_record_from_json (&gm_asset_type, json, &error);
  g_assert_no_error (error);
  g_assert_true (gm_record_equal (&gm_asset_type, asset, again));
}

static void
test_json_refused (void)
{
  static const char *const cases[] = {
    ",\"bpm\":\"120\"", ",\"bpm\":1.5",       ",\"tags\":\"dark\"",
    ",\"tags\":[1]",    ",\"peaks\":\"0x0\"", ",\"isNew\":1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i], &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

static void
test_unknown_currency (void)
{
  GmAsset asset = { .price_units = 7, .price_currency = (char *) "SHELLS" };
  GmMoney price;

  gm_asset_price (&asset, &price);
  g_assert_cmpint (price.units, ==, 7);
  g_assert_cmpuint (price.currency->decimals, ==, 0);
}

/* Every pair: what is not listed is refused. */
static void
test_lifecycle (void)
{
  static const char *const states[] = { "draft",     "processing", "ready",
                                        "published", "archived",   "error" };
  static const char *const legal[][2] = {
    { "draft", "processing" }, { "processing", "ready" },   { "processing", "error" },
    { "processing", "draft" }, { "error", "processing" },   { "ready", "published" },
    { "published", "ready" },  { "published", "archived" }, { "archived", "ready" },
    { "draft", "archived" },   { "ready", "archived" },     { "error", "archived" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    for (guint j = 0; j < G_N_ELEMENTS (states); j++)
      {
        gboolean expected = FALSE;

        for (guint k = 0; k < G_N_ELEMENTS (legal); k++)
          expected |= g_str_equal (legal[k][0], states[i]) && g_str_equal (legal[k][1], states[j]);
        g_assert_cmpint (gm_asset_status_may_go (states[i], states[j]), ==, expected);
      }
  g_assert_false (gm_asset_status_may_go (NULL, "ready"));
  g_assert_false (gm_asset_status_may_go ("sold", "ready"));
}

static void
test_keys (void)
{
  static const struct
  {
    const char *key;
    gboolean valid;
    const char *camelot;
  } cases[] = {
    { "C", TRUE, "8B" },        { "Am", TRUE, "8A" },   { "G", TRUE, "9B" },
    { "Em", TRUE, "9A" },       { "F", TRUE, "7B" },    { "B", TRUE, "1B" },
    { "G#m", TRUE, "1A" },      { "Abm", TRUE, "1A" },  { "F#", TRUE, "2B" },
    { "Gb", TRUE, "2B" },       { "Db", TRUE, "3B" },   { "E", TRUE, "12B" },
    { "C#m", TRUE, "12A" },     { "F#m", TRUE, "11A" }, { "Dm", TRUE, "7A" },
    { "Bbm", TRUE, "3A" },      { "Cmaj", TRUE, "8B" }, { "Cb", TRUE, "1B" },
    { "Bdim", TRUE, NULL },     { "H", FALSE, NULL },   { "am", FALSE, NULL },
    { "", FALSE, NULL },        { "C##", FALSE, NULL }, { "Cmin", FALSE, NULL },
    { "C#mm", FALSE, NULL },    { NULL, FALSE, NULL },  { "C ", FALSE, NULL },
    { "E major", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (gm_asset_key_is_valid (cases[i].key), ==, cases[i].valid);
      g_assert_cmpstr (gm_asset_key_camelot (cases[i].key), ==, cases[i].camelot);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asset/survives-its-json", test_json);
  g_test_add_func ("/asset/wrong-types-are-refused", test_json_refused);
  g_test_add_func ("/asset/an-unknown-currency-shows-its-units", test_unknown_currency);
  g_test_add_func ("/asset/only-drawn-moves-are-legal", test_lifecycle);
  g_test_add_func ("/asset/keys-have-their-place-on-the-wheel", test_keys);
  return g_test_run ();
}
