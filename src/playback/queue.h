/* queue.h - owned tracks in their order: which one is heard, and how far the pipeline reads ahead.
 *
 *     a   b   c   d   e
 *         ▲       ▲
 *      current  handed     c and d were given to the pipeline, which plays them without a gap
 *
 * The pipeline takes the next track from its own thread, seconds before it is heard. Moving by hand
 * forgets what was handed over; the pipeline must have been silenced before.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "playback/track.h"

G_BEGIN_DECLS

typedef struct _GmQueue GmQueue;

GmQueue *gm_queue_new (void);
void gm_queue_free (GmQueue *self);

GListModel *gm_queue_get_items (GmQueue *self);                     /* of GmTrackItem */
void gm_queue_fill (GmQueue *self, GPtrArray *tracks, guint start); /* (nullable): empties */

GmTrack *gm_queue_get_current (GmQueue *self); /* NULL when empty */
gboolean gm_queue_may_step (GmQueue *self, int by);
void gm_queue_step (GmQueue *self, int by); /* 0: stay, and forget what was handed over */

GmTrack *gm_queue_hand_over (GmQueue *self); /* any thread; a reference, or NULL at the end */
gboolean gm_queue_is_ahead (GmQueue *self);
void gm_queue_advance (GmQueue *self); /* the first that was handed over is heard now */
void gm_queue_hold (GmQueue *self);    /* hand nothing over until the next step */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmQueue, gm_queue_free)

G_END_DECLS
