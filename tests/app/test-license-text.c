/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/license-text.h"

#include <string.h>

#include "base/bytes.h"

static void
test_found (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("GM_SOURCE_DIR"), "resources", "terms",
                                            "standard.txt", NULL);
  g_autofree char *text = NULL;
  g_autofree char *found = NULL;
  g_autofree char *hex = NULL;
  gsize length;
  GmHash hash;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  gm_hash_sha256 ((const guint8 *) text, length, &hash);
  hex = gm_hash_dup_hex (&hash);
  found = gm_license_text_dup (hex);
  g_assert_cmpstr (found, ==, text);

  hex[strlen (hex) - 1] = hex[strlen (hex) - 1] == '0' ? '1' : '0';
  g_assert_null (gm_license_text_dup (hex));
  g_assert_null (gm_license_text_dup (""));
  g_assert_null (gm_license_text_dup (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/license-text/only-the-text-of-this-hash", test_found);
  return g_test_run ();
}
