/* serve-loop.h - a store that serves until it is told to stop: SIGTERM and SIGINT end it cleanly.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/service.h"

G_BEGIN_DECLS

/* Prints "ready <origin>" on stdout when it answers. @started (nullable) runs on the main loop once
 * it does. Blocks. */
typedef void (*GmServeStarted) (GmService *service, gpointer user_data);
gboolean
gm_serve_loop_run (GmService *service, GmServeStarted started, gpointer user_data, GError **error);

G_END_DECLS
