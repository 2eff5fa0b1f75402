/* buy.h - a whole purchase as one blocking story that may stop anywhere and be told again.
 *
 *   quote ─▶ manifest and envelope, checked ─▶ authorize ─▶ submit ─▶ track ─▶ receipt
 *         ─▶ ciphertext, checked ─▶ key, checked ─▶ READY
 *
 * The journal is written before each effect, so after a crash gm_buy_resume() continues: one order,
 * one license. Nothing after authorize needs the wallet.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"
#include "payments/journal.h"
#include "payments/provider.h"
#include "store/store-client.h"

G_BEGIN_DECLS

typedef enum
{
  GM_BUY_QUOTE,
  GM_BUY_DOCUMENTS,
  GM_BUY_AUTHORIZE,
  GM_BUY_SUBMIT,
  GM_BUY_TRACK,
  GM_BUY_RECEIPT,
  GM_BUY_MASTER,
  GM_BUY_KEY,
  GM_BUY_READY,
} GmBuyStep;

/* On the buying thread. @fraction is of the step, 0 … 1; -1 when unknown. */
typedef void (*GmBuyProgress) (const GmPurchase *purchase,
                               GmBuyStep step,
                               double fraction,
                               gpointer user_data);

/* All that buying depends on; borrowed for the call. */
typedef struct
{
  GmSql *ledger;
  GmStoreClient *store;
  const GmDescriptor *descriptor; /* pinned */
  GmProvider *provider;
  GmSecret *library_key;
  const char *masters;    /* folder of <cid>.gma1 */
  GmBuyProgress progress; /* (nullable) */
  gpointer user_data;
} GmTill;

/* The price now, as a purchase in the journal; an unfinished one of the same asset is returned
 * instead, whatever its state. Nothing is signed or sent. */
GmPurchase *gm_buy_quote (GmTill *till,
                          const GmAsset *asset,
                          const GmAddress *buyer,
                          GCancellable *cancellable,
                          GError **error);

/* Signs what gm_buy_quote() showed. CONFLICT when the price or the files changed meanwhile, or the
 * quote ran out: quote again. */
gboolean gm_buy_authorize (GmTill *till,
                           GmPurchase *purchase,
                           const GmSigner *wallet,
                           GCancellable *cancellable,
                           GError **error);

/* From AUTHORIZED or anything later to READY. Safe to call again at any time. */
gboolean
gm_buy_resume (GmTill *till, GmPurchase *purchase, GCancellable *cancellable, GError **error);

/* The path of a master under @masters. */
char *gm_buy_master_path (const char *masters, const char *cid);

G_END_DECLS
