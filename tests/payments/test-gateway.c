/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/gateway.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "license-world.h"
#include "storage/unixfs.h"

#define BYTES 1000

/* Nobody answers at any address of this store: what is there must be enough. */
static gboolean
download (const GmManifestFile *file, const char *path, GError **error)
{
  GmHttp *http = gm_http_new ("test");
  g_autoptr (GmStoreClient) store = gm_store_client_new (http, "http://127.0.0.1:1", NULL);
  const GmDescriptor descriptor = { 0 };
  gboolean there = gm_gateway_download (store, &descriptor, file, path, NULL, NULL, NULL, error);

  g_clear_pointer (&store, gm_store_client_unref);
  gm_http_free (http);
  return there;
}

static void
test_complete (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-gateway-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "master", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *content = g_strnfill (BYTES, 'x');
  GmManifestFile file = { .bytes = BYTES };
  g_autoptr (GError) error = NULL;

  memcpy (file.header.b, content, sizeof file.header.b);
  g_assert_true (g_file_set_contents (part, content, BYTES, NULL));
  g_assert_true (gm_unixfs_import_file (part, &file.cid, NULL, NULL));
  g_assert_true (download (&file, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));

  /* of a liar: as long, and something else */
  g_unlink (path);
  content[BYTES - 1] = 'y';
  g_assert_true (g_file_set_contents (part, content, BYTES, NULL));
  g_assert_false (download (&file, path, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  gm_world_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gateway/a-complete-part-is-not-fetched-again", test_complete);
  return g_test_run ();
}
