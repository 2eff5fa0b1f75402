/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/buy-dialog.h"

#include <glib/gi18n-lib.h>

#include "ui/buyer/buy-view.h"
#include "ui/common/compat.h"

#define WIDTH  460
#define HEIGHT 540

GtkWidget *
gm_buy_dialog_new (GmSession *session, GmBuyJob *job)
{
  return gm_compat_dialog_new (gm_buy_view_new (session, job), _ ("Buy"), WIDTH, HEIGHT);
}
