/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/create-wallet-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/create-wallet.h"
#include "ui/common/compat.h"

#define WIDTH  460
#define HEIGHT 540

GtkWidget *
gm_create_wallet_dialog_new (GmSession *session)
{
  return gm_compat_dialog_new (gm_create_wallet_new (gm_session_get_account (session)),
                               _ ("Wallet"), WIDTH, HEIGHT);
}
