/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"

#include <unistd.h>

#include "base/error.h"

#define PATIENCE_SECONDS 20

typedef struct
{
  GmWorker *worker;
  GObject *owner;
} Fixture;

/* What came back, in order, and until when the main loop runs. */
static GString *heard;
static guint n_heard;
static GThread *heard_on;

/* A gate that work stands at until the test opens it. */
static GMutex lock;
static GCond changed;
static gboolean open_gate;
static guint at_gate;
static gint freed; /* inputs and results, atomic */

static void
set_up (Fixture *f, gconstpointer n_threads)
{
  f->worker = gm_worker_new ("test", GPOINTER_TO_UINT (n_threads));
  f->owner = g_object_new (G_TYPE_OBJECT, NULL);
  heard = g_string_new (NULL);
  n_heard = 0;
  open_gate = FALSE;
  at_gate = 0;
  freed = 0;
}

static void
tear_down (Fixture *f, gconstpointer n_threads)
{
  g_clear_pointer (&f->worker, gm_worker_free);
  g_clear_object (&f->owner);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_string_free (heard, TRUE);
}

static void
count_free (gpointer text)
{
  g_free (text);
  g_atomic_int_inc (&freed);
}

static void
hear (gpointer owner, gpointer result, const GError *error)
{
  g_string_append_printf (heard, "%s;", error != NULL ? error->message : (const char *) result);
  n_heard++;
  heard_on = g_thread_self ();
}

static void
hear_decline (gpointer owner, gpointer result, const GError *error)
{
  g_assert_error (error, GM_ERROR, GM_ERROR_DECLINED);
  hear (owner, NULL, &(GError){ .message = (char *) "declined" });
}

static gboolean
on_late (gpointer unused)
{
  g_error ("nothing came in %d seconds", PATIENCE_SECONDS);
  return G_SOURCE_REMOVE;
}

static void
listen_for (guint n)
{
  guint late = g_timeout_add_seconds (PATIENCE_SECONDS, on_late, NULL);

  while (n_heard < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static void
await_freed (gint n)
{
  guint late = g_timeout_add_seconds (PATIENCE_SECONDS, on_late, NULL);

  while (g_atomic_int_get (&freed) < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static void
ask_and (Fixture *f, GmWork work, const char *input, GmDone done)
{
  gm_worker_run (f->worker, &(GmCall){
                                .owner = f->owner,
                                .work = work,
                                .input = g_strdup (input),
                                .free_input = count_free,
                                .free_result = count_free,
                                .done = done,
                            });
}

static void
ask (Fixture *f, GmWork work, const char *input)
{
  ask_and (f, work, input, hear);
}

static gpointer
shout (gpointer input, GCancellable *cancellable, GError **error)
{
  return g_ascii_strup (input, -1);
}

static gpointer
refuse (gpointer input, GCancellable *cancellable, GError **error)
{
  return gm_fail_null (error, GM_ERROR_OFFLINE, "no answer to %s", (const char *) input);
}

static gpointer
refuse_as_gio (gpointer input, GCancellable *cancellable, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return NULL;
}

static gpointer
stand_at_gate (gpointer input, GCancellable *cancellable, GError **error)
{
  gint64 late = g_get_monotonic_time () + PATIENCE_SECONDS * G_TIME_SPAN_SECOND;

  g_mutex_lock (&lock);
  at_gate++;
  g_cond_broadcast (&changed);
  while (!open_gate)
    g_assert_true (g_cond_wait_until (&changed, &lock, late));
  g_mutex_unlock (&lock);

  if (g_cancellable_is_cancelled (cancellable))
    return gm_fail_null (error, GM_ERROR_DECLINED, "stopped");
  return g_strdup (input);
}

static void
await_at_gate (guint n)
{
  gint64 late = g_get_monotonic_time () + PATIENCE_SECONDS * G_TIME_SPAN_SECOND;

  g_mutex_lock (&lock);
  while (at_gate < n)
    g_assert_true (g_cond_wait_until (&changed, &lock, late));
  g_mutex_unlock (&lock);
}

static void
open_the_gate (void)
{
  g_mutex_lock (&lock);
  open_gate = TRUE;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
}

static void
test_order (Fixture *f, gconstpointer n_threads)
{
  ask (f, shout, "a");
  ask (f, refuse, "b");
  ask (f, shout, "c");
  listen_for (3);
  g_assert_cmpstr (heard->str, ==, "A;no answer to b;C;");
  g_assert_true (heard_on == g_thread_self ());
  g_assert_cmpuint (gm_worker_backlog (f->worker), ==, 0);
}

static void
test_freed (Fixture *f, gconstpointer n_threads)
{
  ask (f, shout, "a");
  ask (f, refuse, "b");
  listen_for (2);
  g_clear_pointer (&f->worker, gm_worker_free);
  g_assert_cmpint (g_atomic_int_get (&freed), ==, 3); /* two inputs, one result */
}

static void
test_foreign_error (Fixture *f, gconstpointer n_threads)
{
  ask_and (f, refuse_as_gio, "a", hear_decline);
  listen_for (1);
}

static gpointer
nothing_to_say (gpointer input, GCancellable *cancellable, GError **error)
{
  return GM_WORKER_OK;
}

static void
hear_ok (gpointer owner, gpointer result, const GError *error)
{
  g_assert_true (result == GM_WORKER_OK);
  hear (owner, (gpointer) "ok", NULL);
}

static void
test_bare (Fixture *f, gconstpointer n_threads)
{
  gm_worker_run (f->worker,
                 &(GmCall){ .owner = f->owner, .work = nothing_to_say, .done = hear_ok });
  listen_for (1);
}

static void
test_one_at_a_time (Fixture *f, gconstpointer n_threads)
{
  ask (f, stand_at_gate, "first");
  ask (f, shout, "second");
  await_at_gate (1);
  g_assert_cmpuint (gm_worker_backlog (f->worker), ==, 2);
  open_the_gate ();
  listen_for (2);
  g_assert_cmpstr (heard->str, ==, "first;SECOND;");
}

static void
test_two_at_once (Fixture *f, gconstpointer n_threads)
{
  ask (f, stand_at_gate, "a");
  ask (f, stand_at_gate, "b");
  await_at_gate (2); /* the second would never come with one thread */
  open_the_gate ();
  listen_for (2);
}

static void
test_cancelled_before (Fixture *f, gconstpointer n_threads)
{
  GCancellable *cancellable;

  ask (f, stand_at_gate, "first");
  await_at_gate (1);
  cancellable = gm_worker_run (f->worker, &(GmCall){
                                              .owner = f->owner,
                                              .work = shout,
                                              .input = g_strdup ("never"),
                                              .free_input = count_free,
                                              .free_result = count_free,
                                              .done = hear_decline,
                                          });
  g_cancellable_cancel (cancellable);
  open_the_gate ();
  listen_for (2);
  g_assert_cmpstr (heard->str, ==, "first;declined;");
}

/* What was done is answered, if the work says so: it may have had its effect. */
static void
test_cancelled_during (Fixture *f, gconstpointer n_threads)
{
  GCancellable *cancellable = gm_worker_run (f->worker, &(GmCall){
                                                            .owner = f->owner,
                                                            .work = stand_at_gate,
                                                            .input = g_strdup ("a"),
                                                            .free_input = count_free,
                                                            .free_result = count_free,
                                                            .done = hear_decline,
                                                        });

  await_at_gate (1);
  g_cancellable_cancel (cancellable);
  open_the_gate ();
  listen_for (1);
}

static void
test_owner_gone_during (Fixture *f, gconstpointer n_threads)
{
  ask (f, stand_at_gate, "lost");
  ask (f, shout, "lost too");
  await_at_gate (1);
  g_assert_finalize_object (g_steal_pointer (&f->owner));
  open_the_gate ();

  f->owner = g_object_new (G_TYPE_OBJECT, NULL);
  ask (f, shout, "last");
  listen_for (1);
  g_assert_cmpstr (heard->str, ==, "LAST;");
}

/* The answer is there, but nobody has heard it yet. */
static void
test_owner_gone_after (Fixture *f, gconstpointer n_threads)
{
  ask (f, shout, "lost");
  g_clear_pointer (&f->worker, gm_worker_free); /* waits for the work */
  g_assert_finalize_object (g_steal_pointer (&f->owner));
  await_freed (2);
  g_assert_cmpstr (heard->str, ==, "");
}

static void
hear_and_drop (gpointer owner, gpointer result, const GError *error)
{
  GObject **place = g_object_get_data (owner, "place");

  hear (owner, result, error);
  g_clear_object (place); /* as a window does that closes on the answer */
}

static void
test_owner_gone_within (Fixture *f, gconstpointer n_threads)
{
  g_object_set_data (f->owner, "place", &f->owner);
  ask_and (f, shout, "a", hear_and_drop);
  ask (f, shout, "b");
  g_clear_pointer (&f->worker, gm_worker_free); /* both answers are there, neither is heard */
  await_freed (4);
  g_assert_null (f->owner);
  g_assert_cmpstr (heard->str, ==, "A;");
}

/* GObject makes classes under one lock and registers a type under another: a class that names a
 * type, and a thread that is just registering that type, wait for each other for ever. */
static gint registrar; /* atomic: the thread that registers, 0 before */
static gint registered;

static gboolean
is_asleep (gint thread)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/stat", thread);
  g_autofree char *status = NULL;

  return g_file_get_contents (path, &status, NULL, NULL) &&
         g_str_has_prefix (strrchr (status, ')'), ") S");
}

static void
name_a_type (gpointer klass, gpointer data)
{
  gint thread;

  while ((thread = g_atomic_int_get (&registrar)) == 0 ||
         (!g_atomic_int_get (&registered) && !is_asleep (thread)))
    g_thread_yield ();
  g_type_ensure (G_TYPE_SOCKET_ADDRESS);
}

static gpointer
make_a_class (gpointer input, GCancellable *cancellable, GError **error)
{
  const GTypeInfo info = { .class_size = sizeof (GObjectClass),
                           .class_init = name_a_type,
                           .instance_size = sizeof (GObject) };

  g_type_class_ref (g_type_register_static (G_TYPE_OBJECT, "GmTestNamesAType", &info, 0));
  return g_strdup ("made");
}

static gpointer
register_a_type (gpointer input, GCancellable *cancellable, GError **error)
{
  g_atomic_int_set (&registrar, gettid ());
  g_type_ensure (G_TYPE_SOCKET_ADDRESS);
  g_atomic_int_set (&registered, TRUE);
  return g_strdup ("registered");
}

static void
test_types (Fixture *f, gconstpointer n_threads)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, PATIENCE_SECONDS * G_USEC_PER_SEC, 0);
      g_test_trap_assert_passed ();
      return;
    }
  ask (f, make_a_class, "");
  ask (f, register_a_type, "");
  listen_for (2);
}

static void
ignore (gpointer owner, gpointer result, const GError *error)
{
}

static void
hear_post (gpointer owner)
{
  hear (owner, (gpointer) "posted", NULL);
}

static gpointer
post (gpointer input, GCancellable *cancellable, GError **error)
{
  gm_worker_post (input, hear_post);
  return input;
}

static void
test_post (Fixture *f, gconstpointer n_threads)
{
  GObject *gone = g_object_new (G_TYPE_OBJECT, NULL);

  gm_worker_post (gone, hear_post);
  g_object_unref (gone);
  gm_worker_run (f->worker, &(GmCall){ .owner = f->owner,
                                       .work = post,
                                       .input = g_object_ref (f->owner),
                                       .free_input = g_object_unref,
                                       .done = ignore });
  listen_for (1);
  g_assert_cmpstr (heard->str, ==, "posted;");
  g_assert_true (heard_on == g_thread_self ());
}

static void
add (const char *path, guint n_threads, void (*test) (Fixture *f, gconstpointer n_threads))
{
  g_test_add (path, Fixture, GUINT_TO_POINTER (n_threads), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/worker/answers-come-in-order-where-they-were-asked", 1, test_order);
  add ("/worker/inputs-and-results-are-freed", 1, test_freed);
  add ("/worker/foreign-errors-become-ours", 1, test_foreign_error);
  add ("/worker/nothing-to-answer-is-ok", 1, test_bare);
  add ("/worker/one-thread-is-a-lock", 1, test_one_at_a_time);
  add ("/worker/two-threads-run-two-calls", 2, test_two_at_once);
  add ("/worker/a-call-cancelled-in-time-never-starts", 1, test_cancelled_before);
  add ("/worker/running-work-is-told", 1, test_cancelled_during);
  add ("/worker/a-dead-owner-hears-nothing", 1, test_owner_gone_during);
  add ("/worker/an-owner-may-die-before-the-answer-is-heard", 1, test_owner_gone_after);
  add ("/worker/an-owner-may-die-of-the-answer", 1, test_owner_gone_within);
  add ("/worker/any-thread-tells-the-main-one", 1, test_post);
  add ("/worker/two-threads-meet-the-same-types", 2, test_types);
  return g_test_run ();
}
