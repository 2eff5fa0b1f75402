/* sign-in.h - one signing in to a store, on a worker: for the session.
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
  char **roles;
} GmSignedIn;

gpointer gm_sign_in_new (const GmSessionCore *core);
void gm_sign_in_free (gpointer data);

/* A GmWork that answers GmSignedIn; LOCKED while the wallet is. */
gpointer gm_sign_in_run (gpointer data, GCancellable *cancellable, GError **error);
void gm_signed_in_free (gpointer data);

G_END_DECLS
