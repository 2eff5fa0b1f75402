/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/payment-uri.h"

#include <string.h>

#include "evm-vectors.h"

#define TO    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
#define TOKEN "0x89205A3A3b2A69De6Dbf7f01ED13B2108B2c43e7"

static void
test_read (void)
{
  static const struct
  {
    const char *text, *again; /* NULL: the same */
  } cases[] = {
    { "ethereum:" TO, NULL },
    { "ethereum:pay-" TO, "ethereum:" TO },
    { "ETHEREUM:" TO, "ethereum:" TO },
    { "ethereum:" TO "@8453", NULL },
    { "ethereum:" TO "?value=2.014e18", "ethereum:" TO "?value=2014000000000000000" },
    { "ethereum:" TO "@1?value=0", NULL },
    { "ethereum:" TO "?gas=21000&value=1&gasPrice=2e9&gasLimit=3", "ethereum:" TO "?value=1" },
    { "ethereum:" TOKEN "/transfer?address=" TO "&uint256=1", NULL },
    { "ethereum:" TOKEN "@8453/transfer?uint256=2.5e6&address=" TO,
      "ethereum:" TOKEN "@8453/transfer?address=" TO "&uint256=2500000" },
    { "ethereum:" TOKEN "/transfer?address=" TO, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *again = NULL;
      GmPaymentUri uri;

      gm_payment_uri_parse (cases[i].text, &uri, &error);
      g_assert_no_error (error);
      again = gm_payment_uri_dup_text (&uri);
      g_assert_cmpstr (again, ==, cases[i].again != NULL ? cases[i].again : cases[i].text);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *says;
  } cases[] = {
    { "", "start" },
    { "bitcoin:" TO, "start" },
    { "ethereum:", "0x" },
    { "ethereum:vitalik.eth", "0x" },
    { "ethereum:0xfb6916095cA1df60bB79Ce92cE3Ea74c37c5d359", "checksum" },
    { "ethereum:" TO "@", "chain id" },
    { "ethereum:" TO "@0", "chain id" },
    { "ethereum:" TO "@-1", "chain id" },
    { "ethereum:" TO "@0x1", "chain id" },
    { "ethereum:" TO "@99999999999999999999", "chain id" },
    { "ethereum:" TO "?", "ends after" },
    { "ethereum:" TO "?value", "not expected" },
    { "ethereum:" TO "?value=", "no amount" },
    { "ethereum:" TO "?value=1&value=2", "not expected" },
    { "ethereum:" TO "?valu=1", "not expected" },
    { "ethereum:" TO "?Value=1", "not expected" },
    { "ethereum:" TO "?uint256=1", "not expected" },
    { "ethereum:" TO "?value=1&", "not expected" },
    { "ethereum:" TO "?gas=x", "no amount" },
    { "ethereum:" TO "/", "not transfer" },
    { "ethereum:" TO "/approve?address=" TO "&uint256=1", "calls “approve”" },
    { "ethereum:" TO "/transfer?uint256=1", "who is paid" },
    { "ethereum:" TO "/transfer", "who is paid" },
    { "ethereum:" TO "/transfer?address=" TO "&value=1", "not expected" },
    { "ethereum:" TO "/transfer?address=me.eth", "0x" },
    { "ethereum:" TO " ", "address" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GmPaymentUri uri = { .chain_id = 77 };

      g_assert_false (gm_payment_uri_parse (cases[i].text, &uri, &error));
      evm_vectors_assert_refused (&error, cases[i].says);
      g_assert_cmpuint (uri.chain_id, ==, 77);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text, *units; /* NULL: refused */
  } cases[] = {
    { "0", "0" },
    { "007", "7" },
    { "1e0", "1" },
    { "1e", "1" },
    { "1.0", "1" },
    { "2.50e1", "25" },
    { ".5e1", "5" },
    { "1E18", "1000000000000000000" },
    { "0.000000000000000001e18", "1" },
    { "1e77", "100000000000000000000000000000000000000000000000000000000000000000000000000000" },
    { "1.15792089237316195423570985008687907853269984665640564039457584007913129639935e77",
      "115792089237316195423570985008687907853269984665640564039457584007913129639935" },
    { "115792089237316195423570985008687907853269984665640564039457584007913129639936", NULL },
    { "2e77", NULL },
    { "1e78", NULL },
    { "0.5", NULL },
    { "1.25e1", NULL },
    { "0.0000000000000000001e18", NULL },
    { "", NULL },
    { ".", NULL },
    { "1.", NULL },
    { "1.e3", NULL },
    { "e3", NULL },
    { "-1", NULL },
    { "+1", NULL },
    { "1e-3", NULL },
    { "1e+3", NULL },
    { "1e1e1", NULL },
    { "0x10", NULL },
    { "1,5", NULL },
    { " 1", NULL },
    { "1 ", NULL },
    { "1e99999999999999999999", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *units = NULL;
      GmU256 amount;

      if (gm_payment_uri_parse_number (cases[i].text, &amount, &error))
        units = gm_u256_format (&amount);
      else
        evm_vectors_assert_refused (&error, "");
      g_assert_cmpstr (units, ==, cases[i].units);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment-uri/two-forms-are-read-and-written", test_read);
  g_test_add_func ("/payment-uri/no-link-asks-for-anything-else", test_refused);
  g_test_add_func ("/payment-uri/amounts-are-exact", test_numbers);
  return g_test_run ();
}
