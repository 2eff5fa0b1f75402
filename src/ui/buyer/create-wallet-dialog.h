/* create-wallet-dialog.h - makes or restores the wallet, in a dialog.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

GtkWidget *gm_create_wallet_dialog_new (GmSession *session); /* for gm_compat_dialog_present() */

G_END_DECLS
