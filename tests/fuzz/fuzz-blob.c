/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/blob.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static GmBlob *blob;
static char *folder;

static void
remove_folder (void)
{
  gm_blob_free (blob);
  g_rmdir (folder);
  g_free (folder);
}

/* A name is refused, or it is one of an object that is not there; it never leads anywhere else. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *name = g_strndup ((const char *) data, size);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;

  if (blob == NULL)
    {
      folder = g_dir_make_tmp ("gm-fuzz-blob-XXXXXX", NULL);
      blob = gm_blob_open_directory (folder, NULL);
      atexit (remove_folder);
    }
  content = gm_blob_get (blob, name, 100, &error);
  g_assert_null (content);
  if (gm_error_is (error, GM_ERROR_NOT_FOUND))
    {
      g_assert_null (strstr (name, ".."));
      g_assert_cmpint (*name, !=, '/');
      g_assert_nonnull (strchr (name, '/'));
      g_assert_true (strchr (name, '/') == strrchr (name, '/'));
    }
  else
    g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
  g_assert_false (gm_blob_has (blob, name));

  return 0;
}
