/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/transfer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "evm/abi.h"
#include "evm/address.h"

#define FEE_DIGITS 3

/* ERC-20 transfer(): the contract gets no ether, the recipient is in the call. */
static void
set_token_call (GmTx *tx, const GmTransfer *self)
{
  g_autoptr (GmAbi) abi = gm_abi_new ();

  gm_address_parse (self->token->address, &tx->to, NULL); /* of our own table */
  gm_abi_add_address (abi, &self->to);
  gm_abi_add_u256 (abi, &self->units);
  g_bytes_unref (tx->data);
  tx->data = gm_abi_encode_call (abi, "transfer(address,uint256)");
}

GmTx *
gm_transfer_build (const GmTransfer *self)
{
  GmTx *tx = gm_tx_new (GM_TX_FEE_MARKET);

  tx->chain_id = self->network->chain_id;
  if (self->token != NULL)
    {
      set_token_call (tx, self);
      return tx;
    }
  tx->to = self->to;
  tx->value = self->units;
  return tx;
}

const GmCurrency *
gm_transfer_currency (const GmToken *token)
{
  return gm_currency_find (token != NULL ? token->code : "ETH");
}

char *
gm_transfer_format_fee (const GmU256 *wei)
{
  g_autofree char *digits = gm_u256_format (wei);
  const gsize length = strlen (digits);
  GmU256 rounded = *wei;

  if (length > FEE_DIGITS)
    {
      guint64 head = 0;

      for (guint i = 0; i < FEE_DIGITS; i++)
        head = 10 * head + (guint64) (digits[i] - '0');
      if (strspn (digits + FEE_DIGITS, "0") < length - FEE_DIGITS)
        head++;
      rounded = gm_u256_from_u64 (head);
      for (gsize i = FEE_DIGITS; i < length; i++)
        if (!gm_u256_multiply (&rounded, &(GmU256){ { 10 } }, &rounded, NULL))
          return gm_u256_format_local (wei, gm_currency_find ("ETH"));
    }
  return gm_u256_format_local (&rounded, gm_currency_find ("ETH"));
}

char *
gm_transfer_group_address (const char *address)
{
  GString *groups = g_string_new_len (address, (gssize) MIN (strlen (address), 2));

  for (gsize i = 2; i < strlen (address); i++)
    {
      if (i % 4 == 2)
        g_string_append_c (groups, ' ');
      g_string_append_c (groups, address[i]);
    }
  return g_string_free (groups, FALSE);
}

char *
gm_transfer_dup_sentence (const GmTransfer *self)
{
  g_autofree char *amount = gm_u256_format_local (&self->units, gm_transfer_currency (self->token));
  g_autofree char *to = gm_address_dup_text (&self->to);
  g_autofree char *short_to = gm_address_shorten (to);

  return g_strdup_printf (_ ("Send %s to %s"), amount, short_to);
}
