/* unlock-form.h - asks the wallet's password, inside a dialog or a page.
 *
 * Where the keyring may open the wallet it is asked first, when the form comes to the screen; what
 * it says then, the password opens it all the same.
 *
 * Properties: "account" (GmAccount, set once), "reason" (s: why it is asked, may be NULL). Signal
 * "unlocked": the wallet is open now. A wrong password keeps the form and says so.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/account.h"

G_BEGIN_DECLS

#define GM_TYPE_UNLOCK_FORM (gm_unlock_form_get_type ())
G_DECLARE_FINAL_TYPE (GmUnlockForm, gm_unlock_form, GM, UNLOCK_FORM, GtkWidget)

GtkWidget *gm_unlock_form_new (GmAccount *account, const char *reason);
void gm_unlock_form_set_account (GmUnlockForm *self, GmAccount *account);

G_END_DECLS
