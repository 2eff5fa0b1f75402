/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/rate.h"

#include "base/clock.h"

#define T0 G_GINT64_CONSTANT (1700000000000)

static void
test_budget (void)
{
  g_autoptr (GmRate) rate = gm_rate_new ();
  guint retry_s = 0;

  gm_clock_set_for_test (T0);
  for (guint i = 0; i < 6; i++)
    g_assert_true (gm_rate_take (rate, 1, "a", 6, &retry_s));
  g_assert_false (gm_rate_take (rate, 1, "a", 6, &retry_s));
  g_assert_cmpuint (retry_s, ==, 10); /* one token every ten seconds */

  /* another row and another client have budgets of their own */
  g_assert_true (gm_rate_take (rate, 2, "a", 6, &retry_s));
  g_assert_true (gm_rate_take (rate, 1, "b", 6, &retry_s));

  /* who obeys Retry-After is served; who asked meanwhile is not punished */
  gm_clock_set_for_test (T0 + 5000);
  g_assert_false (gm_rate_take (rate, 1, "a", 6, &retry_s));
  g_assert_cmpuint (retry_s, ==, 5);
  gm_clock_set_for_test (T0 + 10000);
  g_assert_true (gm_rate_take (rate, 1, "a", 6, &retry_s));
  g_assert_false (gm_rate_take (rate, 1, "a", 6, &retry_s));
  gm_clock_set_for_test (0);
}

static void
test_bounded (void)
{
  g_autoptr (GmRate) rate = gm_rate_new ();
  guint retry_s;

  gm_clock_set_for_test (T0);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *client = g_strdup_printf ("%u", i);

      g_assert_true (gm_rate_take (rate, 1, client, 1, &retry_s));
    }
  g_assert_false (gm_rate_take (rate, 1, "one more", 1, &retry_s));
  gm_clock_set_for_test (T0 + 61000);
  g_assert_true (gm_rate_take (rate, 1, "one more", 1, &retry_s));
  gm_clock_set_for_test (0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rate/budgets-refill-and-do-not-mix", test_budget);
  g_test_add_func ("/rate/memory-is-bounded", test_bounded);
  return g_test_run ();
}
