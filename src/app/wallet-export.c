/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/wallet-export.h"

#include "app/account-core.h"
#include "base/durable.h"
#include "vault/raw-key.h"
#include "vault/v3-keystore.h"
#include "vault/vault-accounts.h"

typedef struct
{
  GmAddress address;
  char *path;
  GmSecret *password;
  GmSecret *file_password; /* (nullable) */
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  g_free (task->path);
  gm_secret_unref (task->password);
  g_clear_pointer (&task->file_password, gm_secret_unref);
  g_free (task);
}

static Task *
task_new (GmWalletAccount *account, GmSecret *password)
{
  Task *task = g_new0 (Task, 1);

  if (account != NULL)
    task->address = *gm_wallet_account_get_address (account);
  task->password = gm_secret_ref (password);
  return task;
}

static void
run (GmAccount *self, GmAccountWork work, Task *task, GObject *owner, GmDone done)
{
  gm_account_run (self, &(GmAccountCall){ .work = work,
                                          .input = task,
                                          .free_input = task_free,
                                          .free_result = (GDestroyNotify) gm_secret_unref,
                                          .owner = owner,
                                          .done = done });
}

static GmSecret *
take_key (GmVault *vault, const Task *task, GError **error)
{
  return gm_vault_unlock (vault, task->password, error)
             ? gm_vault_accounts_dup_key (vault, &task->address, error)
             : NULL;
}

static gpointer
take_key_text (GmVault *vault, gpointer input, GCancellable *cancellable, GError **error)
{
  g_autoptr (GmSecret) key = take_key (vault, input, error);

  return key != NULL ? gm_raw_key_format (key) : NULL;
}

void
gm_wallet_export_key (GmAccount *self,
                      GmWalletAccount *account,
                      GmSecret *password,
                      GObject *owner,
                      GmDone done)
{
  run (self, take_key_text, task_new (account, password), owner, done);
}

static gpointer
take_words (GmVault *vault, gpointer input, GCancellable *cancellable, GError **error)
{
  const Task *task = input;

  return gm_vault_unlock (vault, task->password, error) ? gm_vault_dup_words (vault, error) : NULL;
}

void
gm_wallet_export_words (GmAccount *self, GmSecret *password, GObject *owner, GmDone done)
{
  run (self, take_words, task_new (NULL, password), owner, done);
}

static gpointer
write_file (GmVault *vault, gpointer input, GCancellable *cancellable, GError **error)
{
  const Task *task = input;
  g_autoptr (GmSecret) key = take_key (vault, task, error);
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GmDurable) file = NULL;

  json = key != NULL ? gm_v3_keystore_seal (key, task->file_password, error) : NULL;
  file = json != NULL ? gm_durable_begin (task->path, error) : NULL;
  return file != NULL &&
                 gm_durable_write (file, g_bytes_get_data (json, NULL), g_bytes_get_size (json),
                                   error) &&
                 gm_durable_commit (file, error)
             ? GM_WORKER_OK
             : NULL;
}

void
gm_wallet_export_file (GmAccount *self,
                       GmWalletAccount *account,
                       const GmWalletExportFile *file,
                       GObject *owner,
                       GmDone done)
{
  Task *task = task_new (account, file->password);

  task->path = g_strdup (file->path);
  task->file_password = gm_secret_ref (file->file_password);
  gm_account_run (self, &(GmAccountCall){ .work = write_file,
                                          .input = task,
                                          .free_input = task_free,
                                          .owner = owner,
                                          .done = done });
}
