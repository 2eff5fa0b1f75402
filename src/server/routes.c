/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/routes.h"

#include "server/upload.h"

#define PUBLIC    GM_ROLE_ANYONE
#define SIGNED_IN GM_ROLE_SIGNED_IN
#define EDITORS   (GM_ROLE_PRODUCER | GM_ROLE_ADMIN)
#define INSIDE    (GM_ROLE_PRODUCER | GM_ROLE_ADMIN | GM_ROLE_AUDITOR)

/* Bodies and answers are described where each handler is. */
static const GmRoute routes[] = {
  { "GET", "/api/assets", PUBLIC, gm_assets_api_list },
  { "POST", "/api/assets", EDITORS, gm_assets_api_create, .per_minute = 240 },
  { "GET", "/api/assets/:id", PUBLIC, gm_assets_api_get },
  { "PATCH", "/api/assets/:id", EDITORS, gm_assets_api_patch, .per_minute = 240 },
  { "DELETE", "/api/assets/:id", EDITORS, gm_assets_api_delete, .per_minute = 240 },
  { "GET", "/api/assets/:id/audit", INSIDE, gm_assets_api_audit },

  { "GET", "/api/assets/:id/download", SIGNED_IN, gm_licenses_api_download, .per_minute = 600 },

  { "GET", "/api/auth/nonce", PUBLIC, gm_auth_api_nonce, .per_minute = 60 },
  { "POST", "/api/auth/verify", PUBLIC, gm_auth_api_verify, .per_minute = 60 },
  { "GET", "/api/auth/session", SIGNED_IN, gm_auth_api_session },
  { "POST", "/api/auth/logout", SIGNED_IN, gm_auth_api_logout, GM_ROUTE_BODY_ANY },

  { "GET", "/api/changes", PUBLIC, gm_changes_api_list },
  { "GET", "/api/snapshot", PUBLIC, gm_changes_api_snapshot },

  { "GET", "/api/store", PUBLIC, gm_store_api_get },
  { "GET", "/api/terms", PUBLIC, gm_store_api_terms },
  { "GET", "/api/revocations", PUBLIC, gm_store_api_revocations },

  { "GET", "/api/orders", SIGNED_IN, gm_orders_api_list },
  { "POST", "/api/orders", SIGNED_IN, gm_orders_api_create, .per_minute = 240 },
  { "GET", "/api/orders/:id", SIGNED_IN, gm_orders_api_get },
  { "PUT", "/api/orders/:id/payment", SIGNED_IN, gm_orders_api_pay, .per_minute = 240 },
  { "GET", "/api/licenses", SIGNED_IN, gm_licenses_api_list },

  { "POST", "/api/upload/sign", EDITORS, gm_upload_api_sign, .per_minute = 240 },
  { "PUT", "/api/upload/put/:token", EDITORS, gm_upload_api_put, GM_ROUTE_BODY_FILE,
    .max_body = GM_UPLOAD_MAX_BYTES },
  { "POST", "/api/upload/notify", EDITORS, gm_upload_api_notify },
  { "POST", "/api/upload/complete", EDITORS, gm_upload_api_complete },
  { "GET", "/api/jobs/:id", EDITORS, gm_upload_api_job },

  { "GET", "/media/:kind/:name", PUBLIC, gm_media_api_get },
  { "GET", "/ipfs/:cid", PUBLIC, gm_ipfs_api_get },

  { "GET", "/api/healthz", PUBLIC, gm_health_api_live, .per_minute = 120 },
  { "GET", "/api/readiness", PUBLIC, gm_health_api_ready },
};

const GmRoute *
gm_routes_get (guint *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}
