/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/outside-text.h"

static void
test_hidden_characters_are_spelled_out (void)
{
  static const struct
  {
    const char *text, *line, *lines;
  } cases[] = {
    { "", "", "" },
    { "Night Drive", "Night Drive", "Night Drive" },
    { "Ночь · 夜 · ليل", "Ночь · 夜 · ليل", "Ночь · 夜 · ليل" },
    { "❤\ufe0f", "❤\ufe0f", "❤\ufe0f" },
    { "a\nb\tc", "a\\u000ab\\u0009c", "a\nb\\u0009c" },
    { "\x7f", "\\u007f", "\\u007f" },
    { "\xc2\x85", "\\u0085", "\\u0085" },
    { "US\u200bDC", "US\\u200bDC", "US\\u200bDC" },
    { "\u202eCDSU", "\\u202eCDSU", "\\u202eCDSU" },
    { "\u2066x\u2069", "\\u2066x\\u2069", "\\u2066x\\u2069" },
    { "\u2028", "\\u2028", "\\u2028" },
    { "\ue000", "\\ue000", "\\ue000" },
    { "\u3164", "\\u3164", "\\u3164" },
    { "\ufeff", "\\ufeff", "\\ufeff" },
    { "\U000e0041", "\\udb40\\udc41", "\\udb40\\udc41" },
    { "\xff", "\ufffd", "\ufffd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = gm_outside_text_escape (cases[i].text);
      g_autofree char *lines = gm_outside_text_escape_lines (cases[i].text);

      g_assert_cmpstr (line, ==, cases[i].line);
      g_assert_cmpstr (lines, ==, cases[i].lines);
      g_assert_true (gm_outside_text_is_plain (line));
      g_assert_cmpint (gm_outside_text_is_plain (cases[i].text), ==,
                       g_str_equal (cases[i].text, line));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outside-text/hidden-characters-are-spelled-out",
                   test_hidden_characters_are_spelled_out);
  return g_test_run ();
}
