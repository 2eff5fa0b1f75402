/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/raw-key.h"

#include <string.h>

#include "base/error.h"

#define DIGITS "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
#define ORDER                                                                                      \
  "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141" /* SEC 2, 2.4.1               \
                                                                      */
#define ZERO "0000000000000000000000000000000000000000000000000000000000000000"

static void
what_people_paste_is_read (void)
{
  static const char *const texts[] = { DIGITS, "0x" DIGITS, "0X" DIGITS, " \n0x" DIGITS "\t\r\n",
                                       "AC0974BEC39A17E36BA4A6B4D238FF94"
                                       "4bacb478cbed5efcae784d7bf4f2ff80" };
  g_autoptr (GmSecret) wanted = gm_secret_new_text ("0x" DIGITS);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GmSecret) typed = gm_secret_new_text (texts[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GmSecret) key = gm_raw_key_parse (typed, &error);
      g_autoptr (GmSecret) text = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (gm_secret_length (key), ==, 32);
      text = gm_raw_key_format (key);
      g_assert_true (gm_secret_equal (text, wanted));
    }
}

static void
what_is_no_key_is_refused (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "0x",
    "0",
    "0x0x" DIGITS,
    DIGITS "0",
    DIGITS "00",
    "x" DIGITS,
    "0x" ZERO,
    ORDER,
    "0x " DIGITS,
    "0x" DIGITS "\xc2\xa0",
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff8", /* 63 */
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff8g",
    "ac0974bec39a17e36ba4a6b4d238ff94 bacb478cbed5efcae784d7bf4f2ff80",
    "аc0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff8", /* a Cyrillic a */
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GmSecret) typed = gm_secret_new_text (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (gm_raw_key_parse (typed, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_null (strstr (error->message, "ac09")); /* nothing of it is said */
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/raw-key/what-people-paste-is-read", what_people_paste_is_read);
  g_test_add_func ("/raw-key/what-is-no-key-is-refused", what_is_no_key_is_refused);
  return g_test_run ();
}
