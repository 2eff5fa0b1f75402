/* faulty-node.h - stands before a real node, and lies about what it is told to lie about.
 *
 * Like one name with several machines behind it, of which not all know the same.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "anvil.h"

G_BEGIN_DECLS

typedef struct _FaultyNode FaultyNode;

FaultyNode *faulty_node_new (Anvil *node);
void faulty_node_free (FaultyNode *self);
char *faulty_node_dup_url (FaultyNode *self);

/* From now on @method is answered with @member, a member of the answer such as "\"result\":null".
 * The node hears of it all the same when it @hears. */
void faulty_node_lie (FaultyNode *self, const char *method, const char *member, gboolean hears);
/* Knows nothing of any transaction. */
void faulty_node_forget (FaultyNode *self);
void faulty_node_tell_the_truth (FaultyNode *self);

guint faulty_node_count_lies (FaultyNode *self); /* since the last change */

#define FAULTY_SEND      "eth_sendRawTransaction"
#define FAULTY_NO(words) "\"error\":{\"code\":-32000,\"message\":\"" words "\"}"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultyNode, faulty_node_free)

G_END_DECLS
