/* license-dialog.h - a license in a dialog: license-view.h.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/session.h"

G_BEGIN_DECLS

/* For gm_compat_dialog_present(). */
GtkWidget *gm_license_dialog_new (GmSession *session, const char *order_id);

G_END_DECLS
