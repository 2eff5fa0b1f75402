/* buy-view.h - checkout: the offer, what is signed, then a list of steps that lives on.
 *
 *   offer ─▶ (unlock) ─▶ sign ─▶ steps
 *
 * Shows a GmBuyJob and presses its buttons; which page is up follows from the job's phase. Closing
 * it at any time loses nothing. Property "job" (GmBuyJob; another
 * one when a person tries again what ended without a license).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/buy-job.h"

G_BEGIN_DECLS

#define GM_TYPE_BUY_VIEW (gm_buy_view_get_type ())
G_DECLARE_FINAL_TYPE (GmBuyView, gm_buy_view, GM, BUY_VIEW, GtkWidget)

GtkWidget *gm_buy_view_new (GmSession *session, GmBuyJob *job);

G_END_DECLS
