/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "storage/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/durable.h"
#include "base/error.h"
#include "base/hex.h"

#define MAX_NAME   200 /* bytes: below every file system's 255 */
#define COPY_BYTES (64 * 1024)

struct _GmBlob
{
  char *folder;
};

/* Letters, digits, one slash, and single dots between them after it. */
static gboolean
is_name (const char *name)
{
  const char *slash = NULL;
  gsize length = strnlen (name, MAX_NAME + 1);

  for (gsize i = 0; i < length; i++)
    {
      gboolean inside = i > 0 && i + 1 < length && g_ascii_isalnum (name[i - 1]) &&
                        g_ascii_isalnum (name[i + 1]);

      if (g_ascii_isalnum (name[i]))
        continue;
      if (!inside || (name[i] == '/') == (slash != NULL) || (name[i] != '/' && name[i] != '.'))
        return FALSE;
      if (name[i] == '/')
        slash = name + i;
    }

  return slash != NULL && length <= MAX_NAME;
}

static char *
path_of (GmBlob *self, const char *name, GError **error)
{
  if (name == NULL || !is_name (name))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "not the name of an object");
  return g_build_filename (self->folder, name, NULL);
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  gm_durable_set_errno (error, errno, _ ("Create"), path);
  return FALSE;
}

/* The folder a new object goes to, which lasts before the object does. */
static gboolean
make_kind (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  return make_folder (folder, error) && gm_durable_sync_folder (folder, error);
}

GmBlob *
gm_blob_open_directory (const char *path, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  GmBlob *self;
  const char *kind;

  if (!make_folder (path, error))
    return NULL;
  dir = g_dir_open (path, 0, error);
  if (dir == NULL)
    {
      gm_error_adopt (error);
      return NULL;
    }

  while ((kind = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (path, kind, NULL);

      gm_durable_sweep (folder);
    }

  self = g_new0 (GmBlob, 1);
  self->folder = g_strdup (path);
  return self;
}

void
gm_blob_free (GmBlob *self)
{
  if (self == NULL)
    return;

  g_free (self->folder);
  g_free (self);
}

gboolean
gm_blob_put_bytes (GmBlob *self, const char *name, GBytes *content, GError **error)
{
  g_autofree char *path = path_of (self, name, error);
  g_autoptr (GmDurable) durable = NULL;
  gsize length;
  const void *data = g_bytes_get_data (content, &length);

  if (path == NULL)
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  if (make_kind (path, error))
    durable = gm_durable_begin (path, error);
  return durable != NULL && gm_durable_write (durable, data, length, error) &&
         gm_durable_commit (durable, error);
}

static gboolean
copy_in (int from, const char *to, GError **error)
{
  g_autoptr (GmDurable) durable = gm_durable_begin (to, error);
  g_autofree guint8 *buffer = g_malloc (COPY_BYTES);

  if (durable == NULL)
    return FALSE;

  for (;;)
    {
      gssize n = read (from, buffer, COPY_BYTES);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          gm_durable_set_errno (error, errno, _ ("Read"), to);
          return FALSE;
        }
      if (n == 0)
        return gm_durable_commit (durable, error);
      if (!gm_durable_write (durable, buffer, (gsize) n, error))
        return FALSE;
    }
}

/* By renaming when both are on one file system; the content is synced before its name appears. */
static gboolean
move_in (int from, const char *path, const char *to, GError **error)
{
  struct stat status;

  if (fstat (from, &status) < 0 || fsync (from) < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Read"), path);
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    return gm_fail (error, GM_ERROR_BAD_DATA, "not a regular file");
  if (rename (path, to) == 0)
    return gm_durable_sync_folder (to, error);
  if (errno == EXDEV)
    return copy_in (from, to, error);

  gm_durable_set_errno (error, errno, _ ("Move"), path);
  return FALSE;
}

gboolean
gm_blob_put_file (GmBlob *self, const char *name, const char *path, GError **error)
{
  g_autofree char *to = path_of (self, name, error);
  gboolean good;
  int from;

  if (to == NULL)
    return FALSE;
  if (g_file_test (to, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!make_kind (to, error))
    return FALSE;

  from = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (from < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Open"), path);
      return FALSE;
    }
  good = move_in (from, path, to, error);
  close (from);
  return good;
}

static GBytes *
read_all (int file, const char *path, gsize max_bytes, GError **error)
{
  struct stat status;
  g_autofree guint8 *data = NULL;

  if (fstat (file, &status) < 0 || !S_ISREG (status.st_mode))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "not a regular file");
  if ((guint64) status.st_size > max_bytes)
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "the object has %" G_GINT64_FORMAT " bytes, at most %" G_GSIZE_FORMAT
                         " were expected",
                         (gint64) status.st_size, max_bytes);

  data = g_malloc (MAX ((gsize) status.st_size, 1));
  if (!gm_durable_read_at (file, 0, data, (gsize) status.st_size, path, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), (gsize) status.st_size);
}

GBytes *
gm_blob_get (GmBlob *self, const char *name, gsize max_bytes, GError **error)
{
  g_autofree char *path = path_of (self, name, error);
  GBytes *content;
  int file;

  if (path == NULL)
    return NULL;

  file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Open"), path);
      return NULL;
    }
  content = read_all (file, path, max_bytes, error);
  close (file);
  return content;
}

char *
gm_blob_dup_path (GmBlob *self, const char *name)
{
  g_autofree char *path = path_of (self, name, NULL);

  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path)
                                                                    : NULL;
}

gboolean
gm_blob_has (GmBlob *self, const char *name)
{
  g_autofree char *path = gm_blob_dup_path (self, name);

  return path != NULL;
}

gboolean
gm_blob_delete (GmBlob *self, const char *name, GError **error)
{
  g_autofree char *path = path_of (self, name, error);

  if (path == NULL)
    return FALSE;
  if (g_unlink (path) == 0)
    return gm_durable_sync_folder (path, error);

  gm_durable_set_errno (error, errno, _ ("Delete"), path);
  return FALSE;
}

char *
gm_blob_name_for (const char *kind, GBytes *content, const char *extension)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (content, &length);
  g_autofree char *hex = NULL;
  GmHash digest;

  gm_hash_sha256 (data, length, &digest);
  hex = gm_hex_encode (digest.b, sizeof digest.b);
  return g_strdup_printf ("%s/%s.%s", kind, hex, extension);
}
