/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/password.h"

static const struct
{
  const char *text;
  GmPasswordGrade grade;
} cases[] = {
  { "", GM_PASSWORD_REFUSED },
  { "xK9#qZ!", GM_PASSWORD_REFUSED },      /* seven */
  { "ααααααα", GM_PASSWORD_REFUSED },      /* seven characters, fourteen bytes */
  { "aaaaaaaaaaaa", GM_PASSWORD_REFUSED }, /* one, repeated */
  { "abcdefghijkl", GM_PASSWORD_REFUSED }, /* a row */
  { "987654321098", GM_PASSWORD_REFUSED },
  { "passwordpassword", GM_PASSWORD_REFUSED }, /* on everybody's list */
  { "GotMusicWallet", GM_PASSWORD_REFUSED },
  { "19840615", GM_PASSWORD_REFUSED },
  { "tranquil", GM_PASSWORD_WEAK },
  { "rivertable", GM_PASSWORD_WEAK },
  { "greyrivertool", GM_PASSWORD_GOOD },
  { "correct horse battery", GM_PASSWORD_STRONG },
  { "xK9#qZ!w2Lm$", GM_PASSWORD_GOOD },
  { "μακρύς κωδικός", GM_PASSWORD_STRONG },
  { "\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8", GM_PASSWORD_REFUSED }, /* no text */
};

static void
test_grades (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (gm_password_grade (cases[i].text), ==, cases[i].grade);
    }
}

static void
test_longer_is_never_worse (void)
{
  const char *text = "quiet river under seven bridges";
  GmPasswordGrade best = GM_PASSWORD_REFUSED;

  for (guint n = 0; text[n] != '\0'; n++)
    {
      g_autofree char *part = g_strndup (text, n);
      GmPasswordGrade grade = gm_password_grade (part);

      g_assert_cmpint (grade, >=, best);
      best = grade;
    }
  g_assert_cmpint (best, ==, GM_PASSWORD_STRONG);
}

static void
test_hints (void)
{
  g_assert_cmpstr (gm_password_hint ("short"), ==, "Too short: at least 8 characters.");
  g_assert_cmpstr (gm_password_hint ("passwordpassword"), ==, "Too easy to guess.");
  g_assert_cmpstr (gm_password_hint ("correct horse battery"), ==, "Strong.");
  g_assert_cmpstr (gm_password_hint (""), !=, gm_password_hint ("short"));
}

static void
test_endless (void)
{
  g_autofree char *text = g_strnfill (1 << 20, 'a');

  g_assert_cmpint (gm_password_grade (text), !=, GM_PASSWORD_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password/what-is-easy-is-refused", test_grades);
  g_test_add_func ("/password/longer-is-never-worse", test_longer_is_never_worse);
  g_test_add_func ("/password/a-hint-says-why", test_hints);
  g_test_add_func ("/password/an-endless-one-is-read-in-part", test_endless);
  return g_test_run ();
}
