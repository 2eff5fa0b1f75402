/* journal.h - the purchases of the ledger, each change synced to disk before its effect.
 *
 * ledger.db is synchronous=FULL: when a call here returns TRUE, a power failure does not undo it.
 * One live attempt per (store, asset, buyer): a second one is CONFLICT. One thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "payments/purchase.h"
#include "storage/sql.h"

G_BEGIN_DECLS

/* Inserts a QUOTED purchase; CONFLICT when a live one exists. */
gboolean gm_journal_begin (GmSql *ledger, GmPurchase *purchase, GError **error);

/* Changes the state in the row and in @purchase, with all other members as they are now. BUG when
 * the move is not legal, CONFLICT when the row is not in the state @purchase believes. */
gboolean gm_journal_move (GmSql *ledger, GmPurchase *purchase, GmPurchaseState to, GError **error);
gboolean
gm_journal_deliver (GmSql *ledger, GmPurchase *purchase, GmDelivery delivery, GError **error);

GmPurchase *gm_journal_find (GmSql *ledger, const char *id, GError **error);
/* The live attempt; NOT_FOUND when there is none. */
GmPurchase *gm_journal_find_live (GmSql *ledger,
                                  const char *store,
                                  const char *asset_id,
                                  const char *buyer,
                                  GError **error);
/* What has to be continued after a start: authorized and not ready; oldest first. */
GPtrArray *gm_journal_list_open (GmSql *ledger, GError **error);
GPtrArray *gm_journal_list (GmSql *ledger, GError **error); /* newest first */

/* Takes back a purchase nobody signed: QUOTED only, else CONFLICT. */
gboolean gm_journal_drop (GmSql *ledger, GmPurchase *purchase, GError **error);

G_END_DECLS
