/* audit-list.h - who changed an asset, when, and what: newest first.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/audit-model.h"

G_BEGIN_DECLS

/* A section that loads when it is unfolded. @id is the store's row. */
GtkWidget *gm_audit_list_new (GmSession *session, const char *id);

G_END_DECLS
