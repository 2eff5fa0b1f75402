/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/rpc.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "chain/rpc-answer.h"
#include "chain/rpc-value.h"
#include "net/http-words.h"
#include "net/retry.h"

#define TIMEOUT_S     15 /* without a byte; a person waits for it */
#define HTTP_TOO_MANY 429

struct _GmRpc
{
  GmHttp *http;
  char *url;
  char *host;
  guint64 chain_id;
  gint known; /* atomic: it said once that it is on that chain */
};

static const GmRetry plan = { .attempts = 3, .first_ms = 300, .longest_ms = 2000 };

GmRpc *
gm_rpc_new (GmHttp *http, const char *url, guint64 chain_id)
{
  GmRpc *self = g_new0 (GmRpc, 1);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  self->http = http;
  self->url = g_strdup (url);
  self->host = g_strdup (host != NULL ? host : url);
  self->chain_id = chain_id;
  return self;
}

void
gm_rpc_free (GmRpc *self)
{
  if (self == NULL)
    return;

  g_free (self->host);
  g_free (self->url);
  g_free (self);
}

const char *
gm_rpc_get_host (GmRpc *self)
{
  return self->host;
}

void
gm_rpc_calls_clear (GmRpcCall *calls, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_clear_pointer (&calls[i].params, json_array_unref);
      g_clear_pointer (&calls[i].result, json_node_unref);
      g_clear_error (&calls[i].error);
    }
}

static JsonNode *
make_request (const GmRpcCall *call, guint id)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "jsonrpc", "2.0");
  json_object_set_int_member (object, "id", id);
  json_object_set_string_member (object, "method", call->method);
  json_object_set_array_member (
      object, "params", call->params != NULL ? json_array_ref (call->params) : json_array_new ());
  json_node_take_object (node, object);
  return node;
}

static GBytes *
make_body (const GmRpcCall *calls, guint n)
{
  g_autoptr (JsonNode) root = NULL;
  char *text;

  if (n == 1)
    root = make_request (calls, 0);
  else
    {
      JsonArray *array = json_array_sized_new (n);

      for (guint i = 0; i < n; i++)
        json_array_add_element (array, make_request (&calls[i], i));
      root = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (root, array);
    }
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

typedef struct
{
  GmRpc *rpc;
  GBytes *body;
  JsonNode *answer; /* out */
} Exchange;

/* A contract's reason is bytes, and nodes put them into their words: our JSON has no text with NUL
 * in it, so that one becomes U+FFFD. */
static JsonNode *
parse_answer (GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autofree char *text = g_strndup (data != NULL ? data : "", length);

  for (char *at = text; (at = strchr (at, '\\')) != NULL && at[1] != '\0'; at += 2)
    if (g_str_has_prefix (at, "\\u0000"))
      memcpy (at, "\\ufffd", strlen ("\\ufffd"));
  return gm_json_parse (text, length, GM_RPC_MAX_BYTES, NULL);
}

/* Nodes say with 4xx and 5xx what they say in JSON-RPC too; the words are better there. */
static gboolean
exchange_once (gpointer data, GCancellable *cancellable, GError **error)
{
  Exchange *self = data;
  const GmHttpAsk ask = { .method = "POST",
                          .url = self->rpc->url,
                          .content_type = "application/json",
                          .body = self->body,
                          .max_bytes = GM_RPC_MAX_BYTES,
                          .timeout_s = TIMEOUT_S };
  g_autoptr (GmHttpAnswer) answer = gm_http_send (self->rpc->http, &ask, cancellable, error);

  if (answer == NULL)
    return FALSE;
  if (answer->status == HTTP_TOO_MANY || answer->status >= 500)
    return gm_fail (error, GM_ERROR_OFFLINE,
                    _ ("%s is too busy (%u)"), self->rpc->host, answer->status);
  self->answer = parse_answer (answer->body);
  if (self->answer != NULL)
    return TRUE;
  if (answer->status / 100 != 2)
    {
      gm_http_words_set_error (error, self->rpc->url, answer);
      return FALSE;
    }
  return gm_fail (error, GM_ERROR_REMOTE, _ ("%s does not answer as a node does"), self->rpc->host);
}

typedef struct
{
  GmRpc *rpc;
  GmRpcCall *calls;
  guint n;
} Round;

/* A limit of the rate is told as a refusal of single calls: then all of them are asked again. */
static gboolean
run_once (gpointer data, GCancellable *cancellable, GError **error)
{
  Round *self = data;
  g_autoptr (GBytes) body = make_body (self->calls, self->n);
  Exchange exchange = { .rpc = self->rpc, .body = body };
  g_autoptr (JsonNode) answer = NULL;

  for (guint i = 0; i < self->n; i++)
    {
      g_clear_pointer (&self->calls[i].result, json_node_unref);
      g_clear_error (&self->calls[i].error);
    }
  if (!exchange_once (&exchange, cancellable, error))
    return FALSE;
  answer = exchange.answer;
  if (!gm_rpc_answer_take (answer, self->rpc->host, self->calls, self->n, error))
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    if (gm_error_is (self->calls[i].error, GM_ERROR_OFFLINE))
      {
        g_propagate_error (error, g_steal_pointer (&self->calls[i].error));
        return FALSE;
      }
  return TRUE;
}

static gboolean
run (GmRpc *self, GmRpcCall *calls, guint n, GCancellable *cancellable, GError **error)
{
  Round round = { .rpc = self, .calls = calls, .n = n };

  return gm_retry_run (&plan, run_once, &round, cancellable, error);
}

static gboolean
check_chain (GmRpc *self, GCancellable *cancellable, GError **error)
{
  GmRpcCall call = { .method = "eth_chainId" };
  guint64 chain_id = 0;
  gboolean ok;

  if (g_atomic_int_get (&self->known))
    return TRUE;

  ok = run (self, &call, 1, cancellable, error);
  if (ok && call.error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&call.error));
      ok = FALSE;
    }
  ok = ok && gm_rpc_value_u64 (call.result, &chain_id, error);
  gm_rpc_calls_clear (&call, 1);
  if (!ok)
    return FALSE;
  if (chain_id != self->chain_id)
    return gm_fail (error, GM_ERROR_REMOTE,
                    _ ("%s is a node of chain %" PRIu64 ", not of %" PRIu64), self->host, chain_id,
                       self->chain_id);
  g_atomic_int_set (&self->known, TRUE);
  return TRUE;
}

gboolean
gm_rpc_batch (GmRpc *self, GmRpcCall *calls, guint n, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (n > 0 && n <= GM_RPC_MAX_BATCH, FALSE);

  return check_chain (self, cancellable, error) && run (self, calls, n, cancellable, error);
}

JsonNode *
gm_rpc_call (GmRpc *self,
             const char *method,
             JsonArray *params,
             GCancellable *cancellable,
             GError **error)
{
  GmRpcCall call = { .method = method, .params = params != NULL ? json_array_ref (params) : NULL };
  JsonNode *result = NULL;

  if (gm_rpc_batch (self, &call, 1, cancellable, error))
    {
      if (call.error != NULL)
        g_propagate_error (error, g_steal_pointer (&call.error));
      else
        result = g_steal_pointer (&call.result);
    }
  gm_rpc_calls_clear (&call, 1);
  return result;
}
