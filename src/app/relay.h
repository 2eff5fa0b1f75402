/* relay.h - who waits for answers that an object gets in its own name, in the order they asked.
 *
 * For work that must be finished and noticed even when the screen that asked is gone.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/worker.h"

G_BEGIN_DECLS

void gm_relay_push (GQueue *askers, GObject *owner, GmDone done);
/* Tells the first, if it is still there. */
void gm_relay_answer (GQueue *askers, gpointer result, const GError *error);
void gm_relay_clear (GQueue *askers);

G_END_DECLS
