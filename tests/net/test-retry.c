/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/retry.h"

#include "base/error.h"

static guint pauses[16];
static guint n_pauses;
static guint cancel_at;

static gboolean
note_pause (guint pause_ms, GCancellable *cancellable)
{
  pauses[n_pauses++] = pause_ms;
  return n_pauses != cancel_at;
}

typedef struct
{
  guint calls;
  guint good_at; /* 0: never */
  GmErrorCode code;
} Script;

static gboolean
attempt (gpointer data, GCancellable *cancellable, GError **error)
{
  Script *script = data;

  if (++script->calls == script->good_at)
    return TRUE;
  return gm_fail (error, script->code, "call %u", script->calls);
}

static const GmRetry plan = { 5, 100, 400 };

static gboolean
run (Script *script, GError **error)
{
  n_pauses = 0;
  return gm_retry_run (&plan, attempt, script, NULL, error);
}

static void
test_good_ends_it (void)
{
  for (guint i = 1; i <= 5; i++)
    {
      Script script = { 0, i, GM_ERROR_OFFLINE };
      g_autoptr (GError) error = NULL;

      g_assert_true (run (&script, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (script.calls, ==, i);
      g_assert_cmpuint (n_pauses, ==, i - 1);
    }
}

static void
test_last_error_is_told (void)
{
  Script script = { 0, 0, GM_ERROR_OFFLINE };
  g_autoptr (GError) error = NULL;

  g_assert_false (run (&script, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_assert_cmpstr (error->message, ==, "call 5");
  g_assert_cmpuint (n_pauses, ==, 4);
}

static void
test_pauses_double_and_vary (void)
{
  const guint full[] = { 100, 200, 400, 400 };
  gboolean varied = FALSE;

  for (guint round = 0; round < 50; round++)
    {
      Script script = { 0, 0, GM_ERROR_OFFLINE };
      guint first = pauses[0];

      run (&script, NULL);
      varied = varied || (round > 0 && pauses[0] != first);
      for (guint i = 0; i < 4; i++)
        {
          g_assert_cmpuint (pauses[i], <=, full[i]);
          g_assert_cmpuint (pauses[i], >=, full[i] / 2);
        }
    }
  g_assert_true (varied);
}

static void
test_only_offline_again (void)
{
  for (guint code = GM_ERROR_REMOTE; code <= GM_ERROR_BUG; code++)
    {
      Script script = { 0, 2, code };
      g_autoptr (GError) error = NULL;

      g_assert_false (run (&script, &error));
      g_assert_error (error, GM_ERROR, (int) code);
      g_assert_cmpuint (script.calls, ==, 1);
    }
}

static void
test_cancelled_in_a_pause (void)
{
  Script script = { 0, 0, GM_ERROR_OFFLINE };
  g_autoptr (GError) error = NULL;

  cancel_at = 2;
  g_assert_false (run (&script, &error));
  cancel_at = 0;
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  g_assert_cmpuint (script.calls, ==, 2);
}

/* The real clock: a cancelled pause of an hour ends at once. */
static void
test_clock_listens (void)
{
  static const GmRetry slow = { 2, 3600000, 3600000 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Script script = { 0, 0, GM_ERROR_OFFLINE };
  g_autoptr (GError) error = NULL;

  gm_retry_set_wait_for_test (NULL);
  g_cancellable_cancel (cancellable);
  g_assert_false (gm_retry_run (&slow, attempt, &script, cancellable, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  gm_retry_set_wait_for_test (note_pause);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gm_retry_set_wait_for_test (note_pause);
  g_test_add_func ("/retry/good-ends-it", test_good_ends_it);
  g_test_add_func ("/retry/last-error-is-told", test_last_error_is_told);
  g_test_add_func ("/retry/pauses-double-and-vary", test_pauses_double_and_vary);
  g_test_add_func ("/retry/only-offline-is-tried-again", test_only_offline_again);
  g_test_add_func ("/retry/cancelled-in-a-pause", test_cancelled_in_a_pause);
  g_test_add_func ("/retry/clock-listens-to-cancelling", test_clock_listens);
  return g_test_run ();
}
