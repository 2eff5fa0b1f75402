/* activity-item.h - a transaction this wallet signed, as a row shows it.
 *
 * Read-only properties: "sentence" (s), "state" (i: GmSentTxState), "state-text" (s), "network"
 * (s), "when-text" (s), "link" (s or NULL: of an explorer), "test-money" (b), "may-replace" (b: it
 * can be sped up or canceled), "busy" (b: it is being replaced).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/tx-journal.h"
#include "chain/network.h"

G_BEGIN_DECLS

#define GM_TYPE_ACTIVITY_ITEM (gm_activity_item_get_type ())
G_DECLARE_FINAL_TYPE (GmActivityItem, gm_activity_item, GM, ACTIVITY_ITEM, GObject)

/* @network NULL: the person does not use it any more. */
GmActivityItem *gm_activity_item_new (const GmSentTx *tx, const GmNetwork *network);
const GmSentTx *gm_activity_item_get_tx (GmActivityItem *self);

/* For activity.h: */
void gm_activity_item_set_tx (GmActivityItem *self, const GmSentTx *tx);
void gm_activity_item_set_network (GmActivityItem *self, const GmNetwork *network);
void gm_activity_item_set_superseded (GmActivityItem *self, gboolean superseded);
void gm_activity_item_set_busy (GmActivityItem *self, gboolean busy);
gboolean gm_activity_item_may_replace (GmActivityItem *self);

G_END_DECLS
