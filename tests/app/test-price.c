/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/price.h"

static void
test_words (void)
{
  static const struct
  {
    gint64 units;
    const char *currency;
    const char *text;
  } cases[] = {
    { 25000000, "USDC", "25.00 USDC" }, { 1, "USDC", "0.000001 USDC" }, { 0, "USDC", "Free" },
    { 25000000, "GOLD", NULL },         { 25000000, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = gm_price_format (cases[i].units, cases[i].currency);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/price/an-unknown-currency-is-no-price", test_words);
  return g_test_run ();
}
