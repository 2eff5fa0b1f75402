/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ui/common/error-words.h"
#include <gio/gio.h>

static void
test_every_code_has_words (void)
{
  for (int code = GM_ERROR_OFFLINE; code <= GM_ERROR_BUG; code++)
    {
      g_autoptr (GError) error = g_error_new (GM_ERROR, code, "node answered 429");
      g_autofree char *title = NULL;
      g_autofree char *sentence = NULL;
      g_autofree char *button = NULL;
      const char *action = "unset";

      gm_error_words (error, &title, &sentence, &button, &action);
      g_assert_cmpint (strlen (title), >, 3);
      g_assert_true (g_str_has_suffix (sentence, "."));
      g_assert_nonnull (strchr (button, '_')); /* it has a key */
      g_assert_cmpstr (action, !=, "unset");
    }
}

static void
test_button_leads_to_what_helps (void)
{
  static const struct
  {
    GmErrorCode code;
    const char *action;
  } cases[] = { { GM_ERROR_LOCKED, "app.unlock" },
                { GM_ERROR_FUNDS, "app.show::wallet" },
                { GM_ERROR_NOT_FOUND, "app.show::discover" },
                { GM_ERROR_OFFLINE, NULL },
                { GM_ERROR_CONFLICT, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new (GM_ERROR, (gint) cases[i].code, "x");
      const char *action;

      gm_error_words (error, NULL, NULL, NULL, &action);
      g_assert_cmpstr (action, ==, cases[i].action);
    }
}

static void
test_reason_becomes_a_sentence (void)
{
  static const struct
  {
    const char *message;
    const char *sentence;
  } cases[] = { { "wrong password", "Wrong password." },
                { "église fermée…", "Église fermée…" },
                { "Done.", "Done." },
                { "", "No reason was given." },
                { "\xff", "\xef\xbf\xbd." } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (GM_ERROR, GM_ERROR_DENIED, cases[i].message);
      g_autofree char *sentence = NULL;

      gm_error_words (error, NULL, &sentence, NULL, NULL);
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
}

/* A full disk and a store that is away are both OFFLINE: only the message knows which. */
static void
test_what_passes_says_what_it_is (void)
{
  g_autoptr (GError) error = g_error_new (GM_ERROR, GM_ERROR_OFFLINE, "the disk is full");
  g_autofree char *sentence = NULL;
  g_autofree char *brief = gm_error_words_short (error);

  gm_error_words (error, NULL, &sentence, NULL, NULL);
  g_assert_cmpstr (sentence, ==, "The disk is full.");
  g_assert_cmpstr (brief, ==, sentence);
}

static void
test_foreign_errors_are_understood (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "x");
  g_autoptr (GError) ours = g_error_new_literal (GM_ERROR, GM_ERROR_OFFLINE, "x");
  g_autofree char *title = NULL;
  g_autofree char *expected = NULL;

  gm_error_words (error, &title, NULL, NULL, NULL);
  gm_error_words (ours, &expected, NULL, NULL, NULL);
  g_assert_cmpstr (title, ==, expected);
  g_assert_true (error->domain == G_IO_ERROR); /* untouched */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error-words/every-code-has-words", test_every_code_has_words);
  g_test_add_func ("/error-words/button-leads-to-what-helps", test_button_leads_to_what_helps);
  g_test_add_func ("/error-words/reason-becomes-a-sentence", test_reason_becomes_a_sentence);
  g_test_add_func ("/error-words/what-passes-says-what-it-is", test_what_passes_says_what_it_is);
  g_test_add_func ("/error-words/foreign-errors-are-understood",
                   test_foreign_errors_are_understood);
  return g_test_run ();
}
