/* store-page.h - which store? Its address, then its fingerprint to compare, then it is pinned.
 *
 * Also starts the demo store of this machine, where its program is installed. Signal "added": the
 * session opens another store now.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_STORE_PAGE (gm_store_page_get_type ())
G_DECLARE_FINAL_TYPE (GmStorePage, gm_store_page, GM, STORE_PAGE, GtkWidget)

GtkWidget *gm_store_page_new (GmSession *session);

/* Types the address in and asks it. */
void gm_store_page_offer (GmStorePage *self, const char *url);

G_END_DECLS
