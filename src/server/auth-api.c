/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "server/auth.h"
#include "server/routes.h"
#include "server/service.h"
#include "web/problem.h"

/* { nonce, time, chainId, expiresIn }: what goes into the text to sign, with the origin the
 * application itself connected to. */
GmReply *
gm_auth_api_nonce (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autofree char *nonce = gm_auth_new_nonce (service->database, error);
  g_autofree char *now = gm_clock_format_iso (gm_clock_now_ms ());
  JsonObject *object;

  if (nonce == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "nonce", nonce);
  json_object_set_string_member (object, "time", now);
  json_object_set_int_member (object, "chainId", (gint64) gm_service_chain_id (service));
  json_object_set_int_member (object, "expiresIn", GM_AUTH_NONCE_SECONDS);
  return gm_reply_object (200, object);
}

static JsonObject *
describe (const char *address, GmRoles roles)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "address", address);
  json_object_set_array_member (object, "roles", gm_auth_role_names (roles));
  return object;
}

/* { message, signature } to { token, expiresAt, address, roles }. */
GmReply *
gm_auth_api_verify (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  GmService *service = gm_service_of (request);
  g_autoptr (JsonObject) body = gm_request_json (request, error);
  const char *message = body != NULL ? gm_json_text (body, "message", error) : NULL;
  const char *hex = message != NULL ? gm_json_text (body, "signature", error) : NULL;
  g_autoptr (GmAuthSession) session = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *expires = NULL;
  GmSignature signature;
  JsonObject *object;

  if (hex == NULL || !gm_signature_parse (hex, &signature, error))
    return NULL;
  session = gm_auth_sign_in (
      service->database,
      &(GmAuthRules){ .origins = (const char *const *) service->origins,
                      .chain_id = (gint64) gm_service_chain_id (service),
                      .first_is_admin = service->config->demo &&
                                        gm_server_config_is_loopback (service->config) },
      message, &signature, &problem);
  if (session == NULL && gm_error_is (problem, GM_ERROR_DENIED))
    return gm_problem_new (401, "%s", problem->message);
  if (session == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  object = describe (session->address, session->roles);
  expires = gm_clock_format_iso (session->expires_at * 1000);
  json_object_set_string_member (object, "token", session->token);
  json_object_set_string_member (object, "expiresAt", expires);
  return gm_reply_object (200, object);
}

GmReply *
gm_auth_api_session (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  return gm_reply_object (200, describe (request->principal.address, request->principal.roles));
}

GmReply *
gm_auth_api_logout (const GmRequest *request, GCancellable *cancellable, GError **error)
{
  const char *authorization = gm_request_header (request, "authorization");

  if (!gm_auth_sign_out (gm_service_of (request)->database, authorization + strlen ("Bearer "),
                         error))
    return NULL;
  return gm_reply_new (204);
}
