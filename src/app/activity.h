/* activity.h - the wallet's money on the move: what it has, what it sent, newest first.
 *
 * Sending belongs to the session, not to a screen: one that closes takes back nothing. What is not
 * done is sent again and followed, also after a start, on the networks of the money.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/activity-item.h"
#include "app/signing-desk.h"
#include "app/tx-run.h"
#include "app/wallet-money.h"

G_BEGIN_DECLS

#define GM_TYPE_ACTIVITY (gm_activity_get_type ())
G_DECLARE_FINAL_TYPE (GmActivity, gm_activity, GM, ACTIVITY, GObject)

typedef struct
{
  GmWorker *db;    /* reads the ledger */
  GmWorker *chain; /* signs, sends, writes it */
  GmWorker *io;    /* looks */
  GmHttp *http;
  const char *ledger;
  GmAccount *account;
  GmSigningDesk *desk;
  GmSettings *settings;
} GmActivityParts; /* all but the last three outlive it */

GmActivity *gm_activity_new (const GmActivityParts *parts);

GmWalletMoney *gm_activity_get_money (GmActivity *self);
GListModel *gm_activity_get_items (GmActivity *self); /* of GmActivityItem */
const char *gm_activity_get_ledger (GmActivity *self);
/* Addresses that got something or are about to, and those of @own (nullable): objects with an
 * "address". */
char **gm_activity_list_known (GmActivity *self, GListModel *own);

/* Asks the fee; @done gets the GmTxRun, to be sent. */
void gm_activity_prepare (GmActivity *self,
                          GmWalletNetwork *network,
                          const GmTransfer *transfer,
                          GObject *owner,
                          GmDone done);
/* Signs with the account it is from, and sends; @done gets the GmTxRun. Takes a reference of @run.
 */
void gm_activity_send (GmActivity *self, GmTxRun *run, GObject *owner, GmDone done);
/* The same for a higher fee, or nothing in its place. */
void gm_activity_replace (GmActivity *self,
                          GmActivityItem *item,
                          gboolean cancel,
                          GObject *owner,
                          GmDone done);

G_END_DECLS
