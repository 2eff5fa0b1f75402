/* progress.h - how far work on another thread is, told to the main thread at most ten times a
 * second.
 *
 * The work calls gm_progress_set() as often as it likes; @seen runs on the main thread when
 * something is new. One reference is the work's, one the job's.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _GmProgress GmProgress;

typedef void (*GmProgressSeen) (gpointer owner, int step, double fraction, const char *note);

/* Main thread. Tells until gm_progress_stop(), which is called before @owner goes. */
GmProgress *gm_progress_start (gpointer owner, GmProgressSeen seen);
/* Tells what is new once more, then no more; drops the job's reference. */
void gm_progress_stop (GmProgress *self);
/* The same without a last word: the job goes. */
void gm_progress_drop (GmProgress *self);

GmProgress *gm_progress_ref (GmProgress *self);
void gm_progress_unref (GmProgress *self);

/* Any thread. @fraction is of the step, -1 when unknown; @note may be NULL. */
void gm_progress_set (GmProgress *self, int step, double fraction, const char *note);

G_END_DECLS
