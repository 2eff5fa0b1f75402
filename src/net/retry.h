/* retry.h - the same attempt again after a pause, while trying again can help.
 *
 * Only OFFLINE is tried again. Pauses double from @first_ms to @longest_ms and are shortened at
 * random by up to a half, so that clients which lost a server together do not come back together.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint attempts; /* at least 1 */
  guint first_ms;
  guint longest_ms;
} GmRetry;

typedef gboolean (*GmRetryAttempt) (gpointer user_data, GCancellable *cancellable, GError **error);

/* The error is the one of the last attempt, or DECLINED when cancelled in a pause. */
gboolean gm_retry_run (const GmRetry *plan,
                       GmRetryAttempt attempt,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error);

/* Waits in place of the clock, for tests: FALSE when cancelled. NULL gives the clock back. */
typedef gboolean (*GmRetryWait) (guint pause_ms, GCancellable *cancellable);
void gm_retry_set_wait_for_test (GmRetryWait wait);

G_END_DECLS
