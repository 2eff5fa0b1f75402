/* local-store.h - the demo store of this machine: its process, started here and kept while we run.
 *
 *   gotmusic-server demo   prints "progress <done> <of> <words>" while it makes its music, then
 *                          "ready <address>"
 *
 * Properties: "running" (b), "fraction" (d, -1 unknown), "text" (s: what it is doing, NULL when it
 * does not run), "url" (s, nullable: it serves there), "error" (GError boxed or NULL). Stopping is
 * clean; should this process die, the store goes too.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

/* Where it serves unless it is told otherwise. */
#define GM_LOCAL_STORE_URL "http://127.0.0.1:8085"

#define GM_TYPE_LOCAL_STORE (gm_local_store_get_type ())
G_DECLARE_FINAL_TYPE (GmLocalStore, gm_local_store, GM, LOCAL_STORE, GObject)

/* The one of this session; goes with it. */
GmLocalStore *gm_local_store_of (GmSession *session);

gboolean gm_local_store_is_available (GmLocalStore *self); /* the program is here */
void gm_local_store_start (GmLocalStore *self);            /* again after an error, too */
void gm_local_store_stop (GmLocalStore *self);

/* Starts it when it was started here once and its store is the chosen one. */
void gm_local_store_resume (GmLocalStore *self);

/* 127.0.0.0/8, ::1, localhost: nothing leaves the machine. */
gboolean gm_local_store_is_loopback (const char *url);

G_END_DECLS
