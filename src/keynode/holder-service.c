/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "keynode/holder-service.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "chain/deployment.h"
#include "keynode/revocation-source.h"
#include "keynode/share-release.h"
#include "licenses/wire.h"
#include "vault/credential.h"
#include "web/web-server.h"

#define SHARES_PER_MINUTE 240 /* of one client: a whole library at once takes a few minutes */

struct _GmHolderService
{
  GmPolicy *policy;
  GmHttp *http;
  GmDeployment *deployment; /* (nullable) */
  GmRevocationSource *revocations;
  GmShareHolder holder;
  GmWebServer *web;
};

static JsonObject *
describe_chain (const GmDeployment *deployment)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "chainId", (gint64) deployment->network.chain_id);
  gm_wire_set_address (object, "marketplace", &deployment->marketplace);
  gm_wire_set_address (object, "issuer", &deployment->issuer);
  return object;
}

static GmReply *
get_status (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  const GmHolderService *self = request->context;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "v", 1);
  json_object_set_string_member (object, "holderId", self->policy->holder_id);
  gm_wire_set_hash (object, "hpkeKey", &self->holder.hpke_public);
  gm_wire_set_hash (object, "signKey", &self->holder.sign_public);
  gm_wire_set_hash (object, "policyHash", &self->policy->hash);
  json_object_set_int_member (object, "time", gm_clock_now_unix ());
  if (self->deployment != NULL)
    json_object_set_object_member (object, "chain", describe_chain (self->deployment));
  return gm_reply_object (200, object);
}

static GmKeyAnswer *
release (const GmHolderService *self, const GmKeyAsk *ask, GError **error)
{
  gint64 now_unix = gm_clock_now_unix ();
  const GmServed *served = gm_policy_find (self->policy, ask->envelope->condition, error);
  g_autoptr (GmRevocationList) list = NULL;

  if (served == NULL || !gm_share_release_check_signed (ask, now_unix, error))
    return NULL;
  if (served->revocations != NULL)
    {
      list = gm_revocation_source_fetch (self->revocations, served->revocations, now_unix, error);
      if (list == NULL)
        return NULL;
    }
  return gm_share_release (&self->holder, ask, list, now_unix, error);
}

static GmReply *
post_share (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  const GmHolderService *self = request->context;
  g_autoptr (GmKeyAsk) ask = NULL;
  g_autoptr (GmKeyAnswer) answer = NULL;

  if (request->body == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a key request is expected");

  ask = gm_key_ask_parse (request->body, error);
  answer = ask != NULL ? release (self, ask, error) : NULL;
  if (answer == NULL)
    return NULL;

  return gm_reply_object (200, gm_key_answer_to_json (answer));
}

static const GmRoute routes[] = {
  { .method = "GET", .path = "/status", .roles = GM_ROLE_ANYONE, .handler = get_status },
  { .method = "POST",
    .path = "/v1/share",
    .roles = GM_ROLE_ANYONE,
    .handler = post_share,
    .max_body = GM_KEY_REQUEST_MAX_BYTES,
    .per_minute = SHARES_PER_MINUTE },
};

static gboolean
load_keys (GmHolderService *self, GError **error)
{
  const GmPolicy *policy = self->policy;

  self->holder.policy = policy;
  self->holder.nonces = gm_nonce_window_new ();
  self->holder.hpke_key = gm_credential_load (policy->credentials, policy->hpke_credential, error);
  if (self->holder.hpke_key == NULL)
    return FALSE;

  self->holder.sign_seed = gm_credential_load (policy->credentials, policy->sign_credential, error);
  return self->holder.sign_seed != NULL && gm_share_holder_init (&self->holder, error);
}

static gboolean
find_contracts (GmHolderService *self, GError **error)
{
  g_autoptr (GmChain) chain = NULL;

  if (self->policy->chain == NULL)
    return TRUE;
  self->deployment = gm_deployment_load (self->policy->chain, error);
  if (self->deployment == NULL)
    return FALSE;
  chain = gm_deployment_open (self->deployment, self->http);
  if (!gm_deployment_check (self->deployment, chain, NULL, error))
    return FALSE;
  gm_log (GM_LOG_INFO, "contracts", "CHAIN", self->deployment->network.name, NULL);
  return TRUE;
}

GmHolderService *
gm_holder_service_start (GmPolicy *policy, GError **error)
{
  g_autoptr (GmHolderService) self = g_new0 (GmHolderService, 1);

  self->policy = policy;
  self->http = gm_http_new ("gotmusic-keynode/" GM_VERSION);
  self->revocations = gm_revocation_source_new (self->http);
  if (!load_keys (self, error) || !find_contracts (self, error))
    return NULL;

  self->web = gm_web_server_start (&(GmWebConfig){ .address = policy->address,
                                                   .port = policy->port,
                                                   .routes = routes,
                                                   .n_routes = G_N_ELEMENTS (routes),
                                                   .context = self },
                                   error);
  if (self->web == NULL)
    return NULL;

  gm_log (GM_LOG_INFO, "holder serves", "HOLDER", policy->holder_id, NULL);
  return g_steal_pointer (&self);
}

guint16
gm_holder_service_port (GmHolderService *self)
{
  return gm_web_server_port (self->web);
}

void
gm_holder_service_stop (GmHolderService *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->web, gm_web_server_stop);
  g_clear_pointer (&self->revocations, gm_revocation_source_free);
  g_clear_pointer (&self->http, gm_http_free);
  g_clear_pointer (&self->deployment, gm_deployment_free);
  g_clear_pointer (&self->holder.nonces, gm_nonce_window_free);
  g_clear_pointer (&self->holder.hpke_key, gm_secret_unref);
  g_clear_pointer (&self->holder.sign_seed, gm_secret_unref);
  gm_policy_free (self->policy);
  g_free (self);
}
