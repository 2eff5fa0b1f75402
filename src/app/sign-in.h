/* sign-in.h - one signing in to a store, and out of it, on a worker: for the session.
 *
 * Both take the store that is open when they begin, and answer @owner on the main thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session-core.h"

G_BEGIN_DECLS

typedef struct
{
  GmStoreClient *store; /* where; another one may be open by now */
  gboolean may_publish;
} GmSignedIn;

/* @done gets GmSignedIn; LOCKED while the wallet is. */
void gm_sign_in_begin (const GmSessionCore *core, GObject *owner, GmDone done);

/* The token is forgotten at once, whether the store can be told or not; then @done gets
 * GM_WORKER_OK, or why the store could not be told. */
void gm_sign_in_end (const GmSessionCore *core, GObject *owner, GmDone done);

G_END_DECLS
