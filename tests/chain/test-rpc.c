/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/rpc.h"

#include <string.h>

#include "base/error.h"
#include "net/retry.h"
#include "soup-peer.h"

#define CHAIN 8453

/* What a node says wrong; a real one cannot be made to. */
typedef struct
{
  const char *const *answers; /* one after the other, the last for ever; "" is HTTP 429 */
  guint at;
  GString *asked;
} Script;

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  Script *script = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *text = script->answers[script->at];

  if (script->answers[script->at + 1] != NULL)
    script->at++;
  g_string_append_len (script->asked, body->data, (gssize) body->length);
  g_string_append_c (script->asked, '\n');
  if (*text == '\0')
    {
      soup_server_message_set_status (message, 429, NULL);
      return;
    }
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

static gboolean
do_not_wait (guint pause_ms, GCancellable *cancellable)
{
  return TRUE;
}

typedef struct
{
  Script script;
  GmSoupPeer *peer;
  GmHttp *http;
  GmRpc *rpc;
} Scene;

static Scene *
scene_new (const char *const *answers)
{
  Scene *self = g_new0 (Scene, 1);
  g_autofree char *url = NULL;

  gm_retry_set_wait_for_test (do_not_wait);
  self->script.answers = answers;
  self->script.asked = g_string_new (NULL);
  self->peer = gm_soup_peer_new (handle, &self->script);
  self->http = gm_http_new ("test");
  url = gm_soup_peer_dup_url (self->peer, "/");
  self->rpc = gm_rpc_new (self->http, url, CHAIN);
  return self;
}

static void
scene_free (Scene *self)
{
  gm_rpc_free (self->rpc);
  gm_http_free (self->http);
  gm_soup_peer_free (self->peer);
  g_string_free (self->script.asked, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

#define ON_BASE "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x2105\"}"

static void
test_the_chain_is_asked_first_and_once (void)
{
  static const char *const answers[] = { ON_BASE, "{\"id\":0,\"result\":null}", NULL };
  g_autoptr (Scene) scene = scene_new (answers);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (JsonNode) result = gm_rpc_call (scene->rpc, "eth_syncing", NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (JSON_NODE_HOLDS_NULL (result));
    }
  g_assert_cmpstr (scene->script.asked->str, ==,
                   "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"eth_chainId\",\"params\":[]}\n"
                   "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"eth_syncing\",\"params\":[]}\n"
                   "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"eth_syncing\",\"params\":[]}\n");
}

static void
test_another_chain_is_asked_nothing (void)
{
  static const char *const answers[] = { "{\"id\":0,\"result\":\"0x1\"}", NULL };
  g_autoptr (Scene) scene = scene_new (answers);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_rpc_call (scene->rpc, "eth_sendRawTransaction", NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
  g_assert_cmpstr (error->message, ==, "127.0.0.1 is a node of chain 1, not of 8453");
  g_assert_null (strstr (scene->script.asked->str, "eth_sendRawTransaction"));
}

static void
test_a_busy_node_is_asked_again (void)
{
  static const char *const answers[] = {
    "",
    ON_BASE,
    "{\"id\":0,\"error\":{\"code\":-32005,\"message\":\"slow down\"}}",
    "",
    "{\"id\":0,\"result\":\"0x5\"}",
    NULL
  };
  g_autoptr (Scene) scene = scene_new (answers);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) result = gm_rpc_call (scene->rpc, "eth_blockNumber", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json_node_get_string (result), ==, "0x5");
}

static void
test_a_batch_comes_back_in_any_order (void)
{
  static const char *const answers[] = {
    ON_BASE,
    "[{\"id\":2,\"result\":\"0xc\"},{\"id\":0,\"result\":\"0xa\"},"
    "{\"id\":1,\"error\":{\"code\":-32000,\"message\":\"no such block\"}}]",
    NULL
  };
  g_autoptr (Scene) scene = scene_new (answers);
  g_autoptr (GError) error = NULL;
  GmRpcCall calls[] = { { .method = "a" }, { .method = "b" }, { .method = "c" } };

  g_assert_true (gm_rpc_batch (scene->rpc, calls, 3, NULL, &error));
  g_assert_cmpstr (json_node_get_string (calls[0].result), ==, "0xa");
  g_assert_error (calls[1].error, GM_ERROR, GM_ERROR_REMOTE);
  g_assert_null (calls[1].result);
  g_assert_cmpstr (json_node_get_string (calls[2].result), ==, "0xc");
  gm_rpc_calls_clear (calls, 3);
}

static void
test_nonsense_is_refused (void)
{
  static const char *const nonsense[] = {
    "[]",
    "[{\"id\":0,\"result\":1}]",
    "[{\"id\":0,\"result\":1},{\"id\":0,\"result\":1}]",
    "[{\"id\":0,\"result\":1},{\"id\":2,\"result\":1}]",
    "[{\"id\":0,\"result\":1},{\"id\":1}]",
    "[{\"id\":0,\"result\":1},7]",
    "{\"id\":0,\"result\":1}",
    "{\"error\":\"batches are not served here\"}",
    "not JSON",
    "[{\"id\":0,\"result\":1},{\"id\":1,\"error\":null}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      const char *const answers[] = { ON_BASE, nonsense[i], NULL };
      g_autoptr (Scene) scene = scene_new (answers);
      g_autoptr (GError) error = NULL;
      GmRpcCall calls[] = { { .method = "a" }, { .method = "b" } };

      g_assert_false (gm_rpc_batch (scene->rpc, calls, 2, NULL, &error));
      g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
      gm_rpc_calls_clear (calls, 2);
    }
}

/* As anvil says what a contract gave as its reason. */
static void
test_words_with_nul_are_words (void)
{
  const char *const answers[] = {
    ON_BASE,
    "{\"id\":0,\"error\":{\"code\":-32000,\"message\":\"no: \\u0000 \\\\u0000\"}}",
    NULL,
  };
  g_autoptr (Scene) scene = scene_new (answers);
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_rpc_call (scene->rpc, "a", NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
  g_assert_nonnull (strstr (error->message, "no: "));
  g_assert_nonnull (strstr (error->message, "\\u0000"));
}

/* 50 MB. */
static void
test_a_huge_answer_is_not_read_to_its_end (void)
{
  g_autoptr (GString) huge = g_string_sized_new (50 * 1000 * 1000);
  const char *answers[] = { ON_BASE, NULL, NULL };
  g_autoptr (Scene) scene = NULL;
  g_autoptr (GError) error = NULL;

  g_string_append (huge, "{\"id\":0,\"result\":\"");
  while (huge->len < 50 * 1000 * 1000)
    g_string_append (huge,
                     "0123456789012345678901234567890123456789012345678901234567890123456789");
  g_string_append (huge, "\"}");
  answers[1] = huge->str;
  scene = scene_new (answers);
  g_assert_null (gm_rpc_call (scene->rpc, "eth_getLogs", NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_REMOTE);
}

static void
test_nobody_there_is_offline (void)
{
  g_autofree char *url = gm_soup_peer_dup_dead_url ();
  g_autoptr (GmHttp) http = gm_http_new ("test");
  g_autoptr (GmRpc) rpc = gm_rpc_new (http, url, CHAIN);
  g_autoptr (GError) error = NULL;

  gm_retry_set_wait_for_test (do_not_wait);
  g_assert_null (gm_rpc_call (rpc, "eth_blockNumber", NULL, NULL, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_OFFLINE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rpc/the-chain-is-asked-first-and-once",
                   test_the_chain_is_asked_first_and_once);
  g_test_add_func ("/rpc/another-chain-is-asked-nothing", test_another_chain_is_asked_nothing);
  g_test_add_func ("/rpc/a-busy-node-is-asked-again", test_a_busy_node_is_asked_again);
  g_test_add_func ("/rpc/a-batch-comes-back-in-any-order", test_a_batch_comes_back_in_any_order);
  g_test_add_func ("/rpc/nonsense-is-refused", test_nonsense_is_refused);
  g_test_add_func ("/rpc/words-with-nul-are-words", test_words_with_nul_are_words);
  g_test_add_func ("/rpc/a-huge-answer-is-not-read-to-its-end",
                   test_a_huge_answer_is_not_read_to_its_end);
  g_test_add_func ("/rpc/nobody-there-is-offline", test_nobody_there_is_offline);
  return g_test_run ();
}
