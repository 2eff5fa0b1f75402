/* send-form.h - sending money: to whom, what, how much; then the fee, and a last look.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_SEND_FORM (gm_send_form_get_type ())
G_DECLARE_FINAL_TYPE (GmSendForm, gm_send_form, GM, SEND_FORM, GtkWidget)

GtkWidget *gm_send_form_new (GmSession *session);
/* The same in a dialog, for gm_compat_dialog_present(). */
GtkWidget *gm_send_dialog_new (GmSession *session);

G_END_DECLS
