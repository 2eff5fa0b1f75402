/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/purchase.h"

#define MAY(from, to) gm_purchase_may_go (GM_PURCHASE_##from, GM_PURCHASE_##to)

static void
test_story (void)
{
  g_assert_true (MAY (QUOTED, AUTHORIZED));
  g_assert_true (MAY (AUTHORIZED, SUBMITTED));
  g_assert_true (MAY (SUBMITTED, SOURCE_SEEN));
  g_assert_true (MAY (SOURCE_SEEN, FILLED));
  g_assert_true (MAY (FILLED, RECORDED));
  g_assert_true (MAY (RECORDED, FINAL));
  g_assert_true (MAY (SUBMITTED, FINAL));    /* the mock sees everything at once */
  g_assert_true (MAY (RECORDED, SUBMITTED)); /* a reorg took it back */
  g_assert_true (MAY (ATTENTION, REFUNDED));
}

static void
test_forbidden (void)
{
  g_assert_false (MAY (QUOTED, SUBMITTED));  /* nothing is sent unsigned */
  g_assert_false (MAY (AUTHORIZED, QUOTED)); /* a signature is never forgotten */
  g_assert_false (MAY (SUBMITTED, AUTHORIZED));
  g_assert_false (MAY (SUBMITTED, QUOTED));
  g_assert_false (MAY (SOURCE_SEEN, EXPIRED)); /* money is on its way */
  g_assert_false (MAY (SOURCE_SEEN, FAILED));
  g_assert_false (MAY (FILLED, FAILED));
  g_assert_false (MAY (RECORDED, FAILED));
  g_assert_false (MAY (REFUND_PENDING, FAILED));
}

static void
test_ends (void)
{
  static const GmPurchaseState ends[] = { GM_PURCHASE_FINAL, GM_PURCHASE_EXPIRED,
                                          GM_PURCHASE_REFUNDED, GM_PURCHASE_FAILED };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint to = 0; to < GM_PURCHASE_N_STATES; to++)
      g_assert_false (gm_purchase_may_go (ends[i], to));
  for (guint state = 0; state < GM_PURCHASE_N_STATES; state++)
    g_assert_false (gm_purchase_may_go (state, state));
  g_assert_false (gm_purchase_may_go (GM_PURCHASE_N_STATES, GM_PURCHASE_FINAL));
}

static void
test_words (void)
{
  for (guint state = 0; state < GM_PURCHASE_N_STATES; state++)
    for (guint delivery = 0; delivery <= GM_DELIVERY_READY; delivery++)
      g_assert_cmpstr (gm_purchase_state_words (state, delivery), !=, "");
  g_assert_cmpstr (gm_purchase_state_words (GM_PURCHASE_SUBMITTED, 0), ==, "Payment submitted…");
  g_assert_cmpstr (gm_purchase_state_words (GM_PURCHASE_FINAL, GM_DELIVERY_READY), ==,
                   "Purchase complete!");
  g_assert_cmpstr (gm_purchase_state_words (GM_PURCHASE_FINAL, GM_DELIVERY_NONE), !=,
                   "Purchase complete!");
  g_assert_cmpstr (gm_purchase_state_id (GM_PURCHASE_ATTENTION), ==, "attention");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/purchase/goes-the-drawn-way", test_story);
  g_test_add_func ("/purchase/sent-cannot-be-dropped", test_forbidden);
  g_test_add_func ("/purchase/ends-are-ends", test_ends);
  g_test_add_func ("/purchase/every-state-has-words", test_words);
  return g_test_run ();
}
