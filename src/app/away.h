/* away.h - says when the person goes away: the session is locked, or the machine goes to sleep.
 *
 * Signal "away", on the main thread. Before it sleeps the machine waits for that (a delay lock of
 * logind, seconds at most). Who speaks: logind on the system bus, the desktop's screen saver on the
 * session bus. Without them it stays silent.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/worker.h"

G_BEGIN_DECLS

#define GM_TYPE_AWAY (gm_away_get_type ())
G_DECLARE_FINAL_TYPE (GmAway, gm_away, GM, AWAY, GObject)

GmAway *gm_away_new (GmWorker *io); /* which outlives this; the buses are asked on it */

G_END_DECLS
