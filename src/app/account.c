/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/account.h"

#include <string.h>

#include "app/account-core.h"
#include "app/relay.h"
#include "base/error.h"
#include "evm/address.h"
#include "vault/words.h"

#define LOOK_S 5 /* how late an idle wallet may lock */

struct _GmAccount
{
  GObject parent;
  GmWorker *worker;
  GmVault *vault;
  char *folder;
  GmVaultState state; /* as last told */
  char *address;      /* (nullable) */
  char *short_address;
  guint busy;
  guint timer;
  GQueue askers; /* see relay.h */
};

G_DEFINE_FINAL_TYPE (GmAccount, gm_account, G_TYPE_OBJECT)

enum
{
  PROP_HAS_WALLET = 1,
  PROP_LOCKED,
  PROP_BUSY,
  PROP_ADDRESS,
  PROP_SHORT_ADDRESS,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];
static guint unlocked_signal, changed_signal;

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmAccount *self = GM_ACCOUNT (object);

  switch (id)
    {
    case PROP_HAS_WALLET: g_value_set_boolean (value, self->state != GM_VAULT_ABSENT); break;
    case PROP_LOCKED: g_value_set_boolean (value, self->state != GM_VAULT_UNLOCKED); break;
    case PROP_BUSY: g_value_set_boolean (value, self->busy > 0); break;
    case PROP_ADDRESS: g_value_set_string (value, self->address); break;
    case PROP_SHORT_ADDRESS: g_value_set_string (value, self->short_address); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
update_address (GmAccount *self)
{
  GmAddress address;

  if (self->address != NULL || !gm_account_dup_main (self, &address))
    return;
  self->address = gm_address_dup_text (&address);
  self->short_address = gm_address_shorten (self->address);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADDRESS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHORT_ADDRESS]);
}

/* The vault is the truth; others may lock it too. */
static void
update (GmAccount *self)
{
  GmVaultState state = gm_vault_state (self->vault);
  GmVaultState before = self->state;

  if (state == before)
    return;
  self->state = state;
  update_address (self);
  if (before == GM_VAULT_ABSENT)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_WALLET]);
  if ((before == GM_VAULT_UNLOCKED) != (state == GM_VAULT_UNLOCKED))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOCKED]);
  if (state == GM_VAULT_UNLOCKED)
    g_signal_emit (self, unlocked_signal, 0);
}

static gboolean
on_look (gpointer data)
{
  GmAccount *self = data;

  gm_vault_lock_if_idle (self->vault);
  update (self);
  return G_SOURCE_CONTINUE;
}

static void
set_busy (GmAccount *self, int by)
{
  self->busy = (guint) ((int) self->busy + by);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

typedef struct
{
  GmVault *vault;
  GmAccountWork work;
  gpointer input;
  GDestroyNotify free_input;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  gm_vault_unref (job->vault);
  if (job->free_input != NULL)
    job->free_input (job->input);
  g_free (job);
}

static gpointer
do_job (gpointer input, GCancellable *cancellable, GError **error)
{
  Job *job = input;

  return job->work (job->vault, job->input, cancellable, error);
}

static void
done (gpointer owner, gpointer result, const GError *error)
{
  GmAccount *self = owner;

  set_busy (self, -1);
  update (self);
  g_signal_emit (self, changed_signal, 0);
  gm_relay_answer (&self->askers, result, error); /* one thread: in the order they asked */
}

/* The account owns the call, not the screen: a dialog that closes does not take back a wallet that
 * is being written. */
GCancellable *
gm_account_run (GmAccount *self, const GmAccountCall *call)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ gm_vault_ref (self->vault), call->work, call->input, call->free_input };
  gm_relay_push (&self->askers, call->owner, call->done);
  set_busy (self, 1);
  return gm_worker_run (self->worker, &(GmCall){ .owner = G_OBJECT (self),
                                                 .work = do_job,
                                                 .input = job,
                                                 .free_input = job_free,
                                                 .free_result = call->free_result,
                                                 .done = done });
}

typedef struct
{
  GmSecret *words; /* (nullable): create */
  GmSecret *password;
  GmSecret *next; /* (nullable): change the password to this */
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_clear_pointer (&attempt->words, gm_secret_unref);
  gm_secret_unref (attempt->password);
  g_clear_pointer (&attempt->next, gm_secret_unref);
  g_free (attempt);
}

static gpointer
try_password (GmVault *vault, gpointer input, GCancellable *cancellable, GError **error)
{
  Attempt *attempt = input;
  gboolean good;

  if (attempt->words != NULL)
    good = gm_vault_create (vault, attempt->words, attempt->password, error);
  else if (attempt->next != NULL)
    good = gm_vault_change_password (vault, attempt->password, attempt->next, error);
  else
    good = gm_vault_unlock (vault, attempt->password, error);
  return good ? GM_WORKER_OK : NULL;
}

/* Holds on to what @asked names. */
static void
attempt (GmAccount *self, const Attempt *asked, GObject *owner, GmDone func)
{
  Attempt *input = g_new0 (Attempt, 1);

  input->words = asked->words != NULL ? gm_secret_ref (asked->words) : NULL;
  input->password = gm_secret_ref (asked->password);
  input->next = asked->next != NULL ? gm_secret_ref (asked->next) : NULL;
  gm_account_run (self, &(GmAccountCall){ .work = try_password,
                                          .input = input,
                                          .free_input = attempt_free,
                                          .owner = owner,
                                          .done = func });
}

void
gm_account_create (GmAccount *self,
                   GmSecret *words,
                   GmSecret *password,
                   GObject *owner,
                   GmDone func)
{
  attempt (self, &(Attempt){ .words = words, .password = password }, owner, func);
}

void
gm_account_unlock (GmAccount *self, GmSecret *password, GObject *owner, GmDone func)
{
  attempt (self, &(Attempt){ .password = password }, owner, func);
}

void
gm_account_change_password (GmAccount *self,
                            GmSecret *from,
                            GmSecret *to,
                            GObject *owner,
                            GmDone func)
{
  attempt (self, &(Attempt){ .password = from, .next = to }, owner, func);
}

void
gm_account_lock (GmAccount *self)
{
  gm_vault_lock (self->vault);
  update (self);
}

gboolean
gm_account_has_wallet (GmAccount *self)
{
  return gm_vault_state (self->vault) != GM_VAULT_ABSENT;
}

gboolean
gm_account_is_locked (GmAccount *self)
{
  return gm_vault_state (self->vault) != GM_VAULT_UNLOCKED;
}

const char *
gm_account_get_address (GmAccount *self)
{
  return self->address;
}

GmSecret *
gm_account_make_words (guint n_words, GError **error)
{
  return gm_words_new (n_words, error);
}

GmSecret *
gm_account_parse_words (GmSecret *typed, GError **error)
{
  return gm_words_parse (typed, error);
}

char *
gm_account_dup_word (GmSecret *words, guint index)
{
  const char *text = (const char *) gm_secret_open (words);
  const char *end = text + gm_secret_length (words);
  char *word = NULL;

  for (const char *at = text; at < end && word == NULL; index--)
    {
      const char *space = memchr (at, ' ', (gsize) (end - at));

      if (space == NULL)
        space = end;
      if (index == 0)
        word = g_strndup (at, (gsize) (space - at));
      at = space + 1;
    }
  gm_secret_close (words);
  return word;
}

GmSigner *
gm_account_signer_new (GmAccount *self, const GmAddress *account, GError **error)
{
  guint index = 0;

  if (account != NULL && !gm_account_find (self, account, &index))
    return gm_fail_null (error, GM_ERROR_NOT_FOUND, "the wallet has no such account");
  return gm_vault_signer_new (self->vault, index, error);
}

void
gm_account_signer_free (GmSigner *signer)
{
  gm_vault_signer_free (signer);
}

gboolean
gm_account_dup_main (GmAccount *self, GmAddress *address)
{
  return gm_vault_state (self->vault) != GM_VAULT_ABSENT &&
         gm_vault_account (self->vault, 0, address, NULL);
}

gboolean
gm_account_find (GmAccount *self, const GmAddress *account, guint *index)
{
  GmAddress found;

  if (gm_vault_state (self->vault) == GM_VAULT_ABSENT)
    return FALSE;
  for (guint i = 0; gm_vault_account (self->vault, i, &found, NULL); i++)
    if (gm_address_equal (&found, account))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

GmVault *
gm_account_get_vault (GmAccount *self)
{
  return self->vault;
}

const char *
gm_account_get_folder (GmAccount *self)
{
  return self->folder;
}

static void
finalize (GObject *object)
{
  GmAccount *self = GM_ACCOUNT (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  gm_relay_clear (&self->askers);
  g_clear_pointer (&self->vault, gm_vault_unref);
  g_free (self->folder);
  g_free (self->address);
  g_free (self->short_address);
  G_OBJECT_CLASS (gm_account_parent_class)->finalize (object);
}

static void
gm_account_class_init (GmAccountClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_HAS_WALLET] = g_param_spec_boolean ("has-wallet", NULL, NULL, FALSE, flags);
  properties[PROP_LOCKED] = g_param_spec_boolean ("locked", NULL, NULL, TRUE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_SHORT_ADDRESS] = g_param_spec_string ("short-address", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
  unlocked_signal = g_signal_new ("unlocked", GM_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  changed_signal = g_signal_new ("changed", GM_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
gm_account_init (GmAccount *self)
{
  g_queue_init (&self->askers);
}

GmAccount *
gm_account_new (GmWorker *vault, const char *path, GError **error)
{
  g_autoptr (GmVault) opened = gm_vault_new (path, error);
  GmAccount *self;

  if (opened == NULL)
    return NULL;

  self = g_object_new (GM_TYPE_ACCOUNT, NULL);
  self->worker = vault;
  self->vault = g_steal_pointer (&opened);
  self->folder = g_path_get_dirname (path);
  self->state = gm_vault_state (self->vault);
  update_address (self);
  self->timer = g_timeout_add_seconds (LOOK_S, on_look, self);
  return self;
}
