/* buy-dialog.h - checkout in a dialog: buy-view.h.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "app/buy-job.h"

G_BEGIN_DECLS

/* For gm_compat_dialog_present(). */
GtkWidget *gm_buy_dialog_new (GmSession *session, GmBuyJob *job);

G_END_DECLS
