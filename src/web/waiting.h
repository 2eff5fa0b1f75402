/* waiting.h - long polls that stand in line without a thread each.
 *
 * An item waits until somebody wakes the line or its time is over, and is then handed to @again,
 * which must not block. Who looked at the world before joining says at which generation: if the
 * world changed in between, there is no waiting.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GmWaiting GmWaiting;

typedef enum
{
  GM_WAITING_IN_LINE, /* the item is not the caller's any more */
  GM_WAITING_CHANGED, /* look again */
  GM_WAITING_OVER,    /* too late, too many, or closing: answer now */
} GmWaitingOutcome;

typedef void (*GmWaitingAgain) (gpointer item, gboolean time_is_over, gpointer user_data);

GmWaiting *gm_waiting_new (guint most, GmWaitingAgain again, gpointer user_data);
guint gm_waiting_generation (GmWaiting *self);

/* @until_us by the monotonic clock. */
GmWaitingOutcome
gm_waiting_join (GmWaiting *self, gpointer item, guint generation, gint64 until_us);
void gm_waiting_wake (GmWaiting *self);
void gm_waiting_close (GmWaiting *self); /* everybody's time is over, now and later */
void gm_waiting_free (GmWaiting *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmWaiting, gm_waiting_free)

G_END_DECLS
