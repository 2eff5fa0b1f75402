/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/store-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "base/error.h"

#define NAME_DIGITS 16

static char *
build_path (const char *data, const char *url)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, url, -1);
  g_autofree char *name = g_strdup_printf ("%.*s.json", NAME_DIGITS, sum);

  return g_build_filename (data, "stores", name, NULL);
}

void
gm_store_file_forget (const char *data, const char *url)
{
  g_autofree char *path = build_path (data, url);

  g_unlink (path);
}

gboolean
gm_store_file_save (const char *data, const char *url, GBytes *json, GError **error)
{
  g_autofree char *path = build_path (data, url);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return gm_fail (error, GM_ERROR_DENIED, "%s: %s", folder, g_strerror (errno));
  if (g_file_set_contents_full (
          path, g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json),
          G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return TRUE;
  gm_error_adopt (error);
  return FALSE;
}

GmDescriptor *
gm_store_file_load (const char *data, const char *url, const GmAddress *pinned, GError **error)
{
  g_autofree char *path = build_path (data, url);
  g_autoptr (GBytes) json = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    {
      gm_error_adopt (error);
      return NULL;
    }
  json = g_bytes_new_take (text, length);
  return gm_descriptor_parse (json, pinned, error);
}
