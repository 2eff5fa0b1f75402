/* account.h - the wallet as a screen sees it: is there one, is it locked, who is it.
 *
 * Read-only properties: "has-wallet", "locked" (b; TRUE also without a wallet), "busy" (b: a
 * password is being tried, or something changed), "address" (s, EIP-55 or NULL), "short-address"
 * (s, "0x1234…abcd" or NULL). Signals "unlocked", and "changed": what was asked for is done, and
 * the accounts may be others.
 *
 * The verbs answer on the main thread: @done (owner, GM_WORKER_OK or NULL, error). An unlocked
 * wallet locks itself when idle.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/secret.h"
#include "base/worker.h"
#include "evm/signature.h"

G_BEGIN_DECLS

#define GM_TYPE_ACCOUNT (gm_account_get_type ())
G_DECLARE_FINAL_TYPE (GmAccount, gm_account, GM, ACCOUNT, GObject)

/* @vault has one thread and outlives this; @path is the keystore file. */
GmAccount *gm_account_new (GmWorker *vault, const char *path, GError **error);

gboolean gm_account_has_wallet (GmAccount *self);
gboolean gm_account_is_locked (GmAccount *self);
const char *gm_account_get_address (GmAccount *self); /* (nullable) */

/* New recovery words, 12 or 24, for the screen that shows them once. */
GmSecret *gm_account_make_words (guint n_words, GError **error);
/* What was typed, in its normal form; BAD_DATA says what is wrong. */
GmSecret *gm_account_parse_words (GmSecret *typed, GError **error);
/* Word @index of a text of this module. */
char *gm_account_dup_word (GmSecret *words, guint index);

void gm_account_create (GmAccount *self,
                        GmSecret *words,
                        GmSecret *password,
                        GObject *owner,
                        GmDone done);
/* DENIED: not this password. */
void gm_account_unlock (GmAccount *self, GmSecret *password, GObject *owner, GmDone done);
void gm_account_change_password (GmAccount *self,
                                 GmSecret *from,
                                 GmSecret *to,
                                 GObject *owner,
                                 GmDone done);
void gm_account_lock (GmAccount *self);

/* Signs with @account (NULL: the main one) on whatever thread asks. LOCKED while it is, NOT_FOUND:
 * no account of this wallet, DENIED: one that is only watched. Free it with
 * gm_account_signer_free(). */
GmSigner *gm_account_signer_new (GmAccount *self, const GmAddress *account, GError **error);
void gm_account_signer_free (GmSigner *signer);
gboolean gm_account_dup_main (GmAccount *self, GmAddress *address); /* FALSE without a wallet */

G_END_DECLS
