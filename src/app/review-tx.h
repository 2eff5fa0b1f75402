/* review-tx.h - transactions in words: payments, calls, and what they cost.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/review-draft.h"

G_BEGIN_DECLS

gboolean gm_review_tx_tell (GmReviewDraft *draft, const GmTx *tx, GError **error);

G_END_DECLS
