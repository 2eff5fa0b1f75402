/* store-gate.h - a page that needs a store: until one is open, what leads to that.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_STORE_GATE (gm_store_gate_get_type ())
G_DECLARE_FINAL_TYPE (GmStoreGate, gm_store_gate, GM, STORE_GATE, GtkWidget)

/* Shows @page while a store is open. */
GtkWidget *gm_store_gate_new (GmSession *session, GtkWidget *page);

GtkWidget *gm_store_gate_get_page (GmStoreGate *self); /* (nullable) while no store is open */

G_END_DECLS
