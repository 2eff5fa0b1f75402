/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <locale.h>
#include <string.h>

#include "base/error.h"

static const GmCurrency currencies[] = {
  { "USDC", 6 }, { "PYUSD", 6 }, { "USDT", 6 }, { "ETH", 18 }, { "USD", 2 },
};

const GmCurrency *
gm_currency_find (const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (currencies); i++)
    if (g_str_equal (code, currencies[i].code))
      return &currencies[i];

  return NULL;
}

#define MAX_DIGITS 60 /* of what a person types; far more than all money there is */

/* "12.5" with 6 decimals becomes "12500000". */
static GString *
shift_point (const char *digits, guint decimals, GError **error)
{
  g_autoptr (GString) units = g_string_new (NULL);
  const char *point = strchr (digits, '.');
  gsize fraction = 0;

  for (const char *p = digits; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p) && p != point)
      return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%.40s” is not an amount", digits);

  g_string_append (units, digits);
  if (point != NULL)
    {
      g_string_erase (units, point - digits, 1);
      fraction = strlen (point + 1);
    }
  if (units->len == 0 || units->len > MAX_DIGITS || (point != NULL && fraction == 0))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%.40s” is not an amount", digits);

  for (; fraction > decimals && units->str[units->len - 1] == '0'; fraction--)
    g_string_truncate (units, units->len - 1);
  if (fraction > decimals)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%.40s” has more than %u decimals", digits,
                         decimals);
  for (; fraction < decimals; fraction++)
    g_string_append_c (units, '0');

  return g_steal_pointer (&units);
}

static gboolean
digits_to_units (const char *digits, guint decimals, gint64 *out, GError **error)
{
  g_autoptr (GString) units = shift_point (digits, decimals, error);
  guint64 value;

  if (units == NULL)
    return FALSE;
  if (!g_ascii_string_to_unsigned (units->str, 10, 0, G_MAXINT64, &value, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA, "“%.40s” is more than an amount can be", digits);

  *out = (gint64) value;
  return TRUE;
}

gboolean
gm_money_parse (const char *digits, const char *code, GmMoney *out, GError **error)
{
  const GmCurrency *currency = gm_currency_find (code);
  gint64 units;

  if (currency == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "no currency is called “%.16s”",
                    code != NULL ? code : "");
  if (digits == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the amount is missing");
  if (!digits_to_units (digits, currency->decimals, &units, error))
    return FALSE;

  out->units = units;
  out->currency = currency;
  return TRUE;
}

/* "1,234,567" without its separators; they have to stand at the ends of groups: 1 to 3 digits, then
 * 2 or 3 (India), the last 3. What is no grouping stays, and is read as it is: "0.5", or refused.
 */
static char *
ungroup (const char *whole, const char *separator)
{
  g_auto (GStrv) groups = NULL;
  guint n;

  if (*separator == '\0')
    return g_strdup (whole);

  groups = g_strsplit (whole, separator, -1);
  n = g_strv_length (groups);
  if (n > 1 && groups[0][0] == '0') /* nobody groups from there: "0.125" is a fraction, not 125 */
    return g_strdup (whole);
  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (groups[i]);

      if (length > 3 || length < (i == 0 ? 1 : i + 1 < n ? 2 : 3))
        return g_strdup (whole);
    }
  return g_strjoinv ("", groups);
}

/* What was typed, with a plain point and without grouping. */
static char *
dup_plain (const char *text)
{
  const struct lconv *locale = localeconv ();
  g_autoptr (GString) typed = g_string_new (text);
  g_autofree char *before = NULL;
  g_autofree char *whole = NULL;
  const char *point;

  g_string_replace (typed, " ", "", 0);
  g_string_replace (typed, "\u00a0", "", 0);
  g_string_replace (typed, "\u202f", "", 0);

  point = strstr (typed->str, locale->decimal_point);
  if (point == NULL)
    return ungroup (typed->str, locale->thousands_sep);
  before = g_strndup (typed->str, (gsize) (point - typed->str));
  whole = ungroup (before, locale->thousands_sep);
  return g_strconcat (whole, ".", point + strlen (locale->decimal_point), NULL);
}

gboolean
gm_money_parse_local (const char *text, const char *code, GmMoney *out, GError **error)
{
  g_autofree char *plain = dup_plain (text);

  return gm_money_parse (plain, code, out, error);
}

gboolean
gm_u256_parse_local (const char *text, const GmCurrency *currency, GmU256 *out, GError **error)
{
  g_autofree char *plain = dup_plain (text);
  g_autoptr (GString) units = shift_point (plain, currency->decimals, error);

  return units != NULL && gm_u256_parse (units->str, out, error);
}

/* All @decimals are written, then zeros are cut from the right down to @least of them. */
static GString *
decimal_text (const char *units, guint decimals, guint least)
{
  GString *text = g_string_new (units);

  while (text->len <= decimals)
    g_string_prepend_c (text, '0');
  g_string_insert_c (text, (gssize) (text->len - decimals), '.');
  for (guint i = decimals; i > least && text->str[text->len - 1] == '0'; i--)
    g_string_truncate (text, text->len - 1);
  if (text->str[text->len - 1] == '.')
    g_string_truncate (text, text->len - 1);
  return text;
}

char *
gm_u256_format_units (const GmU256 *units, guint decimals)
{
  g_autofree char *digits = gm_u256_format (units);

  return g_string_free (decimal_text (digits, decimals, 0), FALSE);
}

char *
gm_money_format_plain (const GmMoney *money)
{
  const GmU256 units = gm_u256_from_u64 ((guint64) money->units);

  return gm_u256_format_units (&units, money->currency->decimals);
}

static void
group_thousands (GString *text, gsize whole, const char *separator)
{
  for (gsize at = whole; at > 3; at -= 3)
    g_string_insert (text, (gssize) at - 3, separator);
}

char *
gm_u256_format_local (const GmU256 *units, const GmCurrency *currency)
{
  const struct lconv *locale = localeconv ();
  g_autofree char *digits = gm_u256_format (units);
  g_autoptr (GString) text = decimal_text (digits, currency->decimals, MIN (2, currency->decimals));
  const char *point = strchr (text->str, '.');
  gsize whole = point != NULL ? (gsize) (point - text->str) : text->len;

  if (point != NULL && !g_str_equal (locale->decimal_point, "."))
    {
      g_string_erase (text, (gssize) whole, 1);
      g_string_insert (text, (gssize) whole, locale->decimal_point);
    }
  group_thousands (text, whole, locale->thousands_sep);
  g_string_append_printf (text, " %s", currency->code);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
gm_money_format (const GmMoney *money)
{
  const GmU256 units = gm_u256_from_u64 ((guint64) money->units);

  return gm_u256_format_local (&units, money->currency);
}

static gboolean
same_currency (const GmMoney *a, const GmMoney *b, GError **error)
{
  return a->currency == b->currency || gm_fail (error, GM_ERROR_BAD_DATA, "%s and %s do not add up",
                                                a->currency->code, b->currency->code);
}

gboolean
gm_money_add (const GmMoney *a, const GmMoney *b, GmMoney *out, GError **error)
{
  if (!same_currency (a, b, error))
    return FALSE;
  if (a->units > G_MAXINT64 - b->units)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the sum is more than an amount can be");

  *out = (GmMoney){ a->units + b->units, a->currency };
  return TRUE;
}

gboolean
gm_money_subtract (const GmMoney *a, const GmMoney *b, GmMoney *out, GError **error)
{
  if (!same_currency (a, b, error))
    return FALSE;
  if (a->units < b->units)
    return gm_fail (error, GM_ERROR_FUNDS, "the amount is too small");

  *out = (GmMoney){ a->units - b->units, a->currency };
  return TRUE;
}

gboolean
gm_money_share (const GmMoney *money, guint64 part, guint64 whole, GmMoney *out, GError **error)
{
  GmU256 units = gm_u256_from_u64 ((guint64) money->units);
  const GmU256 times = gm_u256_from_u64 (part);
  const GmU256 by = gm_u256_from_u64 (whole);
  guint64 share;

  if (!gm_u256_multiply (&units, &times, &units, error) ||
      !gm_u256_divide (&units, &by, &units, NULL, error) || !gm_u256_to_u64 (&units, &share, error))
    return FALSE;
  if (share > G_MAXINT64)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the share is more than an amount can be");

  *out = (GmMoney){ (gint64) share, money->currency };
  return TRUE;
}
