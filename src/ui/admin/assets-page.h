/* assets-page.h - every asset of the store as a table to search, filter and edit.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_ASSETS_PAGE (gm_assets_page_get_type ())
G_DECLARE_FINAL_TYPE (GmAssetsPage, gm_assets_page, GM, ASSETS_PAGE, AdwBin)

GtkWidget *gm_assets_page_new (GmSession *session);

/* Typing anywhere lands in the search field. */
void gm_assets_page_search (GmAssetsPage *self, const char *text);

G_END_DECLS
