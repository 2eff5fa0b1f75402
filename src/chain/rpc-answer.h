/* rpc-answer.h - which answer of a node belongs to which call.
 *
 * Source: JSON-RPC 2.0. Answers of a batch come in any order; every call has exactly one.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/rpc.h"

G_BEGIN_DECLS

/* The calls were numbered from 0. REMOTE when the answer is none, or refuses all of them. */
gboolean
gm_rpc_answer_take (JsonNode *root, const char *host, GmRpcCall *calls, guint n, GError **error);

G_END_DECLS
