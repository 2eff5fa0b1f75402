/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/gateway.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "storage/unixfs.h"

/* The store first: it is near, and it was asked already. */
static GPtrArray *
list_urls (GmStoreClient *store, const GmDescriptor *descriptor, const GmCid *cid)
{
  g_autofree char *name = gm_cid_dup_text (cid);
  const char *origin = gm_store_client_origin (store);
  GPtrArray *urls = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (urls, g_strconcat (origin, "/ipfs/", name, NULL));
  for (guint i = 0; descriptor->gateways != NULL && descriptor->gateways[i] != NULL; i++)
    if (strcmp (descriptor->gateways[i], origin) != 0)
      g_ptr_array_add (urls, g_strconcat (descriptor->gateways[i], "/ipfs/", name, NULL));
  return urls;
}

static GBytes *
fetch_from (GmHttp *http,
            const char *url,
            const GmCid *cid,
            gsize max_bytes,
            GCancellable *cancellable,
            GError **error)
{
  const GmHttpAsk ask = { .url = url, .max_bytes = max_bytes };
  g_autoptr (GmHttpAnswer) answer = gm_http_send (http, &ask, cancellable, error);
  gsize length;
  const guint8 *data;

  if (answer == NULL)
    return NULL;
  if (answer->status != 200)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "%s answered %u", url, answer->status);

  data = g_bytes_get_data (answer->body, &length);
  if (!gm_cid_verify (cid, data, length, error))
    {
      g_prefix_error (error, "%s answered with other content: ", url);
      return NULL;
    }
  return g_bytes_ref (answer->body);
}

GBytes *
gm_gateway_fetch (GmStoreClient *store,
                  const GmDescriptor *descriptor,
                  const GmHash *hash,
                  gsize max_bytes,
                  GCancellable *cancellable,
                  GError **error)
{
  const GmCid cid = { 1, GM_CID_RAW, *hash };
  g_autoptr (GPtrArray) urls = list_urls (store, descriptor, &cid);
  g_autoptr (GError) last = NULL;

  for (guint i = 0; i < urls->len; i++)
    {
      GBytes *content;

      g_clear_error (&last);
      content = fetch_from (gm_store_client_http (store), g_ptr_array_index (urls, i), &cid,
                            max_bytes, cancellable, &last);
      if (content != NULL)
        return content;
      if (g_cancellable_is_cancelled (cancellable))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&last));
  return NULL;
}

static gboolean
check_header (int fd, const GmManifestFile *file, GError **error)
{
  guint8 header[GM_CIPHER_HEADER_BYTES];

  if (lseek (fd, 0, SEEK_END) != file->bytes)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the file has another size than its manifest says");
  if (pread (fd, header, sizeof header, 0) != (gssize) sizeof header ||
      memcmp (header, file->header.b, sizeof header) != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the file has another header than its manifest");

  return TRUE;
}

static gboolean
check_file (const char *path, const GmManifestFile *file, GCancellable *cancellable, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean same;
  GmCid cid;

  if (fd < 0)
    return gm_fail (error, GM_ERROR_OFFLINE, "%s: %s", path, g_strerror (errno));

  same = check_header (fd, file, error);
  if (same && fsync (fd) != 0)
    same = gm_fail (error, GM_ERROR_OFFLINE, "%s: %s", path, g_strerror (errno));
  close (fd);
  if (!same || !gm_unixfs_import_file (path, &cid, cancellable, error))
    return FALSE;

  return gm_cid_equal (&cid, &file->cid) ||
         gm_fail (error, GM_ERROR_BAD_DATA, "the file is not what its manifest names");
}

static void
sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  (void) fsync (fd);
  close (fd);
}

/* An attempt that ended between its last byte and the check left all of it. */
static gboolean
is_complete (const char *part, const GmManifestFile *file, GCancellable *cancellable)
{
  GStatBuf info;

  return g_stat (part, &info) == 0 && info.st_size == file->bytes &&
         check_file (part, file, cancellable, NULL);
}

static gboolean
keep (const char *part, const char *path, GError **error)
{
  if (g_rename (part, path) != 0)
    return gm_fail (error, GM_ERROR_OFFLINE, "%s: %s", path, g_strerror (errno));

  sync_folder_of (path);
  return TRUE;
}

/* What is left of another attempt may be too long or of a liar: then it starts over. */
static void
drop_useless (const char *part, gint64 bytes)
{
  GStatBuf info;

  if (g_stat (part, &info) == 0 && info.st_size >= bytes)
    g_unlink (part);
}

gboolean
gm_gateway_download (GmStoreClient *store,
                     const GmDescriptor *descriptor,
                     const GmManifestFile *file,
                     const char *path,
                     GmHttpProgress progress,
                     gpointer user_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) urls = list_urls (store, descriptor, &file->cid);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (GError) last = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  if (is_complete (part, file, cancellable))
    return keep (part, path, error);

  for (guint i = 0; i < urls->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const GmHttpAsk ask = { .url = g_ptr_array_index (urls, i),
                              .max_bytes = (gsize) file->bytes };

      g_clear_error (&last);
      drop_useless (part, file->bytes);
      if (!gm_http_download (gm_store_client_http (store), &ask, part, progress, user_data,
                             cancellable, &last))
        continue;
      if (!check_file (part, file, cancellable, &last))
        {
          if (!g_cancellable_is_cancelled (cancellable))
            g_unlink (part);
          continue;
        }
      return keep (part, path, error);
    }
  if (last == NULL)
    return gm_fail (error, GM_ERROR_DECLINED, "download: cancelled");

  g_propagate_prefixed_error (error, g_steal_pointer (&last), "download: ");
  return FALSE;
}
