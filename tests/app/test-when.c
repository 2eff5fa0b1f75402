/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/when.h"

#include <stdlib.h>

#include "base/clock.h"

#define NOON G_GINT64_CONSTANT (1764072000000) /* 2025-11-25T12:00:00Z */
#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))

static void
test_days (void)
{
  static const struct
  {
    gint64 ms;
    const char *text;
  } cases[] = {
    { NOON, "Today, 12:00" },
    { NOON - 12 * HOUR, "Today, 00:00" },
    { NOON - 12 * HOUR - 1000, "Yesterday, 23:59" },
    { NOON - 36 * HOUR, "Yesterday, 00:00" },
    { NOON - 36 * HOUR - 1000, "23 November 2025" },
    { NOON + 24 * HOUR, "26 November 2025" }, /* another machine's clock */
    { 0, NULL },
    { -5, NULL },
    { G_MAXINT64, NULL },
  };

  gm_clock_set_for_test (NOON);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = gm_when_format (cases[i].ms);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  gm_clock_set_for_test (0);
}

static void
test_full (void)
{
  g_autofree char *text = gm_when_format_full (NOON);

  g_assert_cmpstr (text, ==, "25 November 2025, 12:00:00 UTC");
  g_assert_null (gm_when_format_full (0));
}

static void
test_exact (void)
{
  g_autofree char *text = gm_when_format_exact (NOON + 61 * 1000);

  g_assert_cmpstr (text, ==, "25 November 2025, 12:01");
  g_assert_null (gm_when_format_exact (0));
  g_assert_null (gm_when_format_exact (G_MAXINT64));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/when/days-are-counted-from-midnight", test_days);
  g_test_add_func ("/when/a-receipt-says-all", test_full);
  g_test_add_func ("/when/a-deadline-has-its-minute", test_exact);
  return g_test_run ();
}
