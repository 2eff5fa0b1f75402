/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/media-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "base/error.h"
#include "catalog-scene.h"
#include "web/web-server.h"

typedef struct
{
  const char *content;
  guint asked;
} Objects;

static GmReply *
get_media (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  Objects *objects = request->context;
  g_autoptr (GBytes) body = g_bytes_new (objects->content, strlen (objects->content));

  objects->asked++;
  return gm_reply_bytes (200, "image/png", body);
}

static const GmRoute routes[] = {
  { .method = "GET", .path = "/media/:kind/:name", .roles = GM_ROLE_ANYONE, .handler = get_media },
};

static char *
name_of (const char *content)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);

  return g_strdup_printf ("artwork/%s.png", sum);
}

static void
test_names (void)
{
  g_autofree char *good = name_of ("x");
  static const char *const bad[] = {
    "",
    "artwork",
    "artwork/",
    "artwork/abc.png",
    "../../etc/passwd",
    "artwork/../e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.png",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.png",
    "artwork/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "artwork/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.",
    "artwork/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.png/x",
    "artwork/E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855.png",
    "artwork/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.abcdef",
  };

  g_assert_true (gm_media_cache_is_name (good));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (gm_media_cache_is_name (bad[i]));
}

static void
test_fetch (void)
{
  g_autoptr (Scene) scene = scene_new ();
  Objects objects = { .content = "cover" };
  g_autoptr (GmWebServer) web = gm_web_server_start (
      &(GmWebConfig){ .routes = routes, .n_routes = 1, .context = &objects }, NULL);
  g_autofree char *origin = g_strdup_printf ("http://127.0.0.1:%u", gm_web_server_port (web));
  g_autoptr (GmHttp) http = gm_http_new ("test");
  g_autofree char *name = name_of ("cover");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_media_cache_fetch (scene->folder, http, NULL, name, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
  g_clear_error (&error);

  /* what does not fit its name is refused and not kept */
  objects.content = "other";
  g_assert_null (gm_media_cache_fetch (scene->folder, http, origin, name, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
  g_clear_error (&error);
  g_assert_null (gm_media_cache_dup_path (scene->folder, name));

  objects.content = "cover";
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) content = gm_media_cache_fetch (scene->folder, http, origin, name, NULL,
                                                         &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (content), ==, 5);
    }
  g_assert_cmpuint (objects.asked, ==, 2); /* the second time it was here */

  /* a damaged copy is thrown away and fetched again */
  path = gm_media_cache_dup_path (scene->folder, name);
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));
  g_assert_null (gm_media_cache_fetch (scene->folder, http, NULL, name, NULL, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_trim (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *folder = g_build_filename (scene->folder, "media", NULL);
  char *paths[4];

  g_mkdir (folder, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *name = g_strdup_printf ("copy-%u", i);
      struct utimbuf when = { .actime = 1000 + i, .modtime = 1000 + i };

      paths[i] = g_build_filename (folder, name, NULL);
      g_assert_true (g_file_set_contents (paths[i], "0123456789", 10, NULL));
      utime (paths[i], &when);
    }
  gm_media_cache_trim (folder, 25);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_cmpint (g_file_test (paths[i], G_FILE_TEST_EXISTS), ==, i >= 2);
      g_unlink (paths[i]);
      g_free (paths[i]);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media-cache/names-are-hashes", test_names);
  g_test_add_func ("/media-cache/a-copy-is-right-or-none", test_fetch);
  g_test_add_func ("/media-cache/the-longest-unused-goes-first", test_trim);
  return g_test_run ();
}
