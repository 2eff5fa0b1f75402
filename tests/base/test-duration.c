/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/duration.h"

static void
test_words (void)
{
  static const struct
  {
    gint64 ms;
    const char *text;
  } cases[] = {
    { G_MININT64, NULL },
    { -1, NULL },
    { 0, NULL },
    { 1, "0:00" },
    { 499, "0:00" },
    { 500, "0:01" },
    { 59499, "0:59" },
    { 59500, "1:00" },
    { 225000, "3:45" },
    { 3599499, "59:59" },
    { 3599500, "1:00:00" },
    { 3723000, "1:02:03" },
    { 360000000, "100:00:00" },
    { G_MAXINT64, "2562047788015:12:56" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = gm_duration_format (cases[i].ms);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/duration/is-rounded-to-seconds", test_words);
  return g_test_run ();
}
