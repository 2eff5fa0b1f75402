/* receive-view.h - where money is sent to: the address as a QR code and in groups to be compared.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_RECEIVE_VIEW (gm_receive_view_get_type ())
G_DECLARE_FINAL_TYPE (GmReceiveView, gm_receive_view, GM, RECEIVE_VIEW, GtkWidget)

GtkWidget *gm_receive_view_new (GmSession *session);
/* The same in a dialog, for gm_compat_dialog_present(). */
GtkWidget *gm_receive_dialog_new (GmSession *session);

G_END_DECLS
