/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/price.h"

#include <glib/gi18n-lib.h>

char *
gm_price_format (gint64 units, const char *currency)
{
  const GmMoney price = { units, currency != NULL ? gm_currency_find (currency) : NULL };

  if (price.currency == NULL)
    return NULL;
  return units == 0 ? g_strdup (_ ("Free")) : gm_money_format (&price);
}
