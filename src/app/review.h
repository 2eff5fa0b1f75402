/* review.h - what a signature would do, in words: everything a person signs is read here first.
 *
 * Read-only properties: "sentence" (s: "Buy “Night Drive” for 12.00 USDC"), "facts" (list of
 * GmFact: network, contract, amounts, accounts, deadlines), "danger" (s or NULL: why a person
 * should not sign, a sentence a line), "raw" (s: all that is signed, as JSON, nothing left out) and
 * "simulation" (list of GmFact, NULL until known: what the network says would come of it).
 *
 * What is known is described by data, resources/signing (see clear-format.h). What is not known is
 * shown all the same, with its danger. Text from outside comes with its invisible characters
 * spelled out (see outside-text.h).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/money.h"
#include "chain/simulate.h"
#include "evm/signable.h"
#include "store/descriptor.h"

G_BEGIN_DECLS

#define GM_TYPE_REVIEW (gm_review_get_type ())
G_DECLARE_FINAL_TYPE (GmReview, gm_review, GM, REVIEW, GObject)

typedef struct
{
  guint64 chain_id; /* the wallet's: of the open store, or the network that was chosen */
  GmAddress account;
  const GmDescriptor *store; /* (nullable) pinned: its contracts have names */
  const char *title;         /* (nullable) of the asset an order is for */
  const char *currency;      /* (nullable) code of the amounts of a local store, whose money has no
                                contract to say it */
  GmU256 l1_fee; /* wei at most, that a transaction costs beside gas × fee (see fees.h) */
} GmReviewContext;

/* What leaves the account, or may be taken from it from then on. */
typedef struct
{
  GmU256 units;
  const GmCurrency *currency; /* NULL: what it is, or how much, cannot be told */
} GmReviewMove;

/* Pure, any thread; borrows. BAD_DATA when it cannot be signed at all; DENIED, with the sentence
 * for the person, when it must not be: for another chain, or an approval without limit. */
GmReview *gm_review_new (const GmSignable *what, const GmReviewContext *context, GError **error);

const char *gm_review_get_sentence (GmReview *self);
const char *gm_review_get_danger (GmReview *self); /* (nullable) */
const char *gm_review_get_raw (GmReview *self);
GListModel *gm_review_get_facts (GmReview *self);
const GArray *gm_review_get_moves (GmReview *self); /* of GmReviewMove; fees are none */

/* One more fact, from who knows more; main thread once it is shown. */
void gm_review_add_fact (GmReview *self, const char *label, const char *value);
/* Main thread. That it would fail is a danger. */
void gm_review_set_simulation (GmReview *self, const GmSimulation *simulation);

G_END_DECLS
