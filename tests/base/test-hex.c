/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hex.h"

#include <string.h>

#include "base/error.h"

static void
test_every_byte (void)
{
  guint8 bytes[256], decoded[256];
  g_autofree char *plain = NULL;
  g_autofree char *prefixed = NULL;
  g_autofree char *upper = NULL;

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) i;
  plain = gm_hex_encode (bytes, sizeof bytes);
  prefixed = gm_hex_encode_0x (bytes, sizeof bytes);
  g_assert_true (g_str_has_prefix (plain, "000102"));
  g_assert_true (g_str_has_suffix (plain, "fdfeff"));
  g_assert_true (g_str_has_prefix (prefixed, "0x"));
  g_assert_cmpstr (prefixed + 2, ==, plain);

  upper = g_ascii_strup (plain, -1);
  for (guint i = 0; i < 3; i++)
    {
      const char *text = i == 0 ? plain : i == 1 ? prefixed : upper;
      g_autoptr (GBytes) read = gm_hex_decode_bytes (text, sizeof bytes, NULL);

      memset (decoded, 0, sizeof decoded);
      g_assert_true (gm_hex_decode (text, decoded, sizeof decoded, NULL));
      g_assert_cmpmem (decoded, sizeof decoded, bytes, sizeof bytes);
      g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), bytes, sizeof bytes);
    }
}

static void
test_nothing (void)
{
  g_autofree char *plain = gm_hex_encode (NULL, 0);
  g_autofree char *prefixed = gm_hex_encode_0x (NULL, 0);
  g_autoptr (GBytes) bytes = gm_hex_decode_bytes ("0x", 10, NULL);
  g_autoptr (GBytes) none = gm_hex_decode_bytes ("", 0, NULL);

  g_assert_cmpstr (plain, ==, "");
  g_assert_cmpstr (prefixed, ==, "0x");
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *two;  /* words when two bytes are asked for */
    const char *most; /* when at most three are, NULL: taken */
  } cases[] = {
    { NULL, "missing", "missing" },
    { "", "0 hexadecimal digits, expected 4", NULL },
    { "00", "2 hexadecimal digits, expected 4", NULL },
    { "000", "3 hexadecimal digits, expected 4", "odd" },
    { "000000", "6 hexadecimal digits, expected 4", NULL },
    { "0x00000000", "8 hexadecimal digits, expected 4", "4 bytes, at most 3" },
    { "0g00", "digit at byte 0", "digit at byte 0" },
    { "00 0", "digit at byte 1", "digit at byte 1" },
    { "0x0x", "2 hexadecimal digits", "digit at byte 0" },
    { "0X00", "digit at byte 0", "digit at byte 0" },
    { "00\xc3\xa9", "digit at byte 1", "digit at byte 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 bytes[2] = { 7, 7 };
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) read = NULL;

      g_assert_false (gm_hex_decode (cases[i].text, bytes, sizeof bytes, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].two));
      g_assert_true (bytes[0] == 7 && bytes[1] == 7);
      g_clear_error (&error);

      read = gm_hex_decode_bytes (cases[i].text, 3, &error);
      g_assert_true ((read != NULL) == (cases[i].most == NULL));
      if (read == NULL)
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
          g_assert_nonnull (strstr (error->message, cases[i].most));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hex/every-byte-there-and-back", test_every_byte);
  g_test_add_func ("/hex/no-bytes-are-no-digits", test_nothing);
  g_test_add_func ("/hex/other-texts-are-refused", test_refused);
  return g_test_run ();
}
