/* buy-steps.h - the steps of a purchase as a list a person follows.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/buy-job.h"
#include "payments/buy.h"

G_BEGIN_DECLS

typedef struct _GmBuySteps GmBuySteps;

GmBuySteps *gm_buy_steps_new (void);
void gm_buy_steps_free (GmBuySteps *self);
GListModel *gm_buy_steps_list (GmBuySteps *self); /* of GmBuyStepItem */

/* Where a purchase of the journal stands while nothing runs. */
void gm_buy_steps_show (GmBuySteps *self, const GmPurchase *purchase);
/* What is before it is done, what follows is pending. */
void gm_buy_steps_set_active (GmBuySteps *self, GmBuyStep step);
/* All are done, or the active one failed, or it just stopped. */
void gm_buy_steps_finish (GmBuySteps *self, gboolean done, gboolean failed);

G_END_DECLS
