/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/secret.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static void
test_content (void)
{
  g_autoptr (GmSecret) zeros = gm_secret_new (4);
  g_autoptr (GmSecret) copy = gm_secret_new_copy ((const guint8 *) "\0\1\2", 3);
  g_autoptr (GmSecret) text = gm_secret_new_text ("pass");
  g_autoptr (GmSecret) empty = gm_secret_new_text ("");

  g_assert_cmpmem (gm_secret_open (zeros), gm_secret_length (zeros), "\0\0\0\0", 4);
  gm_secret_close (zeros);
  g_assert_cmpmem (gm_secret_open (copy), gm_secret_length (copy), "\0\1\2", 3);
  gm_secret_close (copy);
  g_assert_cmpmem (gm_secret_open (text), gm_secret_length (text), "pass", 4);
  gm_secret_close (text);
  g_assert_cmpuint (gm_secret_length (empty), ==, 0);
  g_assert_nonnull (gm_secret_open (empty));
  gm_secret_close (empty);
}

static void
test_written_once (void)
{
  g_autoptr (GmSecret) secret = gm_secret_new (4);

  memcpy (gm_secret_open_to_write (secret), "abcd", 4);
  gm_secret_close (secret);
  g_assert_cmpmem (gm_secret_open (secret), 4, "abcd", 4);
  gm_secret_close (secret);
}

static void
test_equal (void)
{
  g_autoptr (GmSecret) a = gm_secret_new_text ("one");
  g_autoptr (GmSecret) same = gm_secret_new_text ("one");
  g_autoptr (GmSecret) other = gm_secret_new_text ("two");
  g_autoptr (GmSecret) longer = gm_secret_new_text ("one1");
  g_autoptr (GmSecret) random = gm_secret_new_random (32);
  g_autoptr (GmSecret) random_too = gm_secret_new_random (32);

  g_assert_true (gm_secret_equal (a, same));
  g_assert_true (gm_secret_equal (a, a));
  g_assert_false (gm_secret_equal (a, other));
  g_assert_false (gm_secret_equal (a, longer));
  g_assert_false (gm_secret_equal (random, random_too));
}

static void
test_nested (void)
{
  g_autoptr (GmSecret) secret = gm_secret_new_text ("pass");
  const guint8 *outer = gm_secret_open (secret);
  const guint8 *inner = gm_secret_open (secret);

  g_assert_true (outer == inner);
  gm_secret_close (secret);
  g_assert_cmpmem (outer, 4, "pass", 4); /* still open */
  gm_secret_close (secret);
}

static void
test_references (void)
{
  GmSecret *secret = gm_secret_new_text ("pass");
  GmSecret *again = gm_secret_ref (secret);

  gm_secret_unref (secret);
  g_assert_cmpmem (gm_secret_open (again), 4, "pass", 4);
  gm_secret_close (again);
  gm_secret_unref (again);
  gm_secret_unref (NULL);
}

/* Runs a case of its own in a process that has to die of it. */
static void
assert_dies (const char *path)
{
  g_test_trap_subprocess (path, 0, 0);
  g_test_trap_assert_failed ();
}

static volatile guint8 sink;

static void
test_read_closed (void)
{
  GmSecret *secret = gm_secret_new_text ("pass");
  const guint8 *data = gm_secret_open (secret);

  sink = data[0];
  gm_secret_close (secret);
  sink = data[0];
}

static void
test_write_open (void)
{
  GmSecret *secret = gm_secret_new_text ("pass");

  ((guint8 *) gm_secret_open (secret))[0] = 1;
}

static void
test_read_behind (void)
{
  GmSecret *secret = gm_secret_new (4096);

  sink = gm_secret_open (secret)[4096];
}

static void
test_close_twice (void)
{
  GmSecret *secret = gm_secret_new (1);

  gm_secret_close (secret);
}

static void
test_free_open (void)
{
  GmSecret *secret = gm_secret_new (1);

  gm_secret_open (secret);
  gm_secret_unref (secret);
}

static void
test_guarded (void)
{
  assert_dies ("/secret/subprocess/read-closed");
  assert_dies ("/secret/subprocess/write-open");
  assert_dies ("/secret/subprocess/read-behind");
  assert_dies ("/secret/subprocess/close-twice");
  assert_dies ("/secret/subprocess/free-open");
}

static void
test_harden (void)
{
  if (g_test_subprocess ())
    {
      struct rlimit limit;

      gm_secret_harden_process ();
      g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
      g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
      g_assert_true (limit.rlim_cur == 0 && limit.rlim_max == 0);
      _exit (0); /* LeakSanitizer cannot look into such a process */
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static gpointer
open_often (gpointer secret)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_assert_cmpint (memcmp (gm_secret_open (secret), "pass", 4), ==, 0);
      gm_secret_close (secret);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GmSecret) secret = gm_secret_new_text ("pass");
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("open", open_often, secret);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/holds-what-it-was-given", test_content);
  g_test_add_func ("/secret/is-written-while-new", test_written_once);
  g_test_add_func ("/secret/equal-ones-are-equal", test_equal);
  g_test_add_func ("/secret/openings-nest", test_nested);
  g_test_add_func ("/secret/the-last-reference-frees", test_references);
  g_test_add_func ("/secret/threads-open-it-together", test_threads);
  g_test_add_func ("/secret/every-misuse-ends-the-process", test_guarded);
  g_test_add_func ("/secret/a-hardened-process-leaves-no-core", test_harden);
  g_test_add_func ("/secret/subprocess/read-closed", test_read_closed);
  g_test_add_func ("/secret/subprocess/write-open", test_write_open);
  g_test_add_func ("/secret/subprocess/read-behind", test_read_behind);
  g_test_add_func ("/secret/subprocess/close-twice", test_close_twice);
  g_test_add_func ("/secret/subprocess/free-open", test_free_open);
  return g_test_run ();
}
