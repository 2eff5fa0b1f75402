/* audit-model.h - who changed an asset, when, and what, newest first.
 *
 * A GListModel of GmAuditItem: "actor" (s), "operation" (s), "created-at" (x, ms), "changed" (s:
 * names of the changed fields), "before" and "after" (s or NULL: JSON). Properties of the model:
 * "loading" (b), "error" (GError boxed or NULL).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

#define GM_TYPE_AUDIT_ITEM (gm_audit_item_get_type ())
G_DECLARE_FINAL_TYPE (GmAuditItem, gm_audit_item, GM, AUDIT_ITEM, GObject)

#define GM_TYPE_AUDIT_MODEL (gm_audit_model_get_type ())
G_DECLARE_FINAL_TYPE (GmAuditModel, gm_audit_model, GM, AUDIT_MODEL, GObject)

/* @id is the store's row. Loads at once. */
GmAuditModel *gm_audit_model_new (GmSession *session, const char *id);
void gm_audit_model_refresh (GmAuditModel *self);

G_END_DECLS
