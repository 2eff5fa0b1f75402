/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/vault.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "evm/signable.h"

struct _GmVault
{
  gint references;
  char *path;
  GMutex change;        /* one create, unlock or change_password at a time; taken before lock */
  GMutex lock;          /* of what follows; held for milliseconds, so a screen may ask any time */
  GmKeystore *keystore; /* NULL: absent. Replaced whole, never changed */
  GmSecret *master;     /* NULL: locked */
  gboolean by_device;   /* how it was opened last */
  guint n_locks;        /* so who unlocks sees that it was locked meanwhile */
  GPtrArray *keys;      /* (nullable) of each account; while unlocked */
  guint idle_s;
  gint64 used_ms;
};

GmVault *
gm_vault_new (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GmKeystore *keystore = gm_keystore_load (path, &problem);
  GmVault *self;

  if (keystore == NULL && !gm_error_is (problem, GM_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  self = g_new0 (GmVault, 1);
  self->references = 1;
  self->path = g_strdup (path);
  self->keystore = keystore;
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_secret_unref);
  self->idle_s = GM_VAULT_IDLE_SECONDS;
  g_mutex_init (&self->change);
  g_mutex_init (&self->lock);
  return self;
}

GmVault *
gm_vault_ref (GmVault *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

static void
wipe (GmVault *self)
{
  g_clear_pointer (&self->master, gm_secret_unref);
  g_ptr_array_set_size (self->keys, 0);
}

void
gm_vault_unref (GmVault *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->references))
    return;

  wipe (self);
  g_ptr_array_unref (self->keys);
  g_clear_pointer (&self->keystore, gm_keystore_free);
  g_mutex_clear (&self->change);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self);
}

GmVaultState
gm_vault_state (GmVault *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (self->keystore == NULL)
    return GM_VAULT_ABSENT;
  return self->master != NULL ? GM_VAULT_UNLOCKED : GM_VAULT_LOCKED;
}

static guint
count_locks (GmVault *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->n_locks;
}

/* Takes @keystore, and @master unless it was locked since @n_locks: a password takes a second to
 * try, and who locks meanwhile finds it locked. */
static gboolean
put (GmVault *self, GmKeystore *keystore, GmSecret *master, guint n_locks, gboolean by_device)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  wipe (self);
  g_clear_pointer (&self->keystore, gm_keystore_free);
  self->keystore = keystore;
  self->used_ms = gm_clock_now_ms ();
  self->by_device = by_device;
  if (self->n_locks == n_locks)
    self->master = gm_secret_ref (master);
  return self->master != NULL;
}

typedef GmSecret *(*Unlock) (GmKeystore *keystore, GmSecret *secret, GError **error);

/* Opens what is on disk now, and so sees what another process changed. */
static gboolean
open_file (GmVault *self, Unlock unlock, GmSecret *secret, GError **error)
{
  guint n_locks = count_locks (self);
  g_autoptr (GmKeystore) keystore = gm_keystore_load (self->path, error);
  g_autoptr (GmSecret) master = NULL;

  master = keystore != NULL ? unlock (keystore, secret, error) : NULL;
  if (master == NULL)
    return FALSE;
  return put (self, g_steal_pointer (&keystore), master, n_locks,
              unlock == gm_keystore_unlock_device) ||
         gm_fail (error, GM_ERROR_LOCKED, _ ("The wallet is locked"));
}

gboolean
gm_vault_create (GmVault *self, GmSecret *words, GmSecret *password, GError **error)
{
  g_autoptr (GMutexLocker) changing G_GNUC_UNUSED = g_mutex_locker_new (&self->change);
  guint n_locks = count_locks (self);
  g_autoptr (GmKeystore) keystore = NULL;
  g_autoptr (GmSecret) master = NULL;

  master = gm_keystore_create (self->path, words, _ ("Main account"), password, error);
  keystore = master != NULL ? gm_keystore_load (self->path, error) : NULL;
  if (keystore == NULL)
    return FALSE;
  put (self, g_steal_pointer (&keystore), master, n_locks, FALSE); /* it is there, locked or not */
  return TRUE;
}

gboolean
gm_vault_unlock (GmVault *self, GmSecret *password, GError **error)
{
  g_autoptr (GMutexLocker) changing G_GNUC_UNUSED = g_mutex_locker_new (&self->change);

  return open_file (self, gm_keystore_unlock, password, error);
}

gboolean
gm_vault_unlock_device (GmVault *self, GmSecret *device_key, GError **error)
{
  g_autoptr (GMutexLocker) changing G_GNUC_UNUSED = g_mutex_locker_new (&self->change);

  return open_file (self, gm_keystore_unlock_device, device_key, error);
}

gboolean
gm_vault_has_device (GmVault *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->keystore != NULL && gm_keystore_has_device (self->keystore);
}

gboolean
gm_vault_is_by_device (GmVault *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->master != NULL && self->by_device;
}

gboolean
gm_vault_check_password (GmVault *self, GmSecret *password, GError **error)
{
  g_autoptr (GMutexLocker) changing G_GNUC_UNUSED = g_mutex_locker_new (&self->change);
  g_autoptr (GmKeystore) keystore = gm_keystore_load (self->path, error);
  g_autoptr (GmSecret) master = NULL;

  master = keystore != NULL ? gm_keystore_unlock (keystore, password, error) : NULL;
  return master != NULL;
}

void
gm_vault_lock (GmVault *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->n_locks++;
  wipe (self);
}

/* The rest hold self->lock. */

static gboolean
is_idle (GmVault *self)
{
  gint64 now = gm_clock_now_ms ();

  if (now < self->used_ms) /* the clock was set back: count from here */
    self->used_ms = now;
  return self->idle_s > 0 && now - self->used_ms >= (gint64) self->idle_s * 1000;
}

static gboolean
lock_if_idle (GmVault *self)
{
  if (self->master == NULL || !is_idle (self))
    return FALSE;

  wipe (self);
  return TRUE;
}

static gboolean
check_unlocked (GmVault *self, GError **error)
{
  lock_if_idle (self);
  return self->master != NULL || gm_fail (error, GM_ERROR_LOCKED, _ ("The wallet is locked"));
}

/* By address: in the list it may have gone elsewhere. */
static GmSecret *
key_of (GmVault *self, const GmAddress *address, GError **error)
{
  guint account = 0;
  GmKeystoreAccount found;

  while (gm_keystore_get (self->keystore, account, &found) &&
         !gm_address_equal (&found.address, address))
    account++;
  if (account == gm_keystore_count (self->keystore))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, _ ("This account was removed from the wallet"));
  if (account >= self->keys->len)
    g_ptr_array_set_size (self->keys, (int) account + 1);
  if (self->keys->pdata[account] == NULL)
    self->keys->pdata[account] = gm_keystore_key (self->keystore, self->master, account, error);
  return self->keys->pdata[account];
}

void
gm_vault_set_idle (GmVault *self, guint seconds)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->idle_s = seconds;
}

void
gm_vault_touch (GmVault *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (!is_idle (self))
    self->used_ms = gm_clock_now_ms ();
}

gboolean
gm_vault_lock_if_idle (GmVault *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return lock_if_idle (self);
}

gint64
gm_vault_locks_at_ms (GmVault *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  return self->master != NULL && self->idle_s > 0 ? self->used_ms + (gint64) self->idle_s * 1000
                                                  : 0;
}

static void
account_free (gpointer data)
{
  GmVaultAccount *account = data;

  g_free (account->name);
  g_free (account);
}

GPtrArray *
gm_vault_list (GmVault *self)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  GPtrArray *list = g_ptr_array_new_with_free_func (account_free);
  GmKeystoreAccount found;

  for (guint i = 0; self->keystore != NULL && gm_keystore_get (self->keystore, i, &found); i++)
    {
      GmVaultAccount *account = g_new0 (GmVaultAccount, 1);

      account->address = found.address;
      account->name = g_strdup (found.name);
      account->kind = found.kind;
      account->index = found.index;
      g_ptr_array_add (list, account);
    }
  return list;
}

gboolean
gm_vault_account (GmVault *self, guint account, GmAddress *address, char **name)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  GmKeystoreAccount found;

  if (self->keystore == NULL || !gm_keystore_get (self->keystore, account, &found))
    return FALSE;

  *address = found.address;
  if (name != NULL)
    *name = g_strdup (found.name);
  return TRUE;
}

static gboolean
sign (const GmSigner *self, const GmSignable *what, GmSignature *out, GError **error)
{
  GmVault *vault = self->data;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&vault->lock);
  GmSecret *key = check_unlocked (vault, error) ? key_of (vault, &self->address, error) : NULL;

  if (key == NULL || !gm_signable_sign (what, key, out, error))
    return FALSE;

  vault->used_ms = gm_clock_now_ms ();
  return TRUE;
}

GmSigner *
gm_vault_signer_new (GmVault *self, guint account, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  GmKeystoreAccount found;
  GmSigner *signer;

  if (!check_unlocked (self, error))
    return NULL;
  if (!gm_keystore_get (self->keystore, account, &found))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "there is no account %u", account);
  if (found.kind == GM_KEYSTORE_WATCHED && key_of (self, &found.address, error) == NULL)
    return NULL;

  signer = g_new0 (GmSigner, 1);
  signer->address = found.address;
  signer->sign = sign;
  signer->data = gm_vault_ref (self);
  return signer;
}

void
gm_vault_signer_free (GmSigner *signer)
{
  if (signer == NULL)
    return;

  gm_vault_unref (signer->data);
  g_free (signer);
}

GmSecret *
gm_vault_dup_words (GmVault *self, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (!check_unlocked (self, error))
    return NULL;
  return gm_keystore_words (self->keystore, self->master, error);
}

/* The master key stays the same, so an unlocked vault stays unlocked. */
gboolean
gm_vault_change_password (GmVault *self, GmSecret *from, GmSecret *to, GError **error)
{
  g_autoptr (GMutexLocker) changing G_GNUC_UNUSED = g_mutex_locker_new (&self->change);
  g_autoptr (GmKeystore) keystore = gm_keystore_load (self->path, error);

  return keystore != NULL && gm_keystore_change_password (keystore, from, to, error);
}

static GmSecret *
ref_master (GmVault *self, guint *n_locks, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (!check_unlocked (self, error))
    return NULL;
  *n_locks = self->n_locks;
  return gm_secret_ref (self->master);
}

/* Locked meanwhile, it is done all the same, and the vault stays locked. */
gboolean
gm_vault_use (GmVault *self, GmVaultUse use, gpointer data, GError **error)
{
  g_autoptr (GMutexLocker) changing G_GNUC_UNUSED = g_mutex_locker_new (&self->change);
  guint n_locks = 0;
  g_autoptr (GmSecret) master = ref_master (self, &n_locks, error);
  g_autoptr (GmKeystore) keystore = NULL;

  keystore = master != NULL ? gm_keystore_load (self->path, error) : NULL;
  if (keystore == NULL || !use (keystore, master, data, error))
    return FALSE;
  put (self, g_steal_pointer (&keystore), master, n_locks, gm_vault_is_by_device (self));
  return TRUE;
}
