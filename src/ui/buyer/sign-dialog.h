/* sign-dialog.h - what a signature would do, and the only button that makes one.
 *
 * Shows a GmReview: its sentence, dangers, facts, what trying it out gave, and everything that is
 * signed. A danger has to be understood first; what needs the password (see signing-rules.h) is
 * signed when it was right. Going away in any other way than by “Sign” declines.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/signing-desk.h"

G_BEGIN_DECLS

#define GM_TYPE_SIGN_DIALOG (gm_sign_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GmSignDialog, gm_sign_dialog, GM, SIGN_DIALOG, GtkWidget)

/* What stands in the dialog. */
GtkWidget *gm_sign_dialog_new (GmSigningDesk *desk, GmReview *review);
/* From now on @window shows what @desk asks. */
void gm_sign_dialog_attach (GtkWindow *window, GmSigningDesk *desk);

G_END_DECLS
