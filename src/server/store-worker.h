/* store-worker.h - the thread that runs jobs and keeps house: sweeps, revocation list, unfinished
 * orders.
 *
 * Runs inside "serve" in the embedded form, or alone as "worker". One job at a time: decoding uses
 * a core of its own already.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/service.h"

G_BEGIN_DECLS

typedef struct _GmStoreWorker GmStoreWorker;

GmStoreWorker *gm_store_worker_start (GmService *service);
void gm_store_worker_poke (GmStoreWorker *self); /* there may be a job */
void gm_store_worker_stop (GmStoreWorker *self); /* a job at work is put back where it was */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmStoreWorker, gm_store_worker_stop)

G_END_DECLS
