/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-world.h"

#include <glib/gstdio.h>
#include <string.h>

/* Who asks learns that the disk fails, and not where it is. */
static void
test_no_path (void)
{
  ServerWorld *world = server_world_new (FALSE);
  g_autofree char *spool = g_build_filename (world->folder, "spool", NULL);
  g_autoptr (JsonObject) well = server_expect (world, 200, "GET /api/healthz", NULL, NULL, NULL);
  g_autoptr (GmRawAnswer) ill = NULL;

  g_assert_cmpstr (json_object_get_string_member (well, "status"), ==, "healthy");
  server_world_remove (spool);
  ill = server_ask (world, "GET /api/healthz", NULL, NULL, NULL);
  g_assert_cmpuint (ill->status, ==, 503);
  g_assert_nonnull (strstr (ill->body, "storage"));
  g_assert_null (strstr (ill->body, world->folder));
  g_assert_cmpint (g_mkdir (spool, 0700), ==, 0);
  server_world_free (world);
}

/* Each call writes to the disk. */
static void
test_rate (void)
{
  ServerWorld *world = server_world_new (FALSE);
  guint status = 200;

  for (guint i = 0; i < 500 && status == 200; i++)
    {
      g_autoptr (GmRawAnswer) answer = server_ask (world, "GET /api/healthz", NULL, NULL, NULL);

      status = answer->status;
    }
  g_assert_cmpuint (status, ==, 429);
  server_world_free (world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/health-api/no-path-is-told", test_no_path);
  g_test_add_func ("/health-api/nobody-asks-for-ever", test_rate);
  return g_test_run ();
}
