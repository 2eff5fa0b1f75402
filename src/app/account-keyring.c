/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/account-keyring.h"

#include "app/account-core.h"
#include "app/device-key.h"

typedef gboolean (*Deed) (GmVault *vault,
                          const char *folder,
                          GCancellable *cancellable,
                          GError **error);
typedef struct
{
  Deed deed;
  char *folder;
} Task;

static void
task_free (gpointer data)
{
  g_free (((Task *) data)->folder);
  g_free (data);
}

static gpointer
work (GmVault *vault, gpointer input, GCancellable *cancellable, GError **error)
{
  const Task *task = input;

  return task->deed (vault, task->folder, cancellable, error) ? GM_WORKER_OK : NULL;
}

static GCancellable *
run (GmAccount *account, Deed deed, GObject *owner, GmDone done)
{
  Task *task = g_new (Task, 1);

  *task = (Task){ deed, g_strdup (gm_account_get_folder (account)) };
  return gm_account_run (
      account,
      &(GmAccountCall){
          .work = work, .input = task, .free_input = task_free, .owner = owner, .done = done });
}

gboolean
gm_account_keyring_is_on (GmAccount *account)
{
  return gm_vault_has_device (gm_account_get_vault (account));
}

void
gm_account_keyring_turn (GmAccount *account, gboolean on, GObject *owner, GmDone done)
{
  run (account, on ? gm_device_key_remember : gm_device_key_forget, owner, done);
}

GCancellable *
gm_account_keyring_open (GmAccount *account, GObject *owner, GmDone done)
{
  return run (account, gm_device_key_unlock, owner, done);
}

gboolean
gm_account_keyring_has_opened (GmAccount *account)
{
  return gm_vault_is_by_device (gm_account_get_vault (account));
}

static gpointer
check (GmVault *vault, gpointer password, GCancellable *cancellable, GError **error)
{
  return gm_vault_check_password (vault, password, error) ? GM_WORKER_OK : NULL;
}

static void
unref_secret (gpointer secret)
{
  gm_secret_unref (secret);
}

void
gm_account_keyring_check_password (GmAccount *account,
                                   GmSecret *password,
                                   GObject *owner,
                                   GmDone done)
{
  gm_account_run (account, &(GmAccountCall){ .work = check,
                                             .input = gm_secret_ref (password),
                                             .free_input = unref_secret,
                                             .owner = owner,
                                             .done = done });
}
