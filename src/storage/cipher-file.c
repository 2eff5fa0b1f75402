/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/error.h"
#include "storage/cipher.h"

typedef struct
{
  GmCipherStore base;
  int file;
  char *path;
} FileStore;

static gssize
file_read (GmCipherStore *base, guint64 offset, guint8 *into, gsize length, GError **error)
{
  FileStore *self = (FileStore *) base;

  return gm_durable_read_at (self->file, offset, into, length, self->path, error) ? (gssize) length
                                                                                  : -1;
}

static void
file_free (GmCipherStore *base)
{
  FileStore *self = (FileStore *) base;

  close (self->file);
  g_free (self->path);
  g_free (self);
}

GmCipherStore *
gm_cipher_store_open_file (const char *path, GError **error)
{
  FileStore *self;
  struct stat status;
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (file < 0 || fstat (file, &status) < 0)
    {
      gm_durable_set_errno (error, errno, _ ("Open"), path);
      if (file >= 0)
        close (file);
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    {
      close (file);
      return gm_fail_null (error, GM_ERROR_BAD_DATA, "not a regular file");
    }

  self = g_new0 (FileStore, 1);
  self->base = (GmCipherStore){ file_read, (guint64) status.st_size, file_free };
  self->file = file;
  self->path = g_strdup (path);
  return &self->base;
}
