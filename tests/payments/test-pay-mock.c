/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/pay-mock.h"

#include <string.h>

/* The same everywhere and always: part of the store's protocol. */
static void
test_outcomes (void)
{
  guint counts[4] = { 0 };

  for (guint i = 0; i < 1000; i++)
    {
      GmHash id = { { i & 255, i >> 8 } };

      g_assert_cmpint (gm_pay_mock_outcome (0, &id), ==, GM_PAY_MOCK_PAID);
      g_assert_cmpint (gm_pay_mock_outcome (7, &id), ==, gm_pay_mock_outcome (7, &id));
      counts[gm_pay_mock_outcome (7, &id)]++;
    }
  g_assert_cmpuint (counts[GM_PAY_MOCK_PAID], >, 600);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpuint (counts[i], >, 50);
}

static void
test_status (void)
{
  const char *failure = "?";

  g_assert_cmpstr (gm_pay_mock_status (GM_PAY_MOCK_PAID, &failure), ==, "paid");
  g_assert_null (failure);
  g_assert_cmpstr (gm_pay_mock_status (GM_PAY_MOCK_REFUNDED, &failure), ==, "refunded");
  g_assert_nonnull (failure);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pay-mock/outcomes-follow-from-the-seed", test_outcomes);
  g_test_add_func ("/pay-mock/failures-have-words", test_status);
  return g_test_run ();
}
