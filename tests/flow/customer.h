/* customer.h - the application without its window, at a real store: session, wallet, purchases.
 *
 * Its folder is all that survives; every start is a new session.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/purchases.h"
#include "app/session.h"

G_BEGIN_DECLS

#define CUSTOMER_PASSWORD "correct horse battery staple"

typedef struct
{
  char *folder;
  GmSettings *settings;
  GmSession *session;    /* open, its catalog is here */
  gboolean is_undecided; /* somebody else answers what is to be signed */
} Customer;

/* Adds the store; wallets cost little to open in this process from now on. */
Customer *customer_new (const char *folder, const char *origin);
void customer_free (Customer *self);

/* Makes the wallet, or unlocks the one of an earlier start, and waits for the store to know it. */
void customer_open_wallet (Customer *self);

/* The offer with this title; owned by the caller. */
GmAsset *customer_find (Customer *self, const char *title);

/* Runs the main loop until @condition; fails the test after a minute. */
typedef gboolean (*CustomerCondition) (gpointer data);
#define customer_wait(condition, ...) customer_wait_for (#condition, (condition), __VA_ARGS__)
void customer_wait_for (const char *what, CustomerCondition condition, gpointer data);
void customer_wait_phase (GmBuyJob *job, GmBuyPhase phase);

/* One order and one license at the store, the same here, and its music is the file at @path. */
void customer_assert_owns (Customer *self, const char *asset_id, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Customer, customer_free)

G_END_DECLS
