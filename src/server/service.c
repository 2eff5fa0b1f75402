/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/service.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "chain/eas.h"
#include "crypto/hpke.h"
#include "server/auth.h"
#include "server/routes.h"
#include "vault/credential.h"

#define HOLDERS_MAX_BYTES 65536

static gboolean
open_signer (const char *folder, const char *name, GmSigner **out, GError **error)
{
  g_autoptr (GmSecret) key = gm_credential_ensure (folder, name, error);

  if (key == NULL)
    return FALSE;
  *out = gm_credential_signer_new (key, error);
  return *out != NULL;
}

static gboolean
open_credentials (GmService *self, GError **error)
{
  g_autofree char *folder = gm_server_config_dup_path (self->config, "credentials");
  g_autoptr (GmSecret) recovery = NULL;

  if (!open_signer (folder, "owner.key", &self->owner, error) ||
      !open_signer (folder, "issuer.key", &self->issuer, error))
    return FALSE;
  recovery = gm_credential_ensure (folder, "recovery.key", error);
  return recovery != NULL && gm_hpke_public_key (recovery, &self->recovery_key, error);
}

/* A store of its own has a chain id of its own, so no signature fits another store or a chain. */
static gboolean
ensure_chain_id (GmService *self, GError **error)
{
  g_auto (GmWriter) writer = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;
  GmHash random;

  if (!gm_database_begin (self->database, &writer, error))
    return FALSE;
  text = gm_database_dup_setting (writer.sql, "chain-id", &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (text == NULL)
    {
      gm_hash_random (&random);
      self->chain_id = GM_CONDITION_LOCAL_CHAIN + GUINT32_FROM_BE (*(guint32 *) random.b);
      text = g_strdup_printf ("%" G_GUINT64_FORMAT, self->chain_id);
      if (!gm_database_put_setting (&writer, "chain-id", text, error))
        return FALSE;
    }
  self->chain_id = g_ascii_strtoull (text, NULL, 10);
  return gm_database_commit (&writer, error);
}

static gboolean
read_holder (GmService *self, JsonNode *node, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id;
  const char *url;
  GmHash hpke_key, sign_key;

  if (object == NULL)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a holder is not an object");
  id = gm_json_text (object, "id", error);
  url = id != NULL ? gm_json_text (object, "url", error) : NULL;
  if (url == NULL || !gm_json_hash_member (object, "hpkeKey", &hpke_key, error) ||
      !gm_json_hash_member (object, "signKey", &sign_key, error))
    return FALSE;
  if (!gm_key_holder_id_is_valid (id))
    return gm_fail (error, GM_ERROR_BAD_DATA, "%s is not a holder's id", id);
  g_ptr_array_add (self->holders, gm_key_holder_new (id, url, &hpke_key, &sign_key));
  return TRUE;
}

static gboolean
read_holders (GmService *self, JsonObject *object, GError **error)
{
  JsonArray *list = gm_json_array (object, "holders", error);
  gint64 threshold;

  if (list == NULL || !gm_json_int (object, "threshold", &threshold, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!read_holder (self, json_array_get_element (list, i), error))
      return FALSE;
  if (threshold < 1 || threshold > self->holders->len)
    return gm_fail (error, GM_ERROR_BAD_DATA, "a threshold of %" G_GINT64_FORMAT " of %u holders",
                    threshold, self->holders->len);
  self->threshold = (guint) threshold;
  return TRUE;
}

gboolean
gm_service_load_holders (GmService *self, GError **error)
{
  g_autofree char *path = gm_server_config_dup_path (self->config, "holders.json");
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize length;

  g_ptr_array_set_size (self->holders, 0);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!g_file_get_contents (path, &text, &length, error))
    {
      gm_error_adopt (error);
      return FALSE;
    }
  node = gm_json_parse (text, length, HOLDERS_MAX_BYTES, error);
  if (node != NULL &&
      (JSON_NODE_HOLDS_OBJECT (node) ||
       gm_fail (error, GM_ERROR_BAD_DATA, "it is not an object")) &&
      read_holders (self, json_node_get_object (node), error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

GmService *
gm_service_open (GmServerConfig *config, GError **error)
{
  g_autoptr (GmService) self = g_new0 (GmService, 1);
  g_autofree char *database = gm_server_config_dup_path (config, "store.db");
  g_autofree char *objects = gm_server_config_dup_path (config, "objects");

  self->config = config;
  self->name = g_strdup (config->demo ? "GotMusic demo store" : "GotMusic store");
  self->holders = g_ptr_array_new_with_free_func ((GDestroyNotify) gm_key_holder_free);
  if (!gm_server_config_make_folders (config, error))
    return NULL;
  if (config->chain != NULL)
    {
      self->deployment = gm_deployment_load (config->chain, error);
      if (self->deployment == NULL)
        return NULL;
    }
  self->database = gm_database_open (database, error);
  self->blob = self->database != NULL ? gm_blob_open_directory (objects, error) : NULL;
  if (self->blob == NULL || !open_credentials (self, error) || !ensure_chain_id (self, error) ||
      !gm_service_load_holders (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
gm_service_close (GmService *self)
{
  if (self->database != NULL)
    gm_database_on_change (self->database, NULL, NULL);
  g_clear_pointer (&self->web, gm_web_server_stop);
  g_clear_pointer (&self->database, gm_database_close);
  g_clear_pointer (&self->blob, gm_blob_free);
  g_clear_pointer (&self->owner, gm_credential_signer_free);
  g_clear_pointer (&self->issuer, gm_credential_signer_free);
  g_clear_pointer (&self->holders, g_ptr_array_unref);
  g_clear_pointer (&self->config, gm_server_config_free);
  g_clear_pointer (&self->deployment, gm_deployment_free);
  g_free (self->eas_version);
  g_strfreev (self->origins);
  g_free (self->name);
  g_free (self);
}

static char *
ask_eas_version (GmDeployment *deployment, GmChain *chain, GError **error)
{
  const GmContract eas = { chain, deployment->eas };
  GmBlock block;

  if (!gm_deployment_check (deployment, chain, NULL, error) ||
      !gm_chain_pin (chain, 0, &block, NULL, error))
    return NULL;
  return gm_eas_dup_version (&eas, &block, NULL, error);
}

gboolean
gm_service_check_chain (GmService *self, GError **error)
{
  g_autoptr (GmHttp) http = NULL;
  g_autoptr (GmChain) chain = NULL;

  if (self->deployment == NULL)
    return TRUE;
  http = gm_http_new ("GotMusic-store");
  chain = gm_deployment_open (self->deployment, http);
  self->eas_version = ask_eas_version (self->deployment, chain, error);
  if (self->eas_version == NULL)
    {
      g_prefix_error (error, "%s: ", self->config->chain);
      return FALSE;
    }
  gm_log (GM_LOG_INFO, "contracts", "CHAIN", self->deployment->network.name, "EAS",
          self->eas_version, NULL);
  return TRUE;
}

guint64
gm_service_chain_id (GmService *self)
{
  return self->deployment != NULL ? self->deployment->network.chain_id : self->chain_id;
}

static void
set_origins (GmService *self)
{
  guint port = gm_web_server_port (self->web);
  GStrvBuilder *builder = g_strv_builder_new ();

  if (self->config->origin != NULL)
    g_strv_builder_add (builder, self->config->origin);
  else
    {
      static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autofree char *origin = g_strdup_printf ("http://%s:%u", names[i], port);

          g_strv_builder_add (builder, origin);
        }
    }
  self->origins = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
}

static gboolean
admit (GmRequest *request, GError **error)
{
  GmService *self = request->context;
  const char *authorization = gm_request_header (request, "authorization");

  if (authorization == NULL)
    return TRUE;
  if (g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0)
    return gm_fail (error, GM_ERROR_DENIED, "the Authorization header is not a bearer token");
  return gm_auth_admit (self->database, authorization + 7, &request->principal, error);
}

static void
on_change (gpointer user_data)
{
  GmService *self = user_data;

  gm_web_server_wake (self->web);
  if (self->on_job != NULL)
    self->on_job (self->on_job_data);
}

gboolean
gm_service_start (GmService *self, GError **error)
{
  g_autofree char *spool = gm_server_config_dup_path (self->config, "spool");
  guint n_routes;
  const GmRoute *routes = gm_routes_get (&n_routes);

  self->web = gm_web_server_start (&(GmWebConfig){ .address = self->config->address,
                                                   .port = self->config->port,
                                                   .routes = routes,
                                                   .n_routes = n_routes,
                                                   .admit = admit,
                                                   .context = self,
                                                   .spool = spool },
                                   error);
  if (self->web == NULL)
    return FALSE;
  set_origins (self);
  self->started_at = gm_clock_now_unix ();
  gm_database_on_change (self->database, on_change, self);
  return TRUE;
}

GmService *
gm_service_of (const GmRequest *request)
{
  return request->context;
}

const char *
gm_service_origin (GmService *self)
{
  return self->origins != NULL ? self->origins[0] : "";
}
