/* wallet-account.h - one account of the wallet, as a row shows it.
 *
 * Read-only properties: "address" (s, EIP-55), "short-address" (s, "0x1234…abcd"), "name" (s),
 * "kind" (GmWalletKind), "is-main" (b: it buys).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/bytes.h"

G_BEGIN_DECLS

typedef enum
{
  GM_WALLET_DERIVED,  /* of the recovery words */
  GM_WALLET_IMPORTED, /* a key of its own */
  GM_WALLET_WATCHED,  /* no key */
} GmWalletKind;

#define GM_TYPE_WALLET_KIND (gm_wallet_kind_get_type ())
GType gm_wallet_kind_get_type (void);

#define GM_TYPE_WALLET_ACCOUNT (gm_wallet_account_get_type ())
G_DECLARE_FINAL_TYPE (GmWalletAccount, gm_wallet_account, GM, WALLET_ACCOUNT, GObject)

GmWalletAccount *gm_wallet_account_new (const GmAddress *address,
                                        const char *name,
                                        GmWalletKind kind,
                                        gboolean is_main);
void gm_wallet_account_set_name (GmWalletAccount *self, const char *name);

const GmAddress *gm_wallet_account_get_address (GmWalletAccount *self);
const char *gm_wallet_account_get_text (GmWalletAccount *self); /* the address, EIP-55 */
const char *gm_wallet_account_get_name (GmWalletAccount *self);
char *gm_wallet_account_dup_label (GmWalletAccount *self); /* "Savings, 0x1234…abcd" */
GmWalletKind gm_wallet_account_get_kind (GmWalletAccount *self);
gboolean gm_wallet_account_is_main (GmWalletAccount *self);

G_END_DECLS
