/* license-lookup.h - the license of an order from the ledger, for a screen: also offline.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

/* @done gets a GmLicense; NOT_FOUND while there is none. */
void gm_license_lookup (GmSession *session, const char *order_id, GObject *owner, GmDone done);

G_END_DECLS
