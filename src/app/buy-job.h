/* buy-job.h - one purchase a person can watch, leave and come back to.
 *
 *   WALLET ─▶ quote() ─▶ QUOTED, shown ─▶ authorize() ─▶ RUNNING ─▶ DONE
 *                                             FAILED ◀──────┴──▶ WAITING (continued by resume())
 *
 * Read-only properties: every column of GmPurchase ("id", "asset", "asset-id", "title", "artist",
 * "artwork", "order-id", "created-at", "failure", …; before there is a price only what the asset
 * says), and "phase" (GmBuyPhase), "steps" (a GListModel of GmBuyStepItem with "title" (s) and
 * "state" (GmBuyStepState)), "fraction" (d, of the step, -1 unknown), "status-text" (s: the
 * purchase in words), "price-text", "when-text" (s), "test-money", "has-license", "exclusive" (b:
 * of the offer), "error" (GError boxed or NULL).
 *
 * Signing is the only step that needs the wallet unlocked. The journal is the truth: closing the
 * window loses nothing.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"
#include "payments/purchase.h"

G_BEGIN_DECLS

typedef enum
{
  GM_BUY_PHASE_WALLET, /* there is no wallet yet; goes on by itself when there is */
  GM_BUY_PHASE_QUOTING,
  GM_BUY_PHASE_QUOTED, /* the price stands: authorize() or drop it */
  GM_BUY_PHASE_RUNNING,
  GM_BUY_PHASE_WAITING, /* stopped before its end, with error: resume() */
  GM_BUY_PHASE_DONE,
  GM_BUY_PHASE_FAILED, /* it ended without a license; nothing was taken, or it came back */
} GmBuyPhase;

typedef enum
{
  GM_BUY_STEP_PENDING,
  GM_BUY_STEP_ACTIVE,
  GM_BUY_STEP_DONE,
  GM_BUY_STEP_FAILED,
} GmBuyStepState;

#define GM_TYPE_BUY_PHASE      (gm_buy_phase_get_type ())
#define GM_TYPE_BUY_STEP_STATE (gm_buy_step_state_get_type ())
GType gm_buy_phase_get_type (void);
GType gm_buy_step_state_get_type (void);

#define GM_TYPE_BUY_STEP_ITEM (gm_buy_step_item_get_type ())
G_DECLARE_FINAL_TYPE (GmBuyStepItem, gm_buy_step_item, GM, BUY_STEP_ITEM, GObject)

#define GM_TYPE_BUY_JOB (gm_buy_job_get_type ())
G_DECLARE_FINAL_TYPE (GmBuyJob, gm_buy_job, GM, BUY_JOB, GObject)

/* For purchases.h, which knows what is under way already. Asks the price at once; a locked wallet
 * is fine. */
GmBuyJob *gm_buy_job_new (GmSession *session, const GmAsset *asset);
/* Continues what the journal says; takes @purchase. */
GmBuyJob *gm_buy_job_new_resume (GmSession *session, GmPurchase *purchase);

void gm_buy_job_authorize (GmBuyJob *self); /* signs: QUOTED with LOCKED when the wallet is */
void gm_buy_job_resume (GmBuyJob *self);    /* an unsigned one asks its price again */
void gm_buy_job_cancel (GmBuyJob *self);    /* before signing drops it; later it only pauses */
GmBuyPhase gm_buy_job_get_phase (GmBuyJob *self);
gboolean gm_buy_job_is_signing (GmBuyJob *self);            /* RUNNING, but not by itself yet */
const GError *gm_buy_job_get_error (GmBuyJob *self);        /* (nullable) */
const GmPurchase *gm_buy_job_get_purchase (GmBuyJob *self); /* (nullable) until it has a price */

G_END_DECLS
