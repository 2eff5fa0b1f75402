/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define PART_PREFIX ".part-"
#define PART_DAY_S  (24 * 60 * 60)

struct _GmDurable
{
  int file;
  char *part; /* NULL once renamed */
  char *path;
};

void
gm_durable_set_errno (GError **error, int number, const char *what, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      gm_error_set (error, GM_ERROR_OFFLINE,
                    _ ("%s “%s”: the disk is full. Free some space and try again"), what, name);
      break;
    case ENOENT:
      gm_error_set (error, GM_ERROR_NOT_FOUND, "%s “%s”: no such file", what, name);
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      gm_error_set (error, GM_ERROR_DENIED, _ ("%s “%s”: not allowed here"), what, name);
      break;
    case EEXIST:
      gm_error_set (error, GM_ERROR_CONFLICT, _ ("%s “%s”: there is one already"), what, name);
      break;
    case EISDIR:
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP:
      gm_error_set (error, GM_ERROR_BAD_DATA, "%s “%s”: %s", what, name, g_strerror (number));
      break;
    default: gm_error_set (error, GM_ERROR_OFFLINE, "%s “%s”: %s", what, name, g_strerror (number));
    }
}

gboolean
gm_durable_read_at (int file,
                    guint64 offset,
                    void *into,
                    gsize length,
                    const char *path,
                    GError **error)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = pread (file, (guint8 *) into + done, length - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          gm_durable_set_errno (error, errno, _ ("Read"), path);
          return FALSE;
        }
      if (n == 0)
        return gm_fail (error, GM_ERROR_BAD_DATA, "the file ends at byte %" G_GUINT64_FORMAT,
                        offset + done);
      done += (gsize) n;
    }

  return TRUE;
}

static GBytes *
read_whole (int file, gsize max_bytes, const char *path, GError **error)
{
  g_autofree guint8 *data = NULL;
  struct stat status;

  if (fstat (file, &status) < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Read"), path);
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, _ ("This is not a file"));
  if ((guint64) status.st_size > max_bytes)
    {
      g_autofree char *has = g_format_size_full ((guint64) status.st_size, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *most = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);

      return gm_fail_null (error, GM_ERROR_BAD_DATA,
                           _ ("The file has %s, and at most %s are read"), has, most);
    }

  data = g_malloc ((gsize) status.st_size + 1);
  if (!gm_durable_read_at (file, 0, data, (gsize) status.st_size, path, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), (gsize) status.st_size);
}

GBytes *
gm_durable_read (const char *path, gsize max_bytes, GError **error)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would wait for its writer */
  GBytes *bytes;

  if (file < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Open"), path);
      return NULL;
    }
  bytes = read_whole (file, max_bytes, path, error);
  close (file);
  return bytes;
}

GmDurable *
gm_durable_begin (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *part = g_build_filename (folder, PART_PREFIX "XXXXXX", NULL);
  GmDurable *self;
  int file = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);

  if (file < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Create"), path);
      return NULL;
    }

  self = g_new0 (GmDurable, 1);
  self->file = file;
  self->part = g_steal_pointer (&part);
  self->path = g_strdup (path);
  return self;
}

gboolean
gm_durable_write (GmDurable *self, const void *data, gsize length, GError **error)
{
  const guint8 *from = data;

  while (length > 0)
    {
      gssize n = write (self->file, from, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          gm_durable_set_errno (error, errno, _ ("Write"), self->path);
          return FALSE;
        }
      from += n;
      length -= (gsize) n;
    }

  return TRUE;
}

gboolean
gm_durable_sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int file = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int number = 0;

  if (file < 0 || fsync (file) < 0)
    number = errno;
  if (file >= 0)
    close (file);
  /* Some file systems cannot sync a folder; there is nothing more to do on them. */
  if (number == 0 || number == EINVAL)
    return TRUE;

  gm_durable_set_errno (error, number, _ ("Sync"), folder);
  return FALSE;
}

GBytes *
gm_durable_read_back (GmDurable *self, GError **error)
{
  g_autofree guint8 *data = NULL;
  struct stat status;

  if (fsync (self->file) < 0 || fstat (self->file, &status) < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Write"), self->path);
      return NULL;
    }

  data = g_malloc ((gsize) status.st_size + 1);
  if (!gm_durable_read_at (self->file, 0, data, (gsize) status.st_size, self->path, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), (gsize) status.st_size);
}

static int
rename_new (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL) /* a file system that cannot: then without the guard of a race */
    return -1;
  if (access (to, F_OK) == 0)
    {
      errno = EEXIST;
      return -1;
    }
  return rename (from, to);
}

static gboolean
commit (GmDurable *self, int (*move) (const char *from, const char *to), GError **error)
{
  if (fsync (self->file) < 0 || move (self->part, self->path) < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Write"), self->path);
      return FALSE;
    }

  g_clear_pointer (&self->part, g_free);
  return gm_durable_sync_folder (self->path, error);
}

gboolean
gm_durable_commit (GmDurable *self, GError **error)
{
  return commit (self, rename, error);
}

gboolean
gm_durable_commit_new (GmDurable *self, GError **error)
{
  return commit (self, rename_new, error);
}

void
gm_durable_free (GmDurable *self)
{
  if (self == NULL)
    return;

  if (self->part != NULL)
    unlink (self->part);
  close (self->file);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

void
gm_durable_sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC; /* the file system's, not gm_clock's */
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_str_has_prefix (name, PART_PREFIX) && g_lstat (path, &status) == 0 &&
          S_ISREG (status.st_mode) && status.st_mtime < now - PART_DAY_S)
        unlink (path);
    }
}
