/* payment-uri.h - links and QR codes that ask for a payment: "ethereum:…" (EIP-681).
 *
 *   ethereum:0x…@8453?value=1.5e16                           coins of the chain, in wei
 *   ethereum:0x…@8453/transfer?address=0x…&uint256=2.5e6     a token at the first address, units
 *
 * These two forms and no other: a link cannot ask for any other call. Gas wishes are read over;
 * names in place of an address, and members we do not know, are BAD_DATA.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/u256.h"

G_BEGIN_DECLS

#define GM_PAYMENT_URI_MAX_BYTES 1024

typedef struct
{
  guint64 chain_id; /* 0: not said */
  GmAddress to;
  gboolean of_token;
  GmAddress token;
  gboolean has_amount;
  GmU256 amount; /* wei, or the token's units */
} GmPaymentUri;

gboolean gm_payment_uri_parse (const char *text, GmPaymentUri *out, GError **error);
char *gm_payment_uri_dup_text (const GmPaymentUri *uri); /* addresses with checksum */

/* EIP-681's number without sign: "12", "1.5e18", "2e6". Exact, or BAD_DATA. */
gboolean gm_payment_uri_parse_number (const char *text, GmU256 *out, GError **error);

G_END_DECLS
