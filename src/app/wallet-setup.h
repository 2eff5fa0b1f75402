/* wallet-setup.h - making a wallet, in an order that cannot be skipped.
 *
 *   CHOICE ─start()─▶ WORDS ─written()─▶ CHECK ─check()─▶ PASSWORD ─create()─▶ MAKING ─▶ DONE
 *      └────type()──▶ TYPED ─restore()──────────────────────▲  ◀──failed, see error─┘
 *
 * Read-only properties: "step" (GmWalletStep), "error" (GError boxed or NULL; of what was done
 * last). The words live in guarded memory and go with this object, or once the wallet is made.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/account.h"

G_BEGIN_DECLS

typedef enum
{
  GM_WALLET_STEP_CHOICE,
  GM_WALLET_STEP_WORDS, /* shown once, to be written down */
  GM_WALLET_STEP_CHECK, /* some of them are typed */
  GM_WALLET_STEP_TYPED, /* words of an existing wallet are typed */
  GM_WALLET_STEP_PASSWORD,
  GM_WALLET_STEP_MAKING,
  GM_WALLET_STEP_DONE,
} GmWalletStep;

#define GM_WALLET_SETUP_ASKED 3 /* words of the check */

#define GM_TYPE_WALLET_STEP (gm_wallet_step_get_type ())
GType gm_wallet_step_get_type (void);

#define GM_TYPE_WALLET_SETUP (gm_wallet_setup_get_type ())
G_DECLARE_FINAL_TYPE (GmWalletSetup, gm_wallet_setup, GM, WALLET_SETUP, GObject)

GmWalletSetup *gm_wallet_setup_new (GmAccount *account);
GmWalletStep gm_wallet_setup_get_step (GmWalletSetup *self);

void gm_wallet_setup_start (GmWalletSetup *self, guint n_words); /* 12 or 24, new each time */
/* The word at @index from 0 while they are shown, else NULL; the caller wipes it. */
char *gm_wallet_setup_dup_word (GmWalletSetup *self, guint index);
void gm_wallet_setup_written (GmWalletSetup *self);

/* Which words are asked, from 0: other ones each time. */
guint gm_wallet_setup_get_asked (GmWalletSetup *self, guint i);
void gm_wallet_setup_check (GmWalletSetup *self, const char *const *typed);

void gm_wallet_setup_type (GmWalletSetup *self);
void gm_wallet_setup_restore (GmWalletSetup *self, GmSecret *typed);

void gm_wallet_setup_create (GmWalletSetup *self, GmSecret *password);
void gm_wallet_setup_back (GmWalletSetup *self);

G_END_DECLS
