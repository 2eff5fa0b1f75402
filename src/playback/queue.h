/* queue.h - owned tracks in their order, and which one is heard.
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

GmTrack *gm_queue_peek (GmQueue *self, int by); /* from the current one; NULL: there is none */
void gm_queue_step (GmQueue *self, int by);     /* to one that there is */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmQueue, gm_queue_free)

G_END_DECLS
