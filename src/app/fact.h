/* fact.h - a name and a value that a person can read and copy: what an order or a license says.
 *
 * Read-only properties: "label" (s), "value" (s), "is-code" (b: an address, a hash: to be copied).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "licenses/license.h"

G_BEGIN_DECLS

#define GM_TYPE_FACT (gm_fact_get_type ())
G_DECLARE_FINAL_TYPE (GmFact, gm_fact, GM, FACT, GObject)

GmFact *gm_fact_new (const char *label, const char *value, gboolean is_code);
const char *gm_fact_get_label (GmFact *self);
const char *gm_fact_get_value (GmFact *self);

/* A list of GmFact, owned by the caller. */
GListModel *gm_fact_list_of_license (const GmLicense *license);

G_END_DECLS
