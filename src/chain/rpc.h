/* rpc.h - asks one node by JSON-RPC 2.0 over HTTP: one call, or many in one request.
 *
 * Before its first answer is believed a node says which chain it is on: another one than expected
 * is REMOTE, and nothing else is asked of it. OFFLINE is tried again with growing pauses, and so is
 * a node that limits its rate (HTTP 429, code -32005); every method we use may be asked twice. A
 * refusal is REMOTE in the node's own words, FUNDS when the account cannot pay, CONFLICT when the
 * nonce is used or the transaction is known already.
 *
 * Blocks. Any thread.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "net/http.h"

G_BEGIN_DECLS

#define GM_RPC_MAX_BATCH 100
#define GM_RPC_MAX_BYTES (16 * 1024 * 1024) /* of an answer */

typedef struct _GmRpc GmRpc;

typedef struct
{
  const char *method;
  JsonArray *params; /* (nullable) */
  JsonNode *result;  /* out, when there is no error */
  GError *error;     /* out, the node's refusal of this call alone */
} GmRpcCall;

GmRpc *gm_rpc_new (GmHttp *http, const char *url, guint64 chain_id);
void gm_rpc_free (GmRpc *self);
const char *gm_rpc_get_host (GmRpc *self); /* for sentences */

JsonNode *gm_rpc_call (GmRpc *self,
                       const char *method,
                       JsonArray *params, /* (nullable) */
                       GCancellable *cancellable,
                       GError **error);

/* FALSE when there was no answer at all; else each call has a result or an error. */
gboolean
gm_rpc_batch (GmRpc *self, GmRpcCall *calls, guint n, GCancellable *cancellable, GError **error);
void gm_rpc_calls_clear (GmRpcCall *calls, guint n); /* what they own */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmRpc, gm_rpc_free)

G_END_DECLS
