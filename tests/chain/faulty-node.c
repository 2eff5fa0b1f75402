/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulty-node.h"

#include <string.h>

#include "base/json.h"
#include "soup-peer.h"

#define MAX_BYTES (1 << 20)

typedef struct
{
  char *member;
  gboolean hears;
} Lie;

struct _FaultyNode
{
  Anvil *node;
  GmSoupPeer *peer;
  GMutex lock;
  GHashTable *lies; /* method → Lie */
  guint n_lies;
};

static void
lie_free (gpointer data)
{
  Lie *lie = data;

  g_free (lie->member);
  g_free (lie);
}

/* (nullable) */
static char *
dup_lie (FaultyNode *self, const char *method, gboolean *hears)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const Lie *lie = g_hash_table_lookup (self->lies, method);

  if (lie == NULL)
    return NULL;
  self->n_lies++;
  *hears = lie->hears;
  return g_strdup (lie->member);
}

/* What the node says, with its words alone when it refuses. */
static JsonObject *
ask_node (FaultyNode *self, JsonObject *call)
{
  JsonObject *answer = json_object_new ();
  g_autoptr (GError) error = NULL;
  JsonNode *result = gm_rpc_call (self->node->rpc, json_object_get_string_member (call, "method"),
                                  json_object_get_array_member (call, "params"), NULL, &error);

  if (result != NULL)
    {
      json_object_set_member (answer, "result", result);
      return answer;
    }
  json_object_set_object_member (answer, "error", json_object_new ());
  json_object_set_string_member (json_object_get_object_member (answer, "error"), "message",
                                 error->message);
  return answer;
}

static JsonObject *
answer_call (FaultyNode *self, JsonObject *call)
{
  gboolean hears = TRUE;
  g_autofree char *lie = dup_lie (self, json_object_get_string_member (call, "method"), &hears);
  JsonObject *answer = hears ? ask_node (self, call) : NULL;

  if (lie != NULL)
    {
      g_autofree char *text = g_strdup_printf ("{%s}", lie);
      g_autoptr (JsonNode) parsed = gm_json_parse (text, strlen (text), MAX_BYTES, NULL);

      g_clear_pointer (&answer, json_object_unref);
      answer = json_node_dup_object (parsed);
    }
  json_object_set_member (answer, "id", json_node_copy (json_object_get_member (call, "id")));
  return answer;
}

static JsonNode *
answer_all (FaultyNode *self, JsonNode *asked)
{
  JsonNode *answer = json_node_alloc ();
  JsonArray *calls;

  if (JSON_NODE_HOLDS_OBJECT (asked))
    {
      json_node_init (answer, JSON_NODE_OBJECT);
      json_node_take_object (answer, answer_call (self, json_node_get_object (asked)));
      return answer;
    }
  json_node_init_array (answer, json_array_new ());
  calls = json_node_get_array (asked);
  for (guint i = 0; i < json_array_get_length (calls); i++)
    json_array_add_object_element (json_node_get_array (answer),
                                   answer_call (self, json_array_get_object_element (calls, i)));
  json_array_unref (json_node_get_array (answer));
  return answer;
}

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (JsonNode) asked = gm_json_parse (body->data, (gsize) body->length, MAX_BYTES, NULL);
  g_autoptr (JsonNode) answer = answer_all (data, asked);
  g_autofree char *text = json_to_string (answer, FALSE);

  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
}

FaultyNode *
faulty_node_new (Anvil *node)
{
  FaultyNode *self = g_new0 (FaultyNode, 1);

  self->node = node;
  g_mutex_init (&self->lock);
  self->lies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, lie_free);
  self->peer = gm_soup_peer_new (handle, self);
  return self;
}

void
faulty_node_free (FaultyNode *self)
{
  gm_soup_peer_free (self->peer);
  g_hash_table_unref (self->lies);
  g_mutex_clear (&self->lock);
  g_free (self);
}

char *
faulty_node_dup_url (FaultyNode *self)
{
  return gm_soup_peer_dup_url (self->peer, "/");
}

void
faulty_node_lie (FaultyNode *self, const char *method, const char *member, gboolean hears)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Lie *lie = g_new0 (Lie, 1);

  lie->member = g_strdup (member);
  lie->hears = hears;
  g_hash_table_replace (self->lies, g_strdup (method), lie);
  self->n_lies = 0;
}

void
faulty_node_forget (FaultyNode *self)
{
  faulty_node_lie (self, "eth_getTransactionByHash", "\"result\":null", FALSE);
  faulty_node_lie (self, "eth_getTransactionReceipt", "\"result\":null", FALSE);
}

void
faulty_node_tell_the_truth (FaultyNode *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_remove_all (self->lies);
  self->n_lies = 0;
}

guint
faulty_node_count_lies (FaultyNode *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_lies;
}
