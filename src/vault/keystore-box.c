/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/keystore-box.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "crypto/subkey.h"
#include "evm/signature.h"
#include "vault/device-slot.h"
#include "vault/hdkey.h"
#include "vault/sealed.h"
#include "vault/words.h"

#define BOX_KEY       "keystore.secrets"
#define WORDS_CONTEXT "gotmusic/keystore/1/words"
#define KEY_CONTEXT   "gotmusic/keystore/1/key"

static const char *
context_of (gboolean words)
{
  return words ? WORDS_CONTEXT : KEY_CONTEXT;
}

void
gm_keystore_box_add (GmKeystoreFile *file, gboolean words, GmSecret *plain, GmSecret *master)
{
  g_autoptr (GmSecret) key = gm_subkey_derive (master, BOX_KEY, NULL, 0);
  g_autoptr (GBytes) box = gm_subkey_seal (key, context_of (words), plain);

  gm_keystore_file_add_box (file, words, box);
}

GmSecret *
gm_keystore_box_open (const GmKeystoreFile *file, guint i, GmSecret *master, GError **error)
{
  const GmKeystoreBox *box = file->boxes->pdata[i];
  g_autoptr (GmSecret) key = gm_subkey_derive (master, BOX_KEY, NULL, 0);

  return gm_subkey_open (key, context_of (box->words), box->box, error);
}

static GmSecret *
derive (GmSecret *entropy, guint32 index, GError **error)
{
  g_autoptr (GmSecret) words = gm_words_from_entropy (entropy, error);
  g_autoptr (GmSecret) seed = words != NULL ? gm_words_to_seed (words, NULL, error) : NULL;

  return seed != NULL ? gm_hdkey_account (seed, index, error) : NULL;
}

GmSecret *
gm_keystore_box_key (const GmKeystoreFile *file,
                     const GmKeystoreEntry *entry,
                     GmSecret *master,
                     GError **error)
{
  g_autoptr (GmSecret) plain = NULL;

  if (entry->box == GM_KEYSTORE_FILE_NO_BOX)
    return gm_fail_null (error, GM_ERROR_DENIED,
                         _ ("This account is only watched: this wallet has no key to sign with"));
  plain = gm_keystore_box_open (file, (guint) entry->box, master, error);
  if (plain == NULL)
    return NULL;
  if (gm_keystore_file_is_words (file, entry))
    return derive (plain, entry->index, error);
  return g_steal_pointer (&plain);
}

gboolean
gm_keystore_box_proved (const GmKeystoreFile *file, GmSecret *master)
{
  GmHash proof;

  gm_keystore_file_prove (file, master, &proof);
  return gm_hash_equal (&proof, &file->proof);
}

static GmSecret *
open_slots (const GmKeystoreFile *file, GmSecret *password, guint *slot, GError **error)
{
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < file->slots->len; i++)
    {
      GmSecret *master;

      if (gm_device_slot_is_one (file->slots->pdata[i]))
        continue;
      g_clear_error (&problem);
      master = gm_sealed_slot_open (file->slots->pdata[i], password, &problem);
      if (master != NULL)
        {
          *slot = i;
          return master;
        }
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* Takes @master, which may be NULL. */
static GmSecret *
check_proved (const GmKeystoreFile *file, GmSecret *taken, GError **error)
{
  g_autoptr (GmSecret) master = taken;

  if (master != NULL && !gm_keystore_box_proved (file, master))
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         _ ("The wallet file was altered by something else than GotMusic"));
  return g_steal_pointer (&master);
}

GmSecret *
gm_keystore_box_unlock (const GmKeystoreFile *file, GmSecret *password, guint *slot, GError **error)
{
  return check_proved (file, open_slots (file, password, slot, error), error);
}

GmSecret *
gm_keystore_box_unlock_device (const GmKeystoreFile *file, GmSecret *device_key, GError **error)
{
  int slot = gm_keystore_file_find_device (file);

  if (slot < 0)
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, _ ("Only the password opens this wallet"));
  return check_proved (file, gm_device_slot_open (file->slots->pdata[slot], device_key, error),
                       error);
}

gboolean
gm_keystore_box_address (const GmKeystoreFile *file,
                         GmKeystoreEntry *entry,
                         GmSecret *master,
                         GError **error)
{
  g_autoptr (GmSecret) key = gm_keystore_box_key (file, entry, master, error);

  return key != NULL && gm_signature_address (key, &entry->address, error);
}

int
gm_keystore_box_find_words (const GmKeystoreFile *file)
{
  for (guint i = 0; i < file->boxes->len; i++)
    if (((GmKeystoreBox *) file->boxes->pdata[i])->words)
      return (int) i;
  return -1;
}
