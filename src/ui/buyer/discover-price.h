/* discover-price.h - how much it may cost, to filter by.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ui/buyer/discover-query.h"

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_PRICE (gm_discover_price_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverPrice, gm_discover_price, GM, DISCOVER_PRICE, GtkWidget)

GtkWidget *gm_discover_price_new (GmDiscoverQuery *query);

/* "Free", "up to 20.00 USDC"; NULL: any */
char *gm_discover_price_dup_word (const GmSearch *search);

G_END_DECLS
