/* purchases.h - the attempts to buy of a session: one job for each, however often it is asked for.
 *
 * The list of gm_session_get_purchases(), newest first: everything signed, from the journal or
 * under way. It holds its jobs, so a purchase goes on when its screen is closed.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/buy-job.h"
#include "base/error.h"

G_BEGIN_DECLS

/* The attempt under way, or a new one; owned by the caller. */
GmBuyJob *gm_purchases_begin (GmSession *session, const GmAsset *asset);
GmBuyJob *gm_purchases_find (GmSession *session, const char *id); /* borrowed, (nullable) */

/* For app/: */
void gm_purchases_load (GmSession *session); /* once; then continues what is unfinished */
/* What waits for nothing, or for what just came: @code is that of the error it stopped with. */
void gm_purchases_continue (GmSession *session, GmErrorCode code);
/* A job was authorized, or stopped: it is kept when it is signed. */
void gm_purchases_note (GmSession *session, GmBuyJob *job);

G_END_DECLS
