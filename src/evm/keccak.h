/* keccak.h - Keccak-256 with Ethereum's padding (Yellow Paper, appendix on Keccak; not FIPS 202
 * SHA3-256).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

void gm_keccak256 (const guint8 *data, gsize length, GmHash *out);
void gm_keccak256_text (const char *text, GmHash *out);

G_END_DECLS
