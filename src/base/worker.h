/* worker.h - blocking work off the main thread, its answer back on it.
 *
 * Everything below the UI blocks: it reads sockets, files and SQLite in plain
 * sequence and returns FALSE with a GError. The UI never calls such a function;
 * it hands it to a worker.
 *
 *   main thread            worker thread             main thread
 *   gm_worker_run() ──▶ work (input) ──result──▶ done (owner, result, error)
 *
 * A worker with one thread is also a lock: calls on it run one at a time, in
 * the order given. That is how the account nonce and the database are guarded.
 *
 * If @owner is finalized before the answer arrives, the call is cancelled, the
 * answer is freed, and @done never runs. Callbacks need no "am I alive" checks.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _GmWorker GmWorker;

#define GM_WORKER_OK GINT_TO_POINTER (1)

/* Runs on a worker thread. Returns the answer, or NULL with @error set. Work that has nothing to
 * answer returns GM_WORKER_OK. */
typedef gpointer (*GmWork) (gpointer input, GCancellable *cancellable, GError **error);

/* Runs on the thread that called gm_worker_run(). @result is borrowed. */
typedef void (*GmDone) (gpointer owner, gpointer result, const GError *error);

typedef struct
{
  GObject *owner; /* required; not kept alive */
  GmWork work;    /* required */
  gpointer input; /* taken */
  GDestroyNotify free_input;
  GDestroyNotify free_result;
  GmDone done; /* required */
} GmCall;

GmWorker *gm_worker_new (const char *name, guint n_threads);
void gm_worker_free (GmWorker *self);

/* The returned cancellable belongs to the call; ref it to keep it longer. A cancelled call that has
 * not started never starts, and answers DECLINED. */
GCancellable *gm_worker_run (GmWorker *self, const GmCall *call);

/* From any thread: runs @func on the main thread, unless @owner is gone by then. */
void gm_worker_post (GObject *owner, void (*func) (gpointer owner));

/* Calls pushed and not yet answered, for tests and for bounded queues. */
guint gm_worker_backlog (GmWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmWorker, gm_worker_free)

G_END_DECLS
