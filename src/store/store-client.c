/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-client.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "evm/signable.h"
#include "evm/siwe.h"
#include "licenses/wire.h"
#include "net/http-words.h"

#define MAX_NONCE  128
#define SIGN_IN_MS (24 * 3600 * 1000) /* as long as a session lasts there */
#define SIGN_OUT_S 10                 /* without a byte: somebody waits to be told */

struct _GmStoreClient
{
  gatomicrefcount references;
  GmHttp *http; /* borrowed */
  char *origin;
  char *domain; /* host and port of the origin */
  GMutex mutex;
  char *token; /* (nullable), under the mutex */
};

static gboolean
is_loopback (const char *host)
{
  return strcmp (host, "127.0.0.1") == 0 || strcmp (host, "::1") == 0 ||
         strcmp (host, "localhost") == 0;
}

/* Exactly scheme://host or scheme://host:port. */
static GUri *
parse_origin (const char *origin, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || *g_uri_get_path (uri) != '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%.100s” is no address of a store", origin);
  if (strcmp (g_uri_get_scheme (uri), "https") != 0 &&
      (strcmp (g_uri_get_scheme (uri), "http") != 0 || !is_loopback (host)))
    return gm_fail_null (error, GM_ERROR_BAD_DATA,
                         "a store is reached by https; http is for this computer only");

  return g_steal_pointer (&uri);
}

GmStoreClient *
gm_store_client_new (GmHttp *http, const char *origin, GError **error)
{
  g_autoptr (GUri) uri = parse_origin (origin, error);
  GmStoreClient *self;

  if (uri == NULL)
    return NULL;

  self = g_new0 (GmStoreClient, 1);
  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->http = http;
  self->origin = g_strdup (origin);
  self->domain = g_strdup (strstr (origin, "://") + 3);
  return self;
}

GmStoreClient *
gm_store_client_ref (GmStoreClient *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gm_store_client_unref (GmStoreClient *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->origin);
  g_free (self->domain);
  g_free (self->token);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
gm_store_client_origin (GmStoreClient *self)
{
  return self->origin;
}

GmHttp *
gm_store_client_http (GmStoreClient *self)
{
  return self->http;
}

static void
set_token (GmStoreClient *self, const char *token)
{
  g_mutex_lock (&self->mutex);
  g_free (self->token);
  self->token = g_strdup (token);
  g_mutex_unlock (&self->mutex);
}

char *
gm_store_client_take_token (GmStoreClient *self)
{
  char *token;

  g_mutex_lock (&self->mutex);
  token = g_steal_pointer (&self->token);
  g_mutex_unlock (&self->mutex);
  return token;
}

char *
gm_store_client_dup_token (GmStoreClient *self)
{
  char *token;

  g_mutex_lock (&self->mutex);
  token = g_strdup (self->token);
  g_mutex_unlock (&self->mutex);
  return token;
}

JsonObject *
gm_store_client_get (GmStoreClient *self,
                     const char *path,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autofree char *url = g_strconcat (self->origin, path, NULL);
  g_autofree char *token = gm_store_client_dup_token (self);
  const GmHttpAsk ask = { .url = url, .token = token };

  return gm_http_send_json (self->http, &ask, cancellable, error);
}

JsonObject *
gm_store_client_send_with (GmStoreClient *self,
                           const char *method,
                           const char *path,
                           const char *const *headers,
                           JsonObject *body,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autofree char *url = g_strconcat (self->origin, path, NULL);
  g_autofree char *token = gm_store_client_dup_token (self);
  g_autoptr (GBytes) text = gm_wire_encode (body, NULL);
  const GmHttpAsk ask = { .method = method,
                          .url = url,
                          .token = token,
                          .headers = headers,
                          .content_type = "application/json",
                          .body = text };

  return gm_http_send_json (self->http, &ask, cancellable, error);
}

JsonObject *
gm_store_client_send (GmStoreClient *self,
                      const char *method,
                      const char *path,
                      const char *key,
                      JsonObject *body,
                      GCancellable *cancellable,
                      GError **error)
{
  const char *const headers[] = { "Idempotency-Key", key, NULL };

  return gm_store_client_send_with (self, method, path, key != NULL ? headers : NULL, body,
                                    cancellable, error);
}

GmDescriptor *
gm_store_client_descriptor (GmStoreClient *self,
                            const GmAddress *pinned,
                            GBytes **json,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *url = g_strconcat (self->origin, "/api/store", NULL);
  const GmHttpAsk ask = { .url = url, .max_bytes = GM_DESCRIPTOR_MAX_BYTES };
  g_autoptr (JsonObject) object = gm_http_send_json (self->http, &ask, cancellable, error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GmDescriptor *descriptor;

  if (object == NULL)
    return NULL;

  node = gm_json_node_take (g_steal_pointer (&object));
  text = gm_json_canonical (node, error);
  if (text == NULL)
    return NULL;

  bytes = g_bytes_new (text, strlen (text));
  descriptor = gm_descriptor_parse (bytes, pinned, error);
  if (descriptor != NULL && json != NULL)
    *json = g_steal_pointer (&bytes);
  return descriptor;
}

/* What the store gave goes into single fields; gm_siwe_compose() refuses what would add a line. */
static char *
compose_text (GmStoreClient *self,
              JsonObject *challenge,
              guint64 chain_id,
              const GmAddress *address,
              GError **error)
{
  g_autofree char *nonce = gm_wire_dup_text (challenge, "nonce", MAX_NONCE, error);
  g_autofree char *time = nonce != NULL ? gm_wire_dup_text (challenge, "time", MAX_NONCE, error)
                                        : NULL;
  g_autofree char *expires = NULL;
  gint64 time_ms;
  GmSiwe siwe = { .domain = self->domain,
                  .address = *address,
                  .statement = (char *) "Sign in to this store.",
                  .uri = self->origin,
                  .chain_id = (gint64) chain_id,
                  .nonce = nonce,
                  .issued_at = time };

  if (time == NULL || !gm_clock_parse_iso (time, &time_ms, error))
    return NULL;
  expires = gm_clock_format_iso (time_ms + SIGN_IN_MS);
  siwe.expires_at = expires;
  return gm_siwe_compose (&siwe, error);
}

static char **
read_roles (JsonObject *session, GError **error)
{
  JsonArray *roles = gm_json_array (session, "roles", error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (roles == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (roles); i++)
    {
      JsonNode *node = json_array_get_element (roles, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  return g_strv_builder_end (builder);
}

static JsonObject *
verify (GmStoreClient *self,
        const char *text,
        const GmSigner *signer,
        GCancellable *cancellable,
        GError **error)
{
  JsonObject *body;
  GmSignature signature;

  if (!signer->sign (signer, &(GmSignable){ GM_SIGNABLE_TEXT, .text = text }, &signature, error))
    return NULL;

  body = json_object_new ();
  json_object_set_string_member (body, "message", text);
  gm_wire_set_signature (body, "signature", &signature);
  return gm_store_client_send (self, "POST", "/api/auth/verify", NULL, body, cancellable, error);
}

char **
gm_store_client_sign_in (GmStoreClient *self,
                         guint64 chain_id,
                         const GmSigner *signer,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (JsonObject) challenge = NULL;
  g_autoptr (JsonObject) session = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) roles = NULL;
  const char *token;

  set_token (self, NULL);
  challenge = gm_store_client_get (self, "/api/auth/nonce", cancellable, error);
  text = challenge != NULL ? compose_text (self, challenge, chain_id, &signer->address, error)
                           : NULL;
  session = text != NULL ? verify (self, text, signer, cancellable, error) : NULL;
  token = session != NULL ? gm_json_text (session, "token", error) : NULL;
  roles = token != NULL ? read_roles (session, error) : NULL;
  if (roles == NULL)
    {
      g_prefix_error (error, "sign in to %s: ", self->origin);
      return NULL;
    }

  set_token (self, token);
  return g_steal_pointer (&roles);
}

gboolean
gm_store_client_sign_out (GmStoreClient *self,
                          const char *token,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *url = g_strconcat (self->origin, "/api/auth/logout", NULL);
  const GmHttpAsk ask = { .method = "POST", .url = url, .token = token, .timeout_s = SIGN_OUT_S };
  g_autoptr (GmHttpAnswer) answer = gm_http_send (self->http, &ask, cancellable, error);

  if (answer == NULL)
    return FALSE;
  if ((answer->status >= 200 && answer->status <= 299) || answer->status == 401)
    return TRUE;
  gm_http_words_set_error (error, url, answer);
  return FALSE;
}
