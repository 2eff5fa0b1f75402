/* license-view.h - what is owned and the receipt for it: facts to copy, and the license's text.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_LICENSE_VIEW (gm_license_view_get_type ())
G_DECLARE_FINAL_TYPE (GmLicenseView, gm_license_view, GM, LICENSE_VIEW, GtkWidget)

GtkWidget *gm_license_view_new (GmSession *session, const char *order_id);

G_END_DECLS
