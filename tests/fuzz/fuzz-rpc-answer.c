/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "chain/rpc-answer.h"

#include "base/error.h"
#include "base/json.h"
#include "chain/rpc-value.h"

#define MAX_BYTES (1024 * 1024)
#define CALLS     3

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_value (JsonNode *node)
{
  g_autoptr (GBytes) bytes = gm_rpc_value_bytes (node, MAX_BYTES, NULL);
  GmAddress address;
  GmHash hash;
  GmU256 number;

  gm_rpc_value_hash (node, &hash, NULL);
  gm_rpc_value_address (node, &address, NULL);
  if (gm_rpc_value_u256 (node, &number, NULL))
    {
      g_autofree char *again = gm_rpc_value_dup_quantity (&number);

      g_assert_cmpint (g_ascii_strcasecmp (again, json_node_get_string (node)), ==, 0);
    }
}

/* Once taken, every call has either a result or a refusal that can be shown. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JsonNode) root = gm_json_parse ((const char *) data, size, MAX_BYTES, NULL);

  for (guint n = 1; root != NULL && n <= CALLS; n += CALLS - 1)
    {
      GmRpcCall calls[CALLS] = { { 0 } };

      if (gm_rpc_answer_take (root, "node.example", calls, n, NULL))
        for (guint i = 0; i < n; i++)
          {
            g_assert_true ((calls[i].result == NULL) != (calls[i].error == NULL));
            if (calls[i].result != NULL)
              read_value (calls[i].result);
            else
              g_assert_true (g_utf8_validate (calls[i].error->message, -1, NULL));
          }
      gm_rpc_calls_clear (calls, n);
    }
  return 0;
}
