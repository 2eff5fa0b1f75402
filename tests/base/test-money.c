/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "base/error.h"

static GmMoney
money (const char *digits, const char *code)
{
  GmMoney value = { 0 };
  g_autoptr (GError) error = NULL;

  gm_money_parse (digits, code, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_parse (void)
{
  static const struct
  {
    const char *digits, *code;
    gint64 units;
    const char *plain, *words;
  } cases[] = {
    { "0", "USDC", 0, "0", "0.00 USDC" },
    { "25", "USDC", 25000000, "25", "25.00 USDC" },
    { "0.5", "USDC", 500000, "0.5", "0.50 USDC" },
    { "25.000000", "USDC", 25000000, "25", "25.00 USDC" },
    { "25.0000000000", "USDC", 25000000, "25", "25.00 USDC" },
    { "0.000001", "USDC", 1, "0.000001", "0.000001 USDC" },
    { "007.10", "USDC", 7100000, "7.1", "7.10 USDC" },
    { ".5", "USDC", 500000, "0.5", "0.50 USDC" },
    { "9223372036854.775807", "USDC", G_MAXINT64, "9223372036854.775807",
      "9223372036854.775807 USDC" },
    { "9.223372036854775807", "ETH", G_MAXINT64, "9.223372036854775807",
      "9.223372036854775807 ETH" },
    { "19.99", "USD", 1999, "19.99", "19.99 USD" },
    { "1234567.8", "USD", 123456780, "1234567.8", "1234567.80 USD" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmMoney value = money (cases[i].digits, cases[i].code);
      g_autofree char *plain = gm_money_format_plain (&value);
      g_autofree char *words = gm_money_format (&value);

      g_assert_cmpint (value.units, ==, cases[i].units);
      g_assert_cmpstr (value.currency->code, ==, cases[i].code);
      g_assert_cmpstr (plain, ==, cases[i].plain);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *digits, *code, *words;
  } cases[] = {
    { "1", NULL, "no currency" },
    { "1", "", "no currency" },
    { "1", "usdc", "no currency" },
    { "1", "DOGE", "no currency" },
    { NULL, "USDC", "missing" },
    { "", "USDC", "not an amount" },
    { ".", "USDC", "not an amount" },
    { "5.", "USDC", "not an amount" },
    { "1.2.3", "USDC", "not an amount" },
    { "-1", "USDC", "not an amount" },
    { "+1", "USDC", "not an amount" },
    { " 1", "USDC", "not an amount" },
    { "1 000", "USDC", "not an amount" },
    { "1,5", "USDC", "not an amount" },
    { "1e3", "USDC", "not an amount" },
    { "0x10", "USDC", "not an amount" },
    { "0.0000001", "USDC", "more than 6 decimals" },
    { "0.001", "USD", "more than 2 decimals" },
    { "9223372036854.775808", "USDC", "more than an amount can be" },
    { "99999999999999999999", "USDC", "more than an amount can be" },
    { "0.00000000000000000000000000000000000000000000000000000000000000", "USDC", "not an amount" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GmMoney value = { 77, NULL };
      g_autoptr (GError) error = NULL;

      g_assert_false (gm_money_parse (cases[i].digits, cases[i].code, &value, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].words);
      g_assert_true (value.units == 77 && value.currency == NULL);
    }
}

static void
test_sums (void)
{
  const GmMoney most = money ("9223372036854.775807", "USDC"), unit = money ("0.000001", "USDC");
  const GmMoney five = money ("5", "USDC"), two = money ("2", "USDC"), other = money ("2", "PYUSD");
  GmMoney out = { 77, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (gm_money_add (&most, &unit, &out, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_clear_error (&error);
  g_assert_false (gm_money_subtract (&two, &five, &out, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_FUNDS);
  g_clear_error (&error);
  g_assert_false (gm_money_add (&five, &other, &out, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "USDC and PYUSD"));
  g_clear_error (&error);
  g_assert_false (gm_money_subtract (&five, &other, &out, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_cmpint (out.units, ==, 77);

  g_assert_true (gm_money_add (&five, &two, &out, NULL));
  g_assert_cmpint (out.units, ==, 7000000);
  g_assert_true (gm_money_subtract (&five, &two, &out, NULL));
  g_assert_cmpint (out.units, ==, 3000000);
  g_assert_true (gm_money_subtract (&five, &five, &out, NULL));
  g_assert_cmpint (out.units, ==, 0);
}

static void
test_share (void)
{
  static const struct
  {
    gint64 units;
    guint64 part, whole;
    gint64 share; /* -1: refused */
  } cases[] = {
    { 25000000, 25, 1000, 625000 },
    { 999, 1, 1000, 0 }, /* rounded down */
    { 1999, 1, 1000, 1 },
    { G_MAXINT64, 1, 1, G_MAXINT64 },
    { G_MAXINT64, G_MAXUINT64, G_MAXUINT64, G_MAXINT64 },
    { G_MAXINT64, 2, 1, -1 },
    { G_MAXINT64, G_MAXUINT64, 1, -1 },
    { 1, 1, 0, -1 },
    { 0, 1, 3, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GmMoney value = { cases[i].units, gm_currency_find ("USDC") };
      GmMoney out = { -1, NULL };
      g_autoptr (GError) error = NULL;

      g_assert_true (gm_money_share (&value, cases[i].part, cases[i].whole, &out, &error) ==
                     (cases[i].share >= 0));
      g_assert_cmpint (out.units, ==, cases[i].share);
      if (cases[i].share < 0)
        g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
    }
}

static void
test_large_units (void)
{
  static const struct
  {
    const char *units;
    guint decimals;
    const char *text;
  } cases[] = {
    { "0", 18, "0" },
    { "1", 18, "0.000000000000000001" },
    { "1000000000000000000", 18, "1" },
    { "123456789012345678901234567890", 18, "123456789012.34567890123456789" },
    { "10", 0, "10" },
    { "100", 1, "10" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      GmU256 units;

      g_assert_true (gm_u256_parse (cases[i].units, &units, NULL));
      text = gm_u256_format_units (&units, cases[i].decimals);
      g_assert_cmpstr (text, ==, cases[i].text);
    }

  {
    g_autofree char *words = NULL;
    GmU256 large;

    g_assert_true (gm_u256_parse ("1234500000000000000000", &large, NULL));
    words = gm_u256_format_local (&large, gm_currency_find ("ETH"));
    g_assert_cmpstr (words, ==, "1234.50 ETH");
  }
}

/* A locale with a way to write numbers and nothing else. FALSE where localedef is not installed. */
static gboolean
set_locale (const char *folder, const char *name, const char *point, const char *separator)
{
  g_autofree char *source = g_strdup_printf ("%s/%s.source", folder, name);
  g_autofree char *target = g_build_filename (folder, name, NULL);
  g_autofree char *text = g_strdup_printf ("escape_char /\nLC_NUMERIC\ndecimal_point \"%s\"\n"
                                           "thousands_sep \"%s\"\ngrouping 3;3\n"
                                           "END LC_NUMERIC\n",
                                           point, separator);
  const char *arguments[] = {
    "localedef", "-c", "-i", source, "-f", "ANSI_X3.4-1968", target, NULL
  };

  g_assert_true (g_file_set_contents (source, text, -1, NULL));
  g_spawn_sync (NULL, (char **) arguments, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, NULL, NULL);
  g_setenv ("LOCPATH", folder, TRUE);
  return setlocale (LC_NUMERIC, name) != NULL;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      remove_tree (inside);
    }
  g_remove (path);
}

typedef struct
{
  const char *typed;
  const char *plain; /* NULL: refused */
  const char *words;
} Typed;

static void
check_typed (const Typed *cases)
{
  for (guint i = 0; cases[i].typed != NULL; i++)
    {
      GmMoney value = { 77, NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *plain = NULL;
      g_autofree char *words = NULL;

      g_test_message ("%s", cases[i].typed);
      gm_money_parse_local (cases[i].typed, "USDC", &value, &error);
      if (cases[i].plain == NULL)
        {
          g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
          g_assert_cmpint (value.units, ==, 77);
          continue;
        }
      g_assert_no_error (error);
      plain = gm_money_format_plain (&value);
      words = gm_money_format (&value);
      g_assert_cmpstr (plain, ==, cases[i].plain);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static const Typed no_grouping[] = {
  { "1234.5", "1234.5", "1234.50 USDC" },
  { " 1 234.5 ", "1234.5", "1234.50 USDC" },
  { "1\u202f234", "1234", "1234.00 USDC" },
  { "1\u00a0234", "1234", "1234.00 USDC" },
  { "1,5" },
  { "" },
  { " " },
  { NULL },
};

static const Typed comma[] = {
  { "1234,5", "1234.5", "1.234,50 USDC" },
  { "1.234.567,50", "1234567.5", "1.234.567,50 USDC" },
  { "1.234", "1234", "1.234,00 USDC" }, /* grouping, as it is written there */
  { "0.5", "0.5", "0,50 USDC" },        /* a plain point, not 5 */
  { "0.125", "0.125", "0,125 USDC" },   /* nor 125 */
  { "0.500", "0.5", "0,50 USDC" },
  { "12.50", "12.5", "12,50 USDC" },
  { "1234.567", "1234.567", "1.234,567 USDC" },
  { "1.23,5" },
  { "1,234,5" },
  { "1.2.3" },
  { "-1" },
  { NULL },
};

static const Typed point[] = {
  { "1,234.5", "1234.5", "1,234.50 USDC" },
  { "12,34,567.5", "1234567.5", "1,234,567.50 USDC" }, /* the groups of India */
  { "0.5", "0.5", "0.50 USDC" },
  { "1,23" }, /* not 123 */
  { "0,5" },
  { "0,125" },
  { "0,125.5" },
  { "1.234,5" },
  { ",123" },
  { "1,,234" },
  { "1234,567" },
  { "1,2345" },
  { NULL },
};

static void
test_plain_locale (void)
{
  check_typed (no_grouping);
}

static void
test_locales (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-money-XXXXXX", NULL);
  gboolean set = set_locale (folder, "comma", "<U002C>", "<U002E>");

  if (set)
    check_typed (comma);
  if (set_locale (folder, "point", "<U002E>", "<U002C>"))
    check_typed (point);

  setlocale (LC_NUMERIC, "C");
  remove_tree (folder);
  if (!set)
    g_test_skip ("localedef is not installed");
}

/* A balance of ether is beyond 63 bits from 10 ETH on. */
static void
test_wide_amounts (void)
{
  static const struct
  {
    const char *typed;
    const char *code;
    const char *units;
    const char *shown;
  } cases[] = {
    { "0.5", "ETH", "500000000000000000", "0.50 ETH" },
    { "10", "ETH", "10000000000000000000", "10.00 ETH" },
    { "0.000000000000000001", "ETH", "1", "0.000000000000000001 ETH" },
    { "12 000.25", "USDC", "12000250000", "12000.25 USDC" },
    { "1.0000000000000000010", "ETH", "1000000000000000001", "1.000000000000000001 ETH" },
    { "0.0000000000000000001", "ETH", NULL, NULL },
    { "0.0000001", "USDC", NULL, NULL },
    { "1e3", "ETH", NULL, NULL },
    { "-1", "ETH", NULL, NULL },
    { "0x10", "ETH", NULL, NULL },
    { "", "ETH", NULL, NULL },
    { "999999999999999999999999999999999999999999999999999999999999999", "ETH", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GmCurrency *currency = gm_currency_find (cases[i].code);
      g_autoptr (GError) error = NULL;
      g_autofree char *units = NULL;
      g_autofree char *shown = NULL;
      GmU256 value = gm_u256_from_u64 (7);

      if (cases[i].units == NULL)
        {
          g_assert_false (gm_u256_parse_local (cases[i].typed, currency, &value, &error));
          g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
          g_assert_cmpuint (value.w[0], ==, 7);
          continue;
        }
      gm_u256_parse_local (cases[i].typed, currency, &value, &error);
      g_assert_no_error (error);
      units = gm_u256_format (&value);
      shown = gm_u256_format_local (&value, currency);
      g_assert_cmpstr (units, ==, cases[i].units);
      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/digits-are-units", test_parse);
  g_test_add_func ("/money/what-is-no-amount-is-refused", test_refused);
  g_test_add_func ("/money/sums-stay-in-range-and-currency", test_sums);
  g_test_add_func ("/money/shares-are-rounded-down", test_share);
  g_test_add_func ("/money/large-units-are-exact", test_large_units);
  g_test_add_func ("/money/wide-amounts-are-exact-too", test_wide_amounts);
  g_test_add_func ("/money/spaces-are-ignored-in-what-is-typed", test_plain_locale);
  g_test_add_func ("/money/people-write-as-their-locale-does", test_locales);
  return g_test_run ();
}
