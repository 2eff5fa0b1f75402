/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/rpc-answer.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "chain/rpc-value.h"

/* Into the call whose number it has; a second answer to it is nonsense as well. */
static gboolean
take_one (JsonNode *node, const char *host, GmRpcCall *calls, guint n, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 id = object != NULL ? json_object_get_int_member_with_default (object, "id", -1) : -1;
  JsonNode *refusal = object != NULL ? json_object_get_member (object, "error") : NULL;
  JsonNode *result = object != NULL ? json_object_get_member (object, "result") : NULL;
  GmRpcCall *call = id >= 0 && id < (gint64) n ? &calls[id] : NULL;

  if (refusal != NULL && JSON_NODE_HOLDS_NULL (refusal))
    refusal = NULL;
  if (call == NULL || call->result != NULL || call->error != NULL ||
      (result == NULL && refusal == NULL))
    return gm_fail (error, GM_ERROR_REMOTE, _ ("%s does not answer as a node does"), host);

  if (refusal != NULL)
    gm_rpc_value_set_refusal (refusal, host, &call->error);
  else
    call->result = json_node_copy (result);
  return TRUE;
}

gboolean
gm_rpc_answer_take (JsonNode *root, const char *host, GmRpcCall *calls, guint n, GError **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  JsonNode *refusal = NULL;

  if (n == 1)
    return take_one (root, host, calls, n, error);
  if (array == NULL && JSON_NODE_HOLDS_OBJECT (root))
    refusal = json_object_get_member (json_node_get_object (root), "error");
  if (refusal != NULL) /* of the whole batch */
    {
      gm_rpc_value_set_refusal (refusal, host, error);
      return FALSE;
    }
  if (array == NULL || json_array_get_length (array) != n)
    return gm_fail (error, GM_ERROR_REMOTE, _ ("%s does not answer as a node does"), host);
  for (guint i = 0; i < n; i++)
    if (!take_one (json_array_get_element (array, i), host, calls, n, error))
      return FALSE;
  return TRUE;
}
