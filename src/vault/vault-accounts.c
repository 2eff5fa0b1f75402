/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "vault/vault-accounts.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

typedef struct
{
  const GmAddress *address;
  const char *name;
  guint32 index;
  GmSecret *key;
} Task;

static gboolean
find (GmKeystore *keystore, const GmAddress *address, guint *account, GError **error)
{
  GmKeystoreAccount found;

  for (guint i = 0; gm_keystore_get (keystore, i, &found); i++)
    if (gm_address_equal (&found.address, address))
      {
        *account = i;
        return TRUE;
      }
  return gm_fail (error, GM_ERROR_NOT_FOUND, _ ("This account was removed from the wallet"));
}

static gboolean
derive (GmKeystore *keystore, GmSecret *master, gpointer data, GError **error)
{
  const Task *task = data;

  return gm_keystore_add (keystore, master, task->name, error);
}

gboolean
gm_vault_accounts_derive (GmVault *self, const char *name, GError **error)
{
  return gm_vault_use (self, derive, &(Task){ .name = name }, error);
}

static gboolean
derive_at (GmKeystore *keystore, GmSecret *master, gpointer data, GError **error)
{
  const Task *task = data;

  return gm_keystore_add_at (keystore, master, task->index, task->name, error);
}

gboolean
gm_vault_accounts_derive_at (GmVault *self, guint32 index, const char *name, GError **error)
{
  return gm_vault_use (self, derive_at, &(Task){ .name = name, .index = index }, error);
}

static gboolean
import (GmKeystore *keystore, GmSecret *master, gpointer data, GError **error)
{
  const Task *task = data;

  return gm_keystore_import (keystore, master, task->key, task->name, error);
}

gboolean
gm_vault_accounts_import (GmVault *self, GmSecret *key, const char *name, GError **error)
{
  return gm_vault_use (self, import, &(Task){ .name = name, .key = key }, error);
}

static gboolean
watch (GmKeystore *keystore, GmSecret *master, gpointer data, GError **error)
{
  const Task *task = data;

  return gm_keystore_watch (keystore, master, task->address, task->name, error);
}

gboolean
gm_vault_accounts_watch (GmVault *self, const GmAddress *address, const char *name, GError **error)
{
  return gm_vault_use (self, watch, &(Task){ .name = name, .address = address }, error);
}

static gboolean
rename_account (GmKeystore *keystore, GmSecret *master, gpointer data, GError **error)
{
  const Task *task = data;
  guint account;

  return find (keystore, task->address, &account, error) &&
         gm_keystore_rename (keystore, master, account, task->name, error);
}

gboolean
gm_vault_accounts_rename (GmVault *self, const GmAddress *address, const char *name, GError **error)
{
  return gm_vault_use (self, rename_account, &(Task){ .name = name, .address = address }, error);
}

static gboolean
remove_account (GmKeystore *keystore, GmSecret *master, gpointer data, GError **error)
{
  const Task *task = data;
  guint account;

  return find (keystore, task->address, &account, error) &&
         gm_keystore_remove (keystore, master, account, error);
}

gboolean
gm_vault_accounts_remove (GmVault *self, const GmAddress *address, GError **error)
{
  return gm_vault_use (self, remove_account, &(Task){ .address = address }, error);
}

static gboolean
take_key (GmKeystore *keystore, GmSecret *master, gpointer data, GError **error)
{
  Task *task = data;
  guint account;

  if (!find (keystore, task->address, &account, error))
    return FALSE;
  task->key = gm_keystore_key (keystore, master, account, error);
  return task->key != NULL;
}

GmSecret *
gm_vault_accounts_dup_key (GmVault *self, const GmAddress *address, GError **error)
{
  Task task = { .address = address };

  return gm_vault_use (self, take_key, &task, error) ? task.key : NULL;
}
