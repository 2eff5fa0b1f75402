/* activity-item.h - a transaction this wallet signed, as a row shows it.
 *
 * Read-only properties: "sentence" (s), "state" (i: GmSentTxState), "state-text" (s), "network"
 * (s), "when-text" (s), "link" (s or NULL: of an explorer), "test-money" (b), "may-replace" (b: it
 * can be sped up or canceled, by an account of the wallet), "busy" (b: it is being replaced).
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
void gm_activity_item_set_own (GmActivityItem *self, gboolean own); /* its account is there */
/* Another of its nonce is under way, or mined. */
void gm_activity_item_set_superseded (GmActivityItem *self, gboolean superseded);
/* A look saw @state; TRUE when it is to be believed. A node that is late calls REPLACED what is
 * mined: that takes two looks, and is looked at a few times more. */
gboolean gm_activity_item_see (GmActivityItem *self, GmSentTxState state);
gboolean gm_activity_item_is_followed (GmActivityItem *self);
void gm_activity_item_set_busy (GmActivityItem *self, gboolean busy);
gboolean gm_activity_item_may_replace (GmActivityItem *self);

G_END_DECLS
