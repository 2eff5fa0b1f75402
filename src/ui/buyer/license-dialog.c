/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/license-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/license-view.h"
#include "ui/common/compat.h"

#define WIDTH  520
#define HEIGHT 600

GtkWidget *
gm_license_dialog_new (GmSession *session, const char *order_id)
{
  return gm_compat_dialog_new (gm_license_view_new (session, order_id), _ ("License"), WIDTH,
                                                                           HEIGHT);
}
