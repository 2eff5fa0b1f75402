/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/wallet-accounts.h"

#include <glib/gi18n-lib.h>

#include "app/account-core.h"
#include "app/recipient.h"
#include "base/error.h"
#include "vault/raw-key.h"
#include "vault/v3-keystore.h"
#include "vault/vault-accounts.h"

struct _GmWalletAccounts
{
  GObject parent;
  GmAccount *account;
  GPtrArray *items; /* GmWalletAccount */
};

static GType
get_item_type (GListModel *model)
{
  return GM_TYPE_WALLET_ACCOUNT;
}

static guint
get_n_items (GListModel *model)
{
  return GM_WALLET_ACCOUNTS (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = GM_WALLET_ACCOUNTS (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GmWalletAccounts,
                               gm_wallet_accounts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static const GmWalletKind kinds[] = {
  [GM_KEYSTORE_WORDS] = GM_WALLET_DERIVED,
  [GM_KEYSTORE_KEY] = GM_WALLET_IMPORTED,
  [GM_KEYSTORE_WATCHED] = GM_WALLET_WATCHED,
};

/* What is at @i already, when it is still that one. */
static GmWalletAccount *
keep (GmWalletAccounts *self, guint i, const GmVaultAccount *found)
{
  GmWalletAccount *item = i < self->items->len ? self->items->pdata[i] : NULL;

  if (item == NULL || !gm_address_equal (gm_wallet_account_get_address (item), &found->address) ||
      gm_wallet_account_get_kind (item) != kinds[found->kind])
    return NULL;
  gm_wallet_account_set_name (item, found->name);
  return item;
}

/* The vault is the truth. What stands before the first change stays as it is; accounts come at the
 * end, so that is nearly always everything. */
static void
refresh (GmWalletAccounts *self)
{
  g_autoptr (GPtrArray) list = gm_vault_list (gm_account_get_vault (self->account));
  guint same = 0, removed;

  while (same < list->len && keep (self, same, list->pdata[same]) != NULL)
    same++;
  removed = self->items->len - same;
  g_ptr_array_set_size (self->items, (int) same);
  for (guint i = same; i < list->len; i++)
    {
      const GmVaultAccount *found = list->pdata[i];

      g_ptr_array_add (self->items, gm_wallet_account_new (&found->address, found->name,
                                                           kinds[found->kind], i == 0));
    }
  if (removed > 0 || list->len > same)
    g_list_model_items_changed (G_LIST_MODEL (self), same, removed, list->len - same);
}

/* One deed. Each uses what it needs of this. */
typedef gboolean (*Deed) (GmVault *vault, gpointer data, GError **error);
typedef struct
{
  Deed deed;
  GmAddress address;
  char *name;
  char *text;       /* (nullable) the path of a file, or an address as it was typed */
  GmSecret *secret; /* (nullable) a typed key, or the password of a file */
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  g_free (task->name);
  g_free (task->text);
  g_clear_pointer (&task->secret, gm_secret_unref);
  g_free (task);
}

static gpointer
work (GmVault *vault, gpointer input, GCancellable *cancellable, GError **error)
{
  return ((Task *) input)->deed (vault, input, error) ? GM_WORKER_OK : NULL;
}

static Task *
task_new (Deed deed, const char *name)
{
  Task *task = g_new0 (Task, 1);

  task->deed = deed;
  task->name = g_strdup (name);
  return task;
}

/* For an account that is added. */
static Task *
addition_new (GmWalletAccounts *self, Deed deed, const char *name)
{
  Task *task = task_new (deed, NULL);

  task->name = name != NULL && *name != '\0'
                   ? g_strdup (name)
                   : g_strdup_printf (_ ("Account %u"), self->items->len + 1);
  return task;
}

static void
run (GmWalletAccounts *self, Task *task, GObject *owner, GmDone done)
{
  gm_account_run (
      self->account,
      &(GmAccountCall){
          .work = work, .input = task, .free_input = task_free, .owner = owner, .done = done });
}

static gboolean
derive (GmVault *vault, gpointer data, GError **error)
{
  return gm_vault_accounts_derive (vault, ((Task *) data)->name, error);
}

void
gm_wallet_accounts_derive (GmWalletAccounts *self, const char *name, GObject *owner, GmDone done)
{
  run (self, addition_new (self, derive, name), owner, done);
}

static gboolean
import_key (GmVault *vault, gpointer data, GError **error)
{
  const Task *task = data;
  g_autoptr (GmSecret) key = gm_raw_key_parse (task->secret, error);

  return key != NULL && gm_vault_accounts_import (vault, key, task->name, error);
}

void
gm_wallet_accounts_import_key (GmWalletAccounts *self,
                               GmSecret *typed,
                               const char *name,
                               GObject *owner,
                               GmDone done)
{
  Task *task = addition_new (self, import_key, name);

  task->secret = gm_secret_ref (typed);
  run (self, task, owner, done);
}

/* Its password takes seconds to try, so a locked wallet says so before. */
static gboolean
import_file (GmVault *vault, gpointer data, GError **error)
{
  const Task *task = data;
  g_autoptr (GmV3Keystore) file = NULL;
  g_autoptr (GmSecret) key = NULL;

  if (gm_vault_state (vault) != GM_VAULT_UNLOCKED)
    return gm_fail (error, GM_ERROR_LOCKED, _ ("The wallet is locked"));
  file = gm_v3_keystore_load (task->text, error);
  key = file != NULL ? gm_v3_keystore_open (file, task->secret, error) : NULL;
  return key != NULL && gm_vault_accounts_import (vault, key, task->name, error);
}

void
gm_wallet_accounts_import_file (GmWalletAccounts *self,
                                const char *path,
                                GmSecret *password,
                                const char *name,
                                GObject *owner,
                                GmDone done)
{
  Task *task = addition_new (self, import_file, name);

  task->text = g_strdup (path);
  task->secret = gm_secret_ref (password);
  run (self, task, owner, done);
}

static gboolean
watch (GmVault *vault, gpointer data, GError **error)
{
  Task *task = data;

  return gm_recipient_parse (task->text, &task->address, error) &&
         gm_vault_accounts_watch (vault, &task->address, task->name, error);
}

void
gm_wallet_accounts_watch (GmWalletAccounts *self,
                          const char *address,
                          const char *name,
                          GObject *owner,
                          GmDone done)
{
  Task *task = addition_new (self, watch, name);

  task->text = g_strdup (address);
  run (self, task, owner, done);
}

static gboolean
rename_account (GmVault *vault, gpointer data, GError **error)
{
  const Task *task = data;

  return gm_vault_accounts_rename (vault, &task->address, task->name, error);
}

void
gm_wallet_accounts_rename (GmWalletAccounts *self,
                           GmWalletAccount *account,
                           const char *name,
                           GObject *owner,
                           GmDone done)
{
  Task *task = task_new (rename_account, name);

  task->address = *gm_wallet_account_get_address (account);
  run (self, task, owner, done);
}

static gboolean
remove_account (GmVault *vault, gpointer data, GError **error)
{
  return gm_vault_accounts_remove (vault, &((Task *) data)->address, error);
}

void
gm_wallet_accounts_remove (GmWalletAccounts *self,
                           GmWalletAccount *account,
                           GObject *owner,
                           GmDone done)
{
  Task *task = task_new (remove_account, NULL);

  task->address = *gm_wallet_account_get_address (account);
  run (self, task, owner, done);
}

GmAccount *
gm_wallet_accounts_get_account (GmWalletAccounts *self)
{
  return self->account;
}

static void
finalize (GObject *object)
{
  GmWalletAccounts *self = GM_WALLET_ACCOUNTS (object);

  g_object_unref (self->account);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (gm_wallet_accounts_parent_class)->finalize (object);
}

static void
gm_wallet_accounts_class_init (GmWalletAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
gm_wallet_accounts_init (GmWalletAccounts *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

GmWalletAccounts *
gm_wallet_accounts_new (GmAccount *account)
{
  GmWalletAccounts *self = g_object_new (GM_TYPE_WALLET_ACCOUNTS, NULL);

  self->account = g_object_ref (account);
  g_signal_connect_object (account, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return self;
}
