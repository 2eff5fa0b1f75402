/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"

#define NOW_MS 1795514642000 /* 2026-11-24T10:04:02Z */

/* Each case runs in a process of its own: a writer is set once. Its lines come back as JSON. */
static GPtrArray *
run (const char *path)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *arguments[] = { program, "--GTestSubprocess", "-p", path, NULL };
  g_autofree char *text = NULL;
  g_auto (GStrv) split = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                &text, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  split = g_strsplit (text, "\n", -1);
  for (guint i = 0; *split[i] != '\0'; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (split[i], strlen (split[i]));
      JsonObject *line = gm_json_parse_object (bytes, 64 * 1024, &error);

      g_assert_no_error (error);
      g_ptr_array_add (lines, line);
    }
  return lines;
}

static void
assert_field (GPtrArray *lines, guint i, const char *name, const char *value)
{
  JsonObject *line = g_ptr_array_index (lines, i);

  g_assert_cmpstr (json_object_get_string_member_with_default (line, name, NULL), ==, value);
}

static void
write_fields (void)
{
  gm_clock_set_for_test (NOW_MS);
  gm_log_init ("gotmusic-test", GM_LOG_DEBUG);
  gm_log (GM_LOG_INFO, "order paid", "ORDER", "01AR", "TX", NULL, "NOTE", "a \"b\"\n\xff", NULL);
}

static void
test_fields (void)
{
  g_autoptr (GPtrArray) lines = run ("/log/subprocess/fields");

  g_assert_cmpuint (lines->len, ==, 1);
  assert_field (lines, 0, "time", "2026-11-24T10:04:02Z");
  assert_field (lines, 0, "message", "order paid");
  assert_field (lines, 0, "priority", "6");
  assert_field (lines, 0, "glib_domain", "gotmusic");
  assert_field (lines, 0, "order", "01AR");
  assert_field (lines, 0, "tx", NULL);
  assert_field (lines, 0, "note", "a \"b\"\n\xef\xbf\xbd"); /* one line, valid text */
  assert_field (lines, 0, "request_id", NULL);
}

static void
write_levels (void)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK); /* a warning ends a test otherwise */
  gm_log_init ("gotmusic-test", GM_LOG_WARNING);
  gm_log (GM_LOG_DEBUG, "debug", NULL);
  gm_log (GM_LOG_INFO, "info", NULL);
  gm_log (GM_LOG_WARNING, "warning", NULL);
  gm_log (GM_LOG_ERROR, "error", NULL);
  g_message ("message");
  g_warning ("of glib, %d", 1);
}

static void
test_levels (void)
{
  g_autoptr (GPtrArray) lines = run ("/log/subprocess/levels");

  g_assert_cmpuint (lines->len, ==, 3);
  assert_field (lines, 0, "message", "warning");
  assert_field (lines, 0, "priority", "4");
  assert_field (lines, 1, "message", "error");
  assert_field (lines, 1, "priority", "3");
  assert_field (lines, 2, "message", "of glib, 1");
  assert_field (lines, 2, "priority", "4");
  assert_field (lines, 2, "code_file", NULL);
}

static gpointer
log_in_thread (gpointer id)
{
  gm_log (GM_LOG_INFO, "before", NULL);
  gm_log_set_request_id (id);
  gm_log (GM_LOG_INFO, "during", NULL);
  return NULL;
}

static void
write_request_ids (void)
{
  g_autoptr (GThread) thread = NULL;

  gm_log_init ("gotmusic-test", GM_LOG_INFO);
  gm_log_set_request_id ("first");
  thread = g_thread_new ("log", log_in_thread, (gpointer) "second");
  g_thread_join (g_steal_pointer (&thread));
  gm_log (GM_LOG_INFO, "after", NULL);
  g_message ("of glib");
  gm_log_set_request_id (NULL);
  gm_log (GM_LOG_INFO, "over", NULL);
}

static void
test_request_ids (void)
{
  g_autoptr (GPtrArray) lines = run ("/log/subprocess/request-ids");
  static const char *const ids[] = { NULL, "second", "first", NULL, NULL };

  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (i != 3)
      assert_field (lines, i, "request_id", ids[i]);
}

static void
write_many (void)
{
  gm_log_init ("gotmusic-test", GM_LOG_INFO);
  gm_log (GM_LOG_INFO, "many", "A", "1", "B", "1", "C", "1", "D", "1", "E", "1", "F", "1", "G", "1",
          "H", "1", "I", "1", "J", "1", "K", "1", "L", "1", "M", "1", "N", "1", "O", "1", "P", "1",
          "Q", "1", "R", "1", "S", "1", "T", "1", "U", "1", "V", "1", "W", "1", NULL);
}

static void
test_many (void)
{
  g_autoptr (GPtrArray) lines = run ("/log/subprocess/many");

  g_assert_cmpuint (lines->len, ==, 1);
  assert_field (lines, 0, "u", "1"); /* 24 with those every line has */
  assert_field (lines, 0, "v", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/a-line-is-one-json-object", test_fields);
  g_test_add_func ("/log/what-is-below-the-level-is-dropped", test_levels);
  g_test_add_func ("/log/a-thread-carries-its-request", test_request_ids);
  g_test_add_func ("/log/fields-have-an-end", test_many);
  g_test_add_func ("/log/subprocess/fields", write_fields);
  g_test_add_func ("/log/subprocess/levels", write_levels);
  g_test_add_func ("/log/subprocess/request-ids", write_request_ids);
  g_test_add_func ("/log/subprocess/many", write_many);
  return g_test_run ();
}
