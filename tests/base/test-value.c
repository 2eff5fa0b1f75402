/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/value.h"

static void
test_kinds (void)
{
  static const guint8 data[] = { 0, 1, 2 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, sizeof data);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  GmValue value = gm_value_null ();

  g_assert_cmpint (value.kind, ==, GM_VALUE_NULL);
  value = gm_value_int (G_MININT64);
  g_assert_cmpint (value.kind, ==, GM_VALUE_INT);
  g_assert_cmpint (value.integer, ==, G_MININT64);
  value = gm_value_text ("é");
  g_assert_cmpint (value.kind, ==, GM_VALUE_TEXT);
  g_assert_cmpstr (value.data, ==, "é");
  g_assert_cmpuint (value.length, ==, 2);
  value = gm_value_bytes (data, sizeof data);
  g_assert_cmpint (value.kind, ==, GM_VALUE_BYTES);
  g_assert_true (value.data == data && value.length == sizeof data);
  value = gm_value_gbytes (bytes);
  g_assert_cmpint (value.kind, ==, GM_VALUE_BYTES);
  g_assert_true (value.data == data && value.length == sizeof data);
  value = gm_value_gbytes (nothing);
  g_assert_cmpint (value.kind, ==, GM_VALUE_BYTES);
  g_assert_cmpuint (value.length, ==, 0);
}

static void
test_absent (void)
{
  GmValue text = gm_value_text (NULL);
  GmValue bytes = gm_value_gbytes (NULL);

  g_assert_cmpint (text.kind, ==, GM_VALUE_NULL);
  g_assert_cmpint (bytes.kind, ==, GM_VALUE_NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/borrows-what-it-is-given", test_kinds);
  g_test_add_func ("/value/what-is-absent-is-null", test_absent);
  return g_test_run ();
}
