/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/unlock-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/unlock-form.h"
#include "ui/common/compat.h"

#define WIDTH  380
#define HEIGHT 260

GtkWidget *
gm_unlock_dialog_new (GmSession *session, const char *reason)
{
  GtkWidget *form = gm_unlock_form_new (gm_session_get_account (session),
                                        reason != NULL ? reason : _ ("Signing needs your wallet."));

  gtk_widget_set_valign (form, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (form, 24);
  gtk_widget_set_margin_end (form, 24);
  gtk_widget_set_margin_bottom (form, 24);
  g_signal_connect (form, "unlocked", G_CALLBACK (gm_compat_dialog_close), NULL);
  return gm_compat_dialog_new (form, _ ("Unlock Wallet"), WIDTH, HEIGHT);
}
