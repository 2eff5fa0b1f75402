/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/retry.h"

#include "base/error.h"

/* A pause ends early only by cancelling, which its descriptor tells. */
static gboolean
wait_clock (guint pause_ms, GCancellable *cancellable)
{
  GPollFD poll = { .events = G_IO_IN };

  if (cancellable == NULL || !g_cancellable_make_pollfd (cancellable, &poll))
    {
      g_usleep ((gulong) pause_ms * 1000);
      return TRUE;
    }

  g_poll (&poll, 1, (gint) MIN (pause_ms, G_MAXINT));
  g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

static GmRetryWait wait_pause = wait_clock;

void
gm_retry_set_wait_for_test (GmRetryWait wait)
{
  wait_pause = wait != NULL ? wait : wait_clock;
}

static guint
jitter (guint pause_ms)
{
  guint half = pause_ms / 2;

  return pause_ms - (half > 0 ? (guint) g_random_int_range (0, (gint32) half + 1) : 0);
}

gboolean
gm_retry_run (const GmRetry *plan,
              GmRetryAttempt attempt,
              gpointer user_data,
              GCancellable *cancellable,
              GError **error)
{
  const guint longest_ms = MIN (plan->longest_ms, G_MAXINT / 2);
  guint pause_ms = MIN (plan->first_ms, longest_ms);

  for (guint left = MAX (plan->attempts, 1) - 1;; left--)
    {
      GError *failure = NULL;

      if (attempt (user_data, cancellable, &failure))
        return TRUE;
      if (left == 0 || !gm_error_is (failure, GM_ERROR_OFFLINE))
        {
          g_propagate_error (error, failure);
          return FALSE;
        }

      g_clear_error (&failure);
      if (!wait_pause (jitter (pause_ms), cancellable))
        return gm_fail (error, GM_ERROR_DECLINED, "cancelled");
      pause_ms = MIN (pause_ms * 2, longest_ms);
    }
}
