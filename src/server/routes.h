/* routes.h - the table of everything the store answers, and who may ask it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "web/route.h"

G_BEGIN_DECLS

const GmRoute *gm_routes_get (guint *n_routes);

/* Handlers, one file per resource: */
GmReply *gm_assets_api_list (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_assets_api_get (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_assets_api_create (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_assets_api_patch (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_assets_api_delete (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_assets_api_audit (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_auth_api_nonce (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_auth_api_verify (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_auth_api_session (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_auth_api_logout (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_changes_api_list (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_changes_api_snapshot (const GmRequest *, GCancellable *, GError **error);
GmReply *gm_health_api_live (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_health_api_ready (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_licenses_api_list (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_licenses_api_download (const GmRequest *, GCancellable *, GError **);
GmReply *gm_orders_api_create (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_orders_api_list (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_orders_api_get (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_orders_api_pay (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_store_api_get (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_store_api_terms (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_store_api_revocations (const GmRequest *, GCancellable *, GError **);
GmReply *gm_upload_api_sign (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_upload_api_put (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_upload_api_notify (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_upload_api_complete (const GmRequest *, GCancellable *, GError **);
GmReply *gm_upload_api_job (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_media_api_get (const GmRequest *request, GCancellable *cancellable, GError **error);
GmReply *gm_ipfs_api_get (const GmRequest *request, GCancellable *cancellable, GError **error);

G_END_DECLS
