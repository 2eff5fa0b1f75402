/* discover-row.h - one asset in the dense list: as many columns as there is room for.
 *
 *   wide     ▣  Title            Artist          Genre   120 BPM  A minor  3:45  ▂▅▇▅   12.00 USDC
 *   narrow   ▣  Title                                                               12.00 USDC
 *               Artist · 120 BPM · A minor
 *
 * Laid out by hand, so that the columns of all rows stand under each other; bound and drawn by
 * hand, because a list keeps two hundred.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"
#include "ui/buyer/discover-parts.h"

G_BEGIN_DECLS

#define GM_TYPE_DISCOVER_ROW (gm_discover_row_get_type ())
G_DECLARE_FINAL_TYPE (GmDiscoverRow, gm_discover_row, GM, DISCOVER_ROW, GtkWidget)

GtkWidget *gm_discover_row_new (GmSession *session); /* @session may be NULL: no pictures */

GmDiscoverParts *gm_discover_row_get_parts (GmDiscoverRow *self);

G_END_DECLS
