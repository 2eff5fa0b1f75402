/* rlp.h - writes Recursive Length Prefix, the encoding of transactions.
 *
 * Source: Ethereum Yellow Paper, appendix on RLP. There is one form of every value, and this writes
 * it. What is read from outside goes through rlp-reader.h.
 *
 *   g_autoptr (GmRlp) rlp = gm_rlp_new ();
 *   gm_rlp_open (rlp);
 *   gm_rlp_add_u64 (rlp, nonce);
 *   gm_rlp_add_bytes (rlp, to.b, sizeof to.b);
 *   gm_rlp_close (rlp);
 *   encoded = gm_rlp_encode (rlp);
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/u256.h"

G_BEGIN_DECLS

typedef struct _GmRlp GmRlp;

GmRlp *gm_rlp_new (void);
void gm_rlp_free (GmRlp *self);

void gm_rlp_add_bytes (GmRlp *self, const guint8 *data, gsize length);
/* Numbers are big-endian without leading zeros; zero is no bytes. */
void gm_rlp_add_u64 (GmRlp *self, guint64 value);
void gm_rlp_add_u256 (GmRlp *self, const GmU256 *value);

void gm_rlp_open (GmRlp *self); /* a list; what is added until its close() is in it */
void gm_rlp_close (GmRlp *self);

GBytes *gm_rlp_encode (const GmRlp *self); /* every list is closed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmRlp, gm_rlp_free)

G_END_DECLS
