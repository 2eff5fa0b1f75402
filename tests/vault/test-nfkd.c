/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/nfkd.h"

#include <string.h>

#include "base/error.h"

static void
assert_like_glib (const char *text)
{
  g_autoptr (GmSecret) secret = gm_secret_new_text (text);
  g_autoptr (GmSecret) normal = gm_nfkd_normalize (secret, NULL);
  g_autofree char *wanted = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);

  g_assert_nonnull (normal);
  g_assert_cmpmem (gm_secret_open (normal), gm_secret_length (normal), wanted, strlen (wanted));
  gm_secret_close (normal);
}

static void
every_character_is_as_in_glib (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gunichar c = 1; c <= 0x10ffff; c += c < 0x30000 ? 1 : 257)
    {
      if (!g_unichar_validate (c) || !g_unichar_isdefined (c))
        continue;
      g_string_append_unichar (text, c);
      if (text->len > GM_NFKD_MAX_BYTES - 8)
        {
          assert_like_glib (text->str);
          g_string_truncate (text, 0);
        }
    }
  assert_like_glib (text->str);
}

/* Marks in random order, several letters: what canonical ordering is about. */
static void
marks_are_ordered_as_in_glib (void)
{
  static const gunichar pool[] = { 'a',    0x0301, 0x0323, 0x0327, 0x0345, 0x05b0, 0x0f71,
                                   0x1e0b, 0x0307, 0xac00, 0xfb01, 0x3099, 0x0334 };

  for (guint n = 0; n < 300; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < 40; i++)
        g_string_append_unichar (text, pool[g_test_rand_int_range (0, G_N_ELEMENTS (pool))]);
      assert_like_glib (text->str);
    }
}

static void
what_is_no_text_is_refused (void)
{
  g_autofree char *much = g_strnfill (GM_NFKD_MAX_BYTES + 1, 'a');
  const char *const texts[] = { "\xff", "a\xc3", "\xed\xa0\x80", much };
  g_autoptr (GmSecret) nul = gm_secret_new_copy ((const guint8 *) "a\0b", 3);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GmSecret) text = gm_secret_new_text (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_nfkd_normalize (text, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
  g_assert_null (gm_nfkd_normalize (nul, NULL));
}

static void
the_longest_text_is_normalized (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  assert_like_glib ("");
  while (text->len + 3 <= GM_NFKD_MAX_BYTES)
    g_string_append (text, "\ufdfa"); /* eighteen characters each */
  assert_like_glib (text->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nfkd/every-character-is-as-in-glib", every_character_is_as_in_glib);
  g_test_add_func ("/nfkd/marks-are-ordered-as-in-glib", marks_are_ordered_as_in_glib);
  g_test_add_func ("/nfkd/what-is-no-text-is-refused", what_is_no_text_is_refused);
  g_test_add_func ("/nfkd/the-longest-text-is-normalized", the_longest_text_is_normalized);
  return g_test_run ();
}
