/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/keystore.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/error.h"
#include "evm/signature.h"
#include "vault/keystore-box.h"
#include "vault/sealed.h"
#include "vault/words.h"

#define MASTER_BYTES 32
#define KEY_BYTES    32

struct _GmKeystore
{
  char *path;
  GmKeystoreFile *file;
  GmHash stored; /* SHA-256 of the bytes on disk */
};

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

static GBytes *
read_file (const char *path, GError **error)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autofree guint8 *data = NULL;
  struct stat status;
  gboolean read = FALSE;

  if (file < 0 || fstat (file, &status) < 0)
    gm_durable_set_errno (error, errno, _ ("Open"), path);
  else if (!S_ISREG (status.st_mode))
    gm_error_set (error, GM_ERROR_BAD_DATA, "not a file");
  else if (status.st_size > GM_KEYSTORE_MAX_BYTES)
    gm_error_set (error, GM_ERROR_BAD_DATA, "longer than %d bytes", GM_KEYSTORE_MAX_BYTES);
  else
    {
      data = g_malloc ((gsize) status.st_size + 1);
      read = gm_durable_read_at (file, 0, data, (gsize) status.st_size, path, error);
    }
  if (file >= 0)
    close (file);
  return read ? g_bytes_new_take (g_steal_pointer (&data), (gsize) status.st_size) : NULL;
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
read_unchanged (GmKeystore *self, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (self->path, error);
  GmHash found;

  if (bytes == NULL)
    return NULL;
  hash_bytes (bytes, &found);
  if (!gm_hash_equal (&found, &self->stored))
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

/* The file as it was goes to PATH.old, unless it opens with a password that shall open nothing
 * more: then what an earlier change left there goes first, so that no crash leaves one. */
static gboolean
replace (GmKeystore *self, GmDurable *file, gboolean new_password, GError **error)
{
  g_autofree char *old = g_strconcat (self->path, ".old", NULL);
  g_autoptr (GBytes) bytes = read_unchanged (self, error);

  return bytes != NULL && (new_password ? drop_old (old, error) : keep_old (old, bytes, error)) &&
         gm_durable_commit (file, error);
}

/* Proves @next and puts it on disk; the keystore takes it when it is there. */
static gboolean
write_file (GmKeystore *self,
            GmKeystoreFile **next,
            GmSecret *master,
            GmSecret *new_password,
            GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GmDurable) file = gm_durable_begin (self->path, error);

  if (file == NULL)
    return FALSE;
  gm_keystore_file_prove (*next, master, &(*next)->proof);
  bytes = gm_keystore_file_encode (*next);
  if (!gm_durable_write (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error))
    return FALSE;
  written = gm_durable_read_back (file, error);
  if (written == NULL || !check_written (written, master, new_password, error))
    {
      g_prefix_error (error, _ ("The new wallet file cannot be read back: "));
      return FALSE;
    }
  if (self->file == NULL ? !gm_durable_commit_new (file, error)
                         : !replace (self, file, new_password != NULL, error))
    return FALSE;

  g_clear_pointer (&self->file, gm_keystore_file_free);
  self->file = g_steal_pointer (next);
  hash_bytes (bytes, &self->stored);
  return TRUE;
}

GmSecret *
gm_keystore_create (const char *path,
                    GmSecret *words,
                    const char *name,
                    GmSecret *password,
                    GError **error)
{
  g_autoptr (GmKeystore) self = g_new0 (GmKeystore, 1);
  g_autoptr (GmKeystoreFile) file = gm_keystore_file_new ();
  g_autoptr (GmSecret) master = gm_secret_new_random (MASTER_BYTES);
  g_autoptr (GmSecret) entropy = NULL;
  JsonObject *slot;

  self->path = g_strdup (path);
  if (!gm_keystore_file_check_name (name, error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return gm_fail_null (error, GM_ERROR_CONFLICT, _ ("There is a wallet already"));
  entropy = gm_words_to_entropy (words, error);
  if (entropy == NULL)
    return NULL;
  gm_keystore_box_add (file, TRUE, entropy, master);
  if (!gm_keystore_box_add_account (file, &(GmKeystoreEntry){ .name = (char *) name }, master,
                                    error))
    return NULL;

  slot = gm_sealed_slot_new (master, password, error);
  if (slot == NULL)
    return NULL;
  g_ptr_array_add (file->slots, slot);
  return write_file (self, &file, master, password, error) ? g_steal_pointer (&master) : NULL;
}

GmKeystore *
gm_keystore_load (const char *path, GError **error)
{
  g_autoptr (GmKeystore) self = g_new0 (GmKeystore, 1);
  g_autoptr (GBytes) bytes = read_file (path, error);

  if (bytes == NULL)
    return NULL;
  self->path = g_strdup (path);
  self->file = gm_keystore_file_parse (bytes, error);
  if (self->file == NULL)
    {
      g_prefix_error (error, _ ("“%s” is not a wallet that can be read: "), path);
      return NULL;
    }
  hash_bytes (bytes, &self->stored);
  return g_steal_pointer (&self);
}

void
gm_keystore_free (GmKeystore *self)
{
  if (self == NULL)
    return;

  gm_keystore_file_free (self->file);
  g_free (self->path);
  g_free (self);
}

guint
gm_keystore_count (const GmKeystore *self)
{
  return self->file->entries->len;
}

gboolean
gm_keystore_get (const GmKeystore *self, guint account, GmKeystoreAccount *out)
{
  const GmKeystoreEntry *entry;

  if (account >= self->file->entries->len)
    return FALSE;

  entry = self->file->entries->pdata[account];
  out->address = entry->address;
  out->name = entry->name;
  out->from_words = ((GmKeystoreBox *) self->file->boxes->pdata[entry->box])->words;
  out->index = entry->index;
  return TRUE;
}

GmSecret *
gm_keystore_unlock (GmKeystore *self, GmSecret *password, GError **error)
{
  guint slot;

  return gm_keystore_box_unlock (self->file, password, &slot, error);
}

static GmKeystoreEntry *
entry_at (GmKeystoreFile *file, guint account, GError **error)
{
  if (account >= file->entries->len)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "there is no account %u", account);
  return file->entries->pdata[account];
}

GmSecret *
gm_keystore_key (GmKeystore *self, GmSecret *master, guint account, GError **error)
{
  const GmKeystoreEntry *entry = entry_at (self->file, account, error);
  g_autoptr (GmSecret) key = entry != NULL ? gm_keystore_box_key (self->file, entry, master, error)
                                           : NULL;
  GmAddress address;

  if (key == NULL || !gm_signature_address (key, &address, error))
    return NULL;
  if (!gm_address_equal (&address, &entry->address))
    return gm_fail_null (error, GM_ERROR_BAD_DATA, _ ("The account has another key than it says"));
  return g_steal_pointer (&key);
}

GmSecret *
gm_keystore_words (GmKeystore *self, GmSecret *master, GError **error)
{
  int box = gm_keystore_box_find_words (self->file);
  g_autoptr (GmSecret) entropy = NULL;

  if (box < 0)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, _ ("This wallet has no recovery words"));
  entropy = gm_keystore_box_open (self->file, (guint) box, master, error);
  return entropy != NULL ? gm_words_from_entropy (entropy, error) : NULL;
}

/* A copy to change, when @master is this keystore's and @name can be one. */
static GmKeystoreFile *
begin (GmKeystore *self, GmSecret *master, const char *name, GError **error)
{
  if (!gm_keystore_file_check_name (name, error))
    return NULL;
  if (!gm_keystore_box_proved (self->file, master))
    return gm_fail_null (error, GM_ERROR_DENIED, "not the key of this keystore");
  return gm_keystore_file_copy (self->file);
}

static gboolean
has_room (const GmKeystoreFile *file, GError **error)
{
  return file->entries->len < GM_KEYSTORE_MAX_ACCOUNTS ||
         gm_fail (error, GM_ERROR_DENIED,
                  _ ("A wallet has at most %d accounts"), GM_KEYSTORE_MAX_ACCOUNTS);
}

gboolean
gm_keystore_add (GmKeystore *self, GmSecret *master, const char *name, GError **error)
{
  g_autoptr (GmKeystoreFile) next = begin (self, master, name, error);
  int box = next != NULL ? gm_keystore_box_find_words (next) : -1;
  GmKeystoreEntry entry = { .name = (char *) name, .box = (guint) box };

  if (next == NULL || !has_room (next, error))
    return FALSE;
  if (box < 0)
    return gm_fail (error, GM_ERROR_NOT_FOUND, _ ("This wallet has no recovery words"));
  for (guint i = 0; i < next->entries->len; i++)
    {
      const GmKeystoreEntry *known = next->entries->pdata[i];

      if (known->box == entry.box)
        entry.index = MAX (entry.index, known->index + 1);
    }
  return gm_keystore_box_add_account (next, &entry, master, error) &&
         write_file (self, &next, master, NULL, error);
}

gboolean
gm_keystore_import (GmKeystore *self,
                    GmSecret *master,
                    GmSecret *key,
                    const char *name,
                    GError **error)
{
  g_autoptr (GmKeystoreFile) next = begin (self, master, name, error);
  GmKeystoreEntry entry = { .name = (char *) name };

  if (next == NULL || !has_room (next, error))
    return FALSE;
  if (gm_secret_length (key) != KEY_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, _ ("A key has 32 bytes"));
  if (!gm_signature_address (key, &entry.address, error))
    return FALSE;
  for (guint i = 0; i < next->entries->len; i++)
    if (gm_address_equal (&((GmKeystoreEntry *) next->entries->pdata[i])->address, &entry.address))
      return gm_fail (error, GM_ERROR_CONFLICT, _ ("This account is in the wallet already"));

  entry.box = next->boxes->len;
  gm_keystore_box_add (next, FALSE, key, master);
  gm_keystore_file_add_entry (next, &entry);
  return write_file (self, &next, master, NULL, error);
}

gboolean
gm_keystore_rename (GmKeystore *self,
                    GmSecret *master,
                    guint account,
                    const char *name,
                    GError **error)
{
  g_autoptr (GmKeystoreFile) next = begin (self, master, name, error);
  GmKeystoreEntry *entry = next != NULL ? entry_at (next, account, error) : NULL;

  if (entry == NULL)
    return FALSE;

  g_free (entry->name);
  entry->name = g_strdup (name);
  return write_file (self, &next, master, NULL, error);
}

gboolean
gm_keystore_change_password (GmKeystore *self,
                             GmSecret *old_password,
                             GmSecret *new_password,
                             GError **error)
{
  g_autoptr (GmKeystoreFile) next = NULL;
  g_autoptr (GmSecret) master = NULL;
  JsonObject *fresh;
  guint slot;

  master = gm_keystore_box_unlock (self->file, old_password, &slot, error);
  fresh = master != NULL ? gm_sealed_slot_new (master, new_password, error) : NULL;
  if (fresh == NULL)
    return FALSE;

  next = gm_keystore_file_copy (self->file);
  g_ptr_array_remove_index (next->slots, slot);
  g_ptr_array_insert (next->slots, (int) slot, fresh);
  return write_file (self, &next, master, new_password, error);
}
