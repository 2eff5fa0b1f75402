/* account-core.h - what the rest of app/ does with the vault, in the name of the account.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/account.h"
#include "vault/vault.h"

G_BEGIN_DECLS

/* On the vault's thread; see GmWork. */
typedef gpointer (*GmAccountWork) (GmVault *vault,
                                   gpointer input,
                                   GCancellable *cancellable,
                                   GError **error);

typedef struct
{
  GmAccountWork work;
  gpointer input; /* taken */
  GDestroyNotify free_input;
  GDestroyNotify free_result;
  GObject *owner; /* who asks: when it goes, the work is done all the same and nobody is told */
  GmDone done;
} GmAccountCall;

/* What the work did to the vault is known to the account when @done is called. The cancellable
 * belongs to the call. */
GCancellable *gm_account_run (GmAccount *self, const GmAccountCall *call);

/* Where in the vault it is; FALSE: it is not. */
gboolean gm_account_find (GmAccount *self, const GmAddress *account, guint *index);

GmVault *gm_account_get_vault (GmAccount *self);
const char *gm_account_get_folder (GmAccount *self); /* of the keystore: its name in a keyring */

G_END_DECLS
