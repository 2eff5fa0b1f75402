/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/payment-link.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/network-money.h"
#include "app/transfer.h"
#include "base/error.h"
#include "evm/address.h"
#include "evm/payment-uri.h"

#define SCHEME   "ethereum:"
#define ETHEREUM 1 /* of a link that does not say its chain */

gboolean
gm_payment_link_is (const char *text)
{
  return g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) == 0;
}

static const GmNetwork *
find_network (GListModel *networks, guint64 chain_id, guint *position)
{
  const guint n = g_list_model_get_n_items (networks);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmNetworkMoney) money = g_list_model_get_item (networks, i);
      const GmNetwork *network = gm_network_money_get_network (money)->network;

      if (network->chain_id == chain_id)
        {
          *position = i;
          return network;
        }
    }
  return NULL;
}

/* As the locale writes it, without " USDC". */
static char *
dup_amount (const GmU256 *units, const GmToken *token)
{
  const GmCurrency *currency = gm_transfer_currency (token);
  char *text = gm_u256_format_local (units, currency);

  text[strlen (text) - strlen (currency->code) - 1] = '\0';
  return text;
}

gboolean
gm_payment_link_read (const char *text, GListModel *networks, GmPaymentLink *out, GError **error)
{
  GmPaymentLink link = { 0 };
  const GmNetwork *network;
  const GmToken *token = NULL;
  GmPaymentUri uri;

  if (!gm_payment_uri_parse (text, &uri, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA, _ ("This link does not ask for a payment."));
  network = find_network (networks, uri.chain_id != 0 ? uri.chain_id : ETHEREUM, &link.network);
  if (network == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    _ ("This link asks for money on a network you do not use."));
  if (uri.of_token)
    {
      token = gm_network_find_token (network, &uri.token);
      if (token == NULL)
        return gm_fail (error, GM_ERROR_BAD_DATA,
                        _ ("This link asks for a token GotMusic does not know."));
      link.token = 1 + (guint) (token - network->tokens);
    }
  link.to = gm_address_dup_text (&uri.to);
  link.amount = uri.has_amount ? dup_amount (&uri.amount, token) : NULL;
  *out = link;
  return TRUE;
}

void
gm_payment_link_clear (GmPaymentLink *self)
{
  g_free (self->to);
  g_free (self->amount);
}
