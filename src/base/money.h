/* money.h - an amount is a number of integer units with a currency; no double anywhere.
 *
 * Units are the token's smallest: 1.00 USDC is 1,000,000 units. Prices and orders fit 63 bits
 * (9.2 million million USDC); balances of 18-decimal tokens are GmU256 and use the same formatter.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/u256.h"

G_BEGIN_DECLS

typedef struct
{
  const char *code; /* "USDC", "PYUSD", "ETH", "USD" */
  guint decimals;
} GmCurrency;

typedef struct
{
  gint64 units; /* >= 0 */
  const GmCurrency *currency;
} GmMoney;

const GmCurrency *gm_currency_find (const char *code); /* (nullable) */

/* @digits is a plain decimal such as "25", "0.5", "25.000000" (a point, no grouping, no sign); more
 * significant decimals than the currency has is BAD_DATA. The wire and the database use this. */
gboolean gm_money_parse (const char *digits, const char *code, GmMoney *out, GError **error);

/* What a person types: the locale's decimal point or a plain one, grouping ignored. */
gboolean gm_money_parse_local (const char *text, const char *code, GmMoney *out, GError **error);

char *gm_money_format_plain (const GmMoney *money); /* "25", "0.5": shortest exact digits */
char *gm_money_format (const GmMoney *money);       /* "25.00 USDC", "0.000001 USDC": by locale */
char *gm_u256_format_units (const GmU256 *units, guint decimals); /* shortest exact digits */

/* Amounts beyond 63 bits, as the two for people do it: "0.50 ETH". */
gboolean
gm_u256_parse_local (const char *text, const GmCurrency *currency, GmU256 *out, GError **error);
char *gm_u256_format_local (const GmU256 *units, const GmCurrency *currency);

gboolean gm_money_add (const GmMoney *a, const GmMoney *b, GmMoney *out, GError **error);
gboolean gm_money_subtract (const GmMoney *a, const GmMoney *b, GmMoney *out, GError **error);

/* @out = @money * @part / @whole, rounded down: fees and splits. */
gboolean
gm_money_share (const GmMoney *money, guint64 part, guint64 whole, GmMoney *out, GError **error);

G_END_DECLS
