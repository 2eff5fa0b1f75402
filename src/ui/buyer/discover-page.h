/* discover-page.h - the catalog to search, filter, hear and dig through.
 *
 * What is asked for is the session's catalog itself, so it is still there when one comes back; so
 * is the place in the list. Properties: "list-mode" (b), "audition" (b), "sort" (s: newest,
 * relevance, title, bpm, price).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_PAGE (gm_discover_page_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverPage, gm_discover_page, GM, DISCOVER_PAGE, AdwBin)

GtkWidget *gm_discover_page_new (GmSession *session);

/* Typing anywhere lands here: @text goes behind what is there, the search field has the focus. */
void gm_discover_page_search (GmDiscoverPage *self, const char *text);

G_END_DECLS
