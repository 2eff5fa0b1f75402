/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/asset-form.h"

#include <locale.h>

static const GmAsset tide = {
  .id = (char *) "01J00000000000000000000000",
  .title = (char *) "Tide",
  .artist = (char *) "Nadir",
  .type = (char *) "track",
  .status = (char *) "ready",
  .genre = (char *) "house",
  .bpm = 124,
  .key_sig = (char *) "Am",
  .price_units = 12500000,
  .price_currency = (char *) "USDC",
  .tags = (char *[]){ (char *) "warm", (char *) "tape", NULL },
};

static void
test_nothing_typed_is_no_edit (void)
{
  g_autoptr (GmAssetForm) form = gm_asset_form_new (&tide);
  g_autoptr (JsonObject) edits = gm_asset_form_dup_edits (form);

  g_assert_true (gm_asset_form_is_valid (form));
  g_assert_false (gm_asset_form_is_changed (form));
  g_assert_cmpint (json_object_get_size (edits), ==, 0);
  g_assert_cmpstr (gm_asset_form_get (form, GM_ASSET_FIELD_PRICE), ==, "12.5");
  g_assert_cmpstr (gm_asset_form_get (form, GM_ASSET_FIELD_TAGS), ==, "warm, tape");
}

static void
test_edits_are_what_differs (void)
{
  g_autoptr (GmAssetForm) form = gm_asset_form_new (&tide);
  g_autoptr (JsonObject) edits = NULL;

  gm_asset_form_set (form, GM_ASSET_FIELD_TITLE, "  Storm ");
  gm_asset_form_set (form, GM_ASSET_FIELD_BPM, "90");
  gm_asset_form_set (form, GM_ASSET_FIELD_KEY, "");
  gm_asset_form_set (form, GM_ASSET_FIELD_PRICE, "19.99");
  gm_asset_form_set (form, GM_ASSET_FIELD_TAGS, "warm,, dusty ,");
  gm_asset_form_set (form, GM_ASSET_FIELD_EXCLUSIVE, "yes");
  g_assert_true (gm_asset_form_is_valid (form));
  edits = gm_asset_form_dup_edits (form);
  g_assert_cmpint (json_object_get_size (edits), ==, 6);
  g_assert_cmpstr (json_object_get_string_member (edits, "title"), ==, "Storm");
  g_assert_cmpint (json_object_get_int_member (edits, "bpm"), ==, 90);
  g_assert_true (json_object_get_null_member (edits, "keySig"));
  g_assert_cmpstr (json_object_get_string_member (edits, "priceUnits"), ==, "19990000");
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (edits, "tags")), ==, 2);
  g_assert_true (json_object_get_boolean_member (edits, "isExclusive"));
}

static void
test_free_is_an_empty_price (void)
{
  g_autoptr (GmAssetForm) form = gm_asset_form_new (&tide);
  g_autoptr (JsonObject) edits = NULL;

  gm_asset_form_set (form, GM_ASSET_FIELD_PRICE, "");
  edits = gm_asset_form_dup_edits (form);
  g_assert_cmpstr (json_object_get_string_member (edits, "priceUnits"), ==, "0");
}

static void
test_each_wrong_field_has_a_sentence (void)
{
  static const struct
  {
    GmAssetField field;
    const char *text;
    const char *sentence;
  } cases[] = {
    { GM_ASSET_FIELD_TITLE, " ", "This must not be empty" },
    { GM_ASSET_FIELD_BPM, "fast", "A whole number from 20 to 400" },
    { GM_ASSET_FIELD_BPM, "401", "A whole number from 20 to 400" },
    { GM_ASSET_FIELD_KEY, "H", "A key such as Am, F# or Bbmaj" },
    { GM_ASSET_FIELD_PRICE, "-1", "Write an amount such as 12.50, or 0 for free" },
    { GM_ASSET_FIELD_PRICE, "1.0000001", "Write an amount such as 12.50, or 0 for free" },
    { GM_ASSET_FIELD_PRICE, "10 €", "Write an amount such as 12.50, or 0 for free" },
    { GM_ASSET_FIELD_TYPE, "song", "Choose what kind of asset this is" },
    { GM_ASSET_FIELD_TAGS, "0123456789012345678901234567890123456789x",
      "A tag has at most 40 characters" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GmAssetForm) form = gm_asset_form_new (&tide);
      g_autofree char *problem = NULL;

      gm_asset_form_set (form, cases[i].field, cases[i].text);
      problem = gm_asset_form_dup_problem (form, cases[i].field);
      g_assert_cmpstr (problem, ==, cases[i].sentence);
      g_assert_false (gm_asset_form_is_valid (form));
    }
}

static void
test_a_long_title_is_counted_in_characters (void)
{
  g_autoptr (GmAssetForm) form = gm_asset_form_new (&tide);
  g_autoptr (GString) title = g_string_new (NULL);

  for (guint i = 0; i < 200; i++)
    g_string_append (title, "ä");
  gm_asset_form_set (form, GM_ASSET_FIELD_TITLE, title->str);
  g_assert_true (gm_asset_form_is_valid (form));
  g_string_append (title, "ä");
  gm_asset_form_set (form, GM_ASSET_FIELD_TITLE, title->str);
  g_assert_false (gm_asset_form_is_valid (form));
}

/* Mine is the title, theirs title and genre: both see the title, the genre just follows. */
static void
test_what_was_typed_survives_a_conflict (void)
{
  g_autoptr (GmAssetForm) form = gm_asset_form_new (&tide);
  g_autoptr (JsonObject) edits = NULL;
  g_autofree char *both = NULL;
  GmAsset theirs = tide;

  gm_asset_form_set (form, GM_ASSET_FIELD_TITLE, "Mine");
  theirs.title = (char *) "Theirs";
  theirs.genre = (char *) "dub";
  both = gm_asset_form_rebase (form, &theirs);
  g_assert_cmpstr (both, ==, "Title: Theirs");
  g_assert_cmpstr (gm_asset_form_get (form, GM_ASSET_FIELD_TITLE), ==, "Mine");
  g_assert_cmpstr (gm_asset_form_get (form, GM_ASSET_FIELD_GENRE), ==, "dub");
  edits = gm_asset_form_dup_edits (form);
  g_assert_cmpint (json_object_get_size (edits), ==, 1);
}

static void
test_no_difference_is_no_conflict (void)
{
  g_autoptr (GmAssetForm) form = gm_asset_form_new (&tide);
  GmAsset theirs = tide;

  gm_asset_form_set (form, GM_ASSET_FIELD_TITLE, "Same");
  theirs.title = (char *) "Same";
  g_assert_null (gm_asset_form_rebase (form, &theirs));
  g_assert_false (gm_asset_form_is_changed (form));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asset-form/nothing-typed-is-no-edit", test_nothing_typed_is_no_edit);
  g_test_add_func ("/asset-form/edits-are-what-differs", test_edits_are_what_differs);
  g_test_add_func ("/asset-form/free-is-an-empty-price", test_free_is_an_empty_price);
  g_test_add_func ("/asset-form/each-wrong-field-has-a-sentence",
                   test_each_wrong_field_has_a_sentence);
  g_test_add_func ("/asset-form/a-long-title-is-counted-in-characters",
                   test_a_long_title_is_counted_in_characters);
  g_test_add_func ("/asset-form/what-was-typed-survives-a-conflict",
                   test_what_was_typed_survives_a_conflict);
  g_test_add_func ("/asset-form/no-difference-is-no-conflict", test_no_difference_is_no_conflict);
  return g_test_run ();
}
