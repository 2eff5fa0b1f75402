/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/clock.h"
#include "base/error.h"
#include "licenses/license-receipt.h"
#include "server/publication-row.h"
#include "server/revoker.h"
#include "server/routes.h"
#include "store/descriptor.h"

/* The signed descriptor (store/descriptor.h). */
GmReply *
gm_store_api_get (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  const char *gateways[] = { gm_service_origin (service), NULL };
  g_autoptr (GBytes) json = NULL;
  GmDescriptor descriptor = { .api_version = GM_DESCRIPTOR_API_VERSION,
                              .name = service->name,
                              .owner = service->owner->address,
                              .issued_at = service->started_at,
                              .chain_id = gm_service_chain_id (service),
                              .issuer = service->issuer->address,
                              .eas_version = (char *) GM_ATTESTATION_EAS_VERSION,
                              .threshold = service->threshold,
                              .holders = service->holders,
                              .recovery_key = service->recovery_key,
                              .gateways = (char **) gateways };

  gm_license_receipt_schema_uid (&descriptor.license_schema);
  if (service->deployment != NULL)
    {
      descriptor.marketplace = service->deployment->marketplace;
      descriptor.issuer = service->deployment->issuer;
      descriptor.license_schema = service->deployment->license_schema;
      descriptor.eas_contract = service->deployment->eas;
      descriptor.eas_version = service->eas_version;
    }
  json = gm_descriptor_sign (&descriptor, service->owner, error);
  return json != NULL ? gm_reply_bytes (200, "application/json", json) : NULL;
}

/* The text that licenseHash is the SHA-256 of. */
GmReply *
gm_store_api_terms (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmHash hash;
  g_autoptr (GBytes) text = gm_publication_row_terms (&hash);
  g_autofree char *hex = gm_hash_dup_hex (&hash);
  GmReply *reply = gm_reply_bytes (200, "text/plain; charset=utf-8", text);

  gm_reply_set_etag (reply, "%s", hex);
  return reply;
}

GmReply *
gm_store_api_revocations (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autofree char *path = gm_revoker_dup_path (service);

  if (!gm_revoker_renew (service, FALSE, error))
    return NULL;
  return gm_reply_file (path, "application/json", error);
}
