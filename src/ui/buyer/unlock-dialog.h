/* unlock-dialog.h - asks the wallet's password; goes away when it was right.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

/* For gm_compat_dialog_present(). @reason (nullable) is a sentence: what it is needed for. */
GtkWidget *gm_unlock_dialog_new (GmSession *session, const char *reason);

G_END_DECLS
