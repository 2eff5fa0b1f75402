/* buy-run.h - one run of a purchase on the chain worker, from where its journal left it.
 *
 * The vault may lock at any time: only signing in and signing the order need the signer, which asks
 * the person (signing-desk.h).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/progress.h"
#include "app/session-core.h"
#include "payments/buy.h"

G_BEGIN_DECLS

typedef struct
{
  GmStoreClient *store;
  const GmDescriptor *descriptor; /* lives as long as the session's workers */
  GmLibraryKey *library_key;
  char *ledger;
  char *masters;
  GmSigner *signer; /* (nullable) the wallet is locked */
  GmAddress buyer;
  gboolean has_buyer;
  GmProgress *progress;
  GmAsset *asset;       /* (nullable) ask its price */
  GmPurchase *purchase; /* (nullable) go on with it */
  gboolean authorize;   /* sign it first */
} GmBuyRun;

GmBuyRun *gm_buy_run_new (const GmSessionCore *core, GmAccount *account, GmProgress *progress);
void gm_buy_run_free (gpointer run);

typedef struct
{
  GmPurchase *purchase; /* (nullable) as the journal has it now */
  GError *error;        /* (nullable) */
} GmBuyOutcome;

void gm_buy_outcome_free (gpointer outcome);

gpointer gm_buy_run (gpointer run, GCancellable *cancellable, GError **error); /* a GmWork */

G_END_DECLS
