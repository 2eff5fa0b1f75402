/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/keystore-disk.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/error.h"
#include "vault/keystore-box.h"
#include "vault/keystore.h"

/* As the next start will find it: every box opens, and with @password the slot that was made. */
static gboolean
check_written (GBytes *bytes, GmSecret *master, GmSecret *password, GError **error)
{
  g_autoptr (GmKeystoreFile) file = gm_keystore_file_parse (bytes, error);
  g_autoptr (GmSecret) again = NULL;
  guint slot;

  if (file == NULL)
    return FALSE;
  again = password != NULL ? gm_keystore_box_unlock (file, password, &slot, error)
                           : gm_secret_ref (master);
  if (again == NULL)
    return FALSE;
  if (!gm_secret_equal (again, master) || !gm_keystore_box_proved (file, master))
    return gm_fail (error, GM_ERROR_BUG, "it has another key");
  for (guint i = 0; i < file->boxes->len; i++)
    {
      g_autoptr (GmSecret) plain = gm_keystore_box_open (file, i, master, error);

      if (plain == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
hash_bytes (GBytes *bytes, GmHash *out)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  gm_hash_sha256 (data, length, out);
}

/* What this process read is still what is there. */
static GBytes *
read_unchanged (GmKeystoreDisk *self, GError **error)
{
  g_autoptr (GBytes) bytes = gm_durable_read (self->path, GM_KEYSTORE_MAX_BYTES, error);
  GmHash found;

  if (bytes == NULL)
    return NULL;
  hash_bytes (bytes, &found);
  if (!gm_hash_equal (&found, &self->content))
    return gm_fail_null (error, GM_ERROR_CONFLICT,
                         _ ("The wallet file was changed meanwhile by another GotMusic"));
  return g_steal_pointer (&bytes);
}

static gboolean
keep_old (const char *old, GBytes *bytes, GError **error)
{
  g_autoptr (GmDurable) file = gm_durable_begin (old, error);

  return file != NULL &&
         gm_durable_write (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error) &&
         gm_durable_commit (file, error);
}

static gboolean
drop_old (const char *old, GError **error)
{
  if (unlink (old) == 0 || errno == ENOENT)
    return TRUE;
  gm_durable_set_errno (error, errno, _ ("Delete"), old);
  return FALSE;
}

static gboolean
has_slot (const GmKeystoreFile *file, JsonObject *slot)
{
  for (guint i = 0; i < file->slots->len; i++)
    if (json_object_equal (file->slots->pdata[i], slot))
      return TRUE;
  return FALSE;
}

/* Each slot of the @old file still opens the new one. */
static gboolean
opens_the_same (GBytes *old, const GmKeystoreFile *file)
{
  g_autoptr (GmKeystoreFile) before = gm_keystore_file_parse (old, NULL);

  for (guint i = 0; before != NULL && i < before->slots->len; i++)
    if (!has_slot (file, before->slots->pdata[i]))
      return FALSE;
  return before != NULL;
}

/* The file as it was goes to PATH.old, unless it opens with what shall open nothing more, a former
 * password or device: then what an earlier change left there goes first, so that no crash leaves
 * one. */
static gboolean
replace (GmKeystoreDisk *self, GmDurable *durable, const GmKeystoreFile *file, GError **error)
{
  g_autofree char *old = g_strconcat (self->path, ".old", NULL);
  g_autoptr (GBytes) bytes = read_unchanged (self, error);

  return bytes != NULL &&
         (opens_the_same (bytes, file) ? keep_old (old, bytes, error) : drop_old (old, error)) &&
         gm_durable_commit (durable, error);
}

GmKeystoreFile *
gm_keystore_disk_load (GmKeystoreDisk *self, GError **error)
{
  g_autoptr (GBytes) bytes = gm_durable_read (self->path, GM_KEYSTORE_MAX_BYTES, error);
  GmKeystoreFile *file = bytes != NULL ? gm_keystore_file_parse (bytes, error) : NULL;

  if (file != NULL)
    {
      hash_bytes (bytes, &self->content);
      self->exists = TRUE;
    }
  return file;
}

gboolean
gm_keystore_disk_write (GmKeystoreDisk *self,
                        GmKeystoreFile *file,
                        GmSecret *master,
                        GmSecret *new_password,
                        GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GmDurable) durable = gm_durable_begin (self->path, error);

  if (durable == NULL)
    return FALSE;
  gm_keystore_file_prove (file, master, &file->proof);
  bytes = gm_keystore_file_encode (file);
  if (!gm_durable_write (durable, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error))
    return FALSE;
  written = gm_durable_read_back (durable, error);
  if (written == NULL || !check_written (written, master, new_password, error))
    {
      g_prefix_error (error, _ ("The new wallet file cannot be read back: "));
      return FALSE;
    }
  if (!self->exists ? !gm_durable_commit_new (durable, error)
                    : !replace (self, durable, file, error))
    return FALSE;

  hash_bytes (bytes, &self->content);
  self->exists = TRUE;
  return TRUE;
}
