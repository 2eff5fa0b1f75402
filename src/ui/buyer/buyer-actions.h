/* buyer-actions.h - what widgets announce about money and keys: performed here, by dialogs.
 *
 * "buy" (s, ULID of the store's row), "resume" (s, purchase), "show-license" (s, order),
 * "create-wallet", "unlock", "sign-in", "sign-out". One dialog of them at a time: pressed twice,
 * the one that is open comes to the front.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

/* Dialogs are shown above @window; @actions keeps what it needs. */
void gm_buyer_actions_add (GActionMap *actions, GmSession *session, GtkWidget *window);

G_END_DECLS
