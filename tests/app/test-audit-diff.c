/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/audit-diff.h"

static void
test_a_line_for_each_change (void)
{
  g_autofree char *text = gm_audit_diff_text ("title, bpm, genre",
                                              "{\"title\":\"Tide\",\"bpm\":124,\"genre\":null}",
                                              "{\"title\":\"Storm\",\"bpm\":90,\"genre\":\"dub\"}");

  g_assert_cmpstr (text, ==, "Title: Tide → Storm\nGenre: – → dub\nTempo in BPM: 124 → 90");
}

static void
test_a_first_version_comes_from_nothing (void)
{
  g_autofree char *text = gm_audit_diff_text ("title", NULL, "{\"title\":\"Tide\"}");

  g_assert_cmpstr (text, ==, "Title: – → Tide");
}

static void
test_values_are_said_as_people_say_them (void)
{
  g_autofree char *text = gm_audit_diff_text (
      "priceUnits,durationMs,isExclusive,tags",
      "{\"priceUnits\":\"0\",\"priceCurrency\":\"USDC\",\"durationMs\":0,\"isExclusive\":false,"
      "\"tags\":[]}",
      "{\"priceUnits\":\"2500000\",\"priceCurrency\":\"USDC\",\"durationMs\":125000,"
      "\"isExclusive\":true,\"tags\":[\"dub\",\"rain\"]}");

  g_assert_cmpstr (text, ==,
                   "Price: Free → 2.50 USDC\nTags: – → dub, rain\nExclusive license: no → yes\n"
                   "Length: – → 2:05");
}

static void
test_what_only_programs_read_is_counted (void)
{
  g_autofree char *text = gm_audit_diff_text ("status, preview, peaks",
                                              "{\"status\":\"processing\"}",
                                              "{\"status\":\"ready\",\"preview\":\"preview/1\"}");
  g_autofree char *only = gm_audit_diff_text ("preview", NULL, "{\"preview\":\"preview/1\"}");

  g_assert_cmpstr (text, ==, "Status: processing → ready\n2 technical details");
  g_assert_cmpstr (only, ==, "1 technical detail");
}

static void
test_long_values_are_cut_between_characters (void)
{
  g_autoptr (GString) json = g_string_new ("{\"description\":\"");
  g_autofree char *text = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (json, "ß");
  g_string_append (json, "\"}");
  text = gm_audit_diff_text ("description", NULL, json->str);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_suffix (text, "ß…"));
  g_assert_cmpint (g_utf8_strlen (text, -1), <, 120);
}

static void
test_nothing_readable_is_nothing_shown (void)
{
  g_assert_null (gm_audit_diff_text (NULL, NULL, NULL));
  g_assert_null (gm_audit_diff_text ("title", "not json", "[]"));
  g_assert_null (gm_audit_diff_text ("title", "{\"title\":\"a\"}", "{\"title\":\"a\"}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/audit-diff/a-line-for-each-change", test_a_line_for_each_change);
  g_test_add_func ("/audit-diff/a-first-version-comes-from-nothing",
                   test_a_first_version_comes_from_nothing);
  g_test_add_func ("/audit-diff/values-are-said-as-people-say-them",
                   test_values_are_said_as_people_say_them);
  g_test_add_func ("/audit-diff/what-only-programs-read-is-counted",
                   test_what_only_programs_read_is_counted);
  g_test_add_func ("/audit-diff/long-values-are-cut-between-characters",
                   test_long_values_are_cut_between_characters);
  g_test_add_func ("/audit-diff/nothing-readable-is-nothing-shown",
                   test_nothing_readable_is_nothing_shown);
  return g_test_run ();
}
