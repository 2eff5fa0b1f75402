/* raw-tx.h - signed transactions as bytes from outside: read, name, find the sender.
 *
 * Only the one valid form is taken, so encoding what was read gives the same bytes. Refused are
 * types we do not know, numbers too large for their use, a signature that cannot be one.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/tx.h"

G_BEGIN_DECLS

GmTx *gm_raw_tx_parse (GBytes *raw, GmSignature *signature, GError **error);
void gm_raw_tx_hash (GBytes *raw, GmHash *out); /* what explorers call it by */
/* Reads it, then recovers; DENIED when no sender fits (see signature.h). */
gboolean gm_raw_tx_recover (GBytes *raw, GmAddress *sender, GError **error);

G_END_DECLS
