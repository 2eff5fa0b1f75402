/* page-pile.h - pages above each other, and the way back.
 *
 * Properties: "title" (s, of the top page), "deep" (b: there is a way back). The bottom page stays.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GM_TYPE_PAGE_PILE (gm_page_pile_get_type ())
G_DECLARE_FINAL_TYPE (GmPagePile, gm_page_pile, GM, PAGE_PILE, GtkWidget)

GtkWidget *gm_page_pile_new (GtkWidget *bottom);
void gm_page_pile_set_bottom_title (GmPagePile *self, const char *title);
void gm_page_pile_push (GmPagePile *self, GtkWidget *page, const char *title);
gboolean gm_page_pile_pop (GmPagePile *self);
void gm_page_pile_clear (GmPagePile *self); /* down to the bottom */
GtkWidget *gm_page_pile_get_top (GmPagePile *self);

G_END_DECLS
