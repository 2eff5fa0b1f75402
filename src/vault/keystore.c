/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/keystore.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "evm/signature.h"
#include "vault/device-slot.h"
#include "vault/keystore-box.h"
#include "vault/keystore-disk.h"
#include "vault/sealed.h"
#include "vault/words.h"

#define MASTER_BYTES 32

struct _GmKeystore
{
  GmKeystoreDisk disk;
  GmKeystoreFile *file;
};

/* The keystore takes @next when it is on disk. */
static gboolean
change (GmKeystore *self,
        GmKeystoreFile **next,
        GmSecret *master,
        GmSecret *new_password,
        GError **error)
{
  if (!gm_keystore_disk_write (&self->disk, *next, master, new_password, error))
    return FALSE;

  g_clear_pointer (&self->file, gm_keystore_file_free);
  self->file = g_steal_pointer (next);
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
  GmKeystoreEntry entry = { .name = (char *) name };
  JsonObject *slot;

  self->disk.path = g_strdup (path);
  if (!gm_keystore_file_check_name (name, error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return gm_fail_null (error, GM_ERROR_CONFLICT, _ ("There is a wallet already"));
  entropy = gm_words_to_entropy (words, error);
  if (entropy == NULL)
    return NULL;
  gm_keystore_box_add (file, TRUE, entropy, master);
  if (!gm_keystore_box_address (file, &entry, master, error))
    return NULL;
  gm_keystore_file_add_entry (file, &entry);

  slot = gm_sealed_slot_new (master, password, error);
  if (slot == NULL)
    return NULL;
  g_ptr_array_add (file->slots, slot);
  return change (self, &file, master, password, error) ? g_steal_pointer (&master) : NULL;
}

GmKeystore *
gm_keystore_load (const char *path, GError **error)
{
  g_autoptr (GmKeystore) self = g_new0 (GmKeystore, 1);

  self->disk.path = g_strdup (path);
  self->file = gm_keystore_disk_load (&self->disk, error);
  if (self->file == NULL)
    {
      g_prefix_error (error, _ ("“%s” is not a wallet that can be read: "), path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
gm_keystore_free (GmKeystore *self)
{
  if (self == NULL)
    return;

  gm_keystore_file_free (self->file);
  g_free (self->disk.path);
  g_free (self);
}

guint
gm_keystore_count (const GmKeystore *self)
{
  return self->file->entries->len;
}

static GmKeystoreKind
kind_of (const GmKeystoreFile *file, const GmKeystoreEntry *entry)
{
  if (entry->box == GM_KEYSTORE_FILE_NO_BOX)
    return GM_KEYSTORE_WATCHED;
  return gm_keystore_file_is_words (file, entry) ? GM_KEYSTORE_WORDS : GM_KEYSTORE_KEY;
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
  out->kind = kind_of (self->file, entry);
  out->index = entry->index;
  return TRUE;
}

GmSecret *
gm_keystore_unlock (GmKeystore *self, GmSecret *password, GError **error)
{
  guint slot;

  return gm_keystore_box_unlock (self->file, password, &slot, error);
}

GmSecret *
gm_keystore_unlock_device (GmKeystore *self, GmSecret *device_key, GError **error)
{
  return gm_keystore_box_unlock_device (self->file, device_key, error);
}

gboolean
gm_keystore_has_device (const GmKeystore *self)
{
  return gm_keystore_file_find_device (self->file) >= 0;
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
knows (const GmKeystoreFile *file, const GmAddress *address)
{
  for (guint i = 0; i < file->entries->len; i++)
    if (gm_address_equal (&((GmKeystoreEntry *) file->entries->pdata[i])->address, address))
      return TRUE;
  return FALSE;
}

/* Adds @entry, which has its address, to @next, and @next takes the place of the file. */
static gboolean
add (GmKeystore *self,
     GmKeystoreFile **next,
     const GmKeystoreEntry *entry,
     GmSecret *master,
     GError **error)
{
  if (knows (*next, &entry->address))
    return gm_fail (error, GM_ERROR_CONFLICT, _ ("This account is in the wallet already"));
  if ((*next)->entries->len >= GM_KEYSTORE_MAX_ACCOUNTS)
    return gm_fail (error, GM_ERROR_DENIED,
                    _ ("A wallet has at most %d accounts"), GM_KEYSTORE_MAX_ACCOUNTS);

  gm_keystore_file_add_entry (*next, entry);
  return change (self, next, master, NULL, error);
}

/* A copy to change, and an entry of its words. */
static GmKeystoreFile *
begin_derived (GmKeystore *self,
               GmSecret *master,
               const char *name,
               GmKeystoreEntry *entry,
               GError **error)
{
  g_autoptr (GmKeystoreFile) next = begin (self, master, name, error);

  if (next == NULL)
    return NULL;
  *entry = (GmKeystoreEntry){ .name = (char *) name, .box = gm_keystore_box_find_words (next) };
  if (entry->box < 0)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, _ ("This wallet has no recovery words"));
  return g_steal_pointer (&next);
}

/* One after the highest. */
static guint32
next_index (const GmKeystoreFile *file)
{
  guint32 next = 0;

  for (guint i = 0; i < file->entries->len; i++)
    {
      const GmKeystoreEntry *entry = file->entries->pdata[i];

      if (gm_keystore_file_is_words (file, entry))
        next = MAX (next, entry->index + 1);
    }
  return next;
}

/* What was imported from another wallet with the same words is passed over. */
gboolean
gm_keystore_add (GmKeystore *self, GmSecret *master, const char *name, GError **error)
{
  GmKeystoreEntry entry;
  g_autoptr (GmKeystoreFile) next = begin_derived (self, master, name, &entry, error);

  if (next == NULL)
    return FALSE;
  entry.index = next_index (next);
  if (!gm_keystore_box_address (next, &entry, master, error))
    return FALSE;
  while (knows (next, &entry.address))
    {
      entry.index++;
      if (!gm_keystore_box_address (next, &entry, master, error))
        return FALSE;
    }
  return add (self, &next, &entry, master, error);
}

gboolean
gm_keystore_add_at (GmKeystore *self,
                    GmSecret *master,
                    guint32 index,
                    const char *name,
                    GError **error)
{
  GmKeystoreEntry entry;
  g_autoptr (GmKeystoreFile) next = begin_derived (self, master, name, &entry, error);

  if (next == NULL)
    return FALSE;
  entry.index = index;
  return gm_keystore_box_address (next, &entry, master, error) &&
         add (self, &next, &entry, master, error);
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

  if (next == NULL || !gm_signature_address (key, &entry.address, error))
    return FALSE;

  entry.box = (int) next->boxes->len;
  gm_keystore_box_add (next, FALSE, key, master);
  return add (self, &next, &entry, master, error);
}

gboolean
gm_keystore_watch (GmKeystore *self,
                   GmSecret *master,
                   const GmAddress *address,
                   const char *name,
                   GError **error)
{
  g_autoptr (GmKeystoreFile) next = begin (self, master, name, error);
  const GmKeystoreEntry entry = { .address = *address,
                                  .name = (char *) name,
                                  .box = GM_KEYSTORE_FILE_NO_BOX };

  return next != NULL && add (self, &next, &entry, master, error);
}

gboolean
gm_keystore_remove (GmKeystore *self, GmSecret *master, guint account, GError **error)
{
  const GmKeystoreEntry *entry = entry_at (self->file, account, error);
  g_autoptr (GmKeystoreFile) next = NULL;

  if (entry == NULL)
    return FALSE;
  if (gm_keystore_file_is_words (self->file, entry))
    return gm_fail (error, GM_ERROR_DENIED,
                    _ ("An account of the recovery words stays: it is always in them"));
  next = begin (self, master, entry->name, error);
  if (next == NULL)
    return FALSE;

  gm_keystore_file_remove_entry (next, account);
  return change (self, &next, master, NULL, error);
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
  return change (self, &next, master, NULL, error);
}

gboolean
gm_keystore_set_device (GmKeystore *self, GmSecret *master, GmSecret *device_key, GError **error)
{
  g_autoptr (GmKeystoreFile) next = NULL;

  if (!gm_keystore_box_proved (self->file, master))
    return gm_fail (error, GM_ERROR_DENIED, "not the key of this keystore");

  next = gm_keystore_file_copy (self->file);
  gm_keystore_file_set_device (next,
                               device_key != NULL ? gm_device_slot_new (master, device_key) : NULL);
  return change (self, &next, master, NULL, error);
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
  return change (self, &next, master, new_password, error);
}
