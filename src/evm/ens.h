/* ens.h - names of the Ethereum Name Service as hashes (EIP-137).
 *
 * Names are normalized by ENSIP-15 before they are hashed, which needs Unicode tables that change
 * with every version. Ours is the part on which every version agrees: labels of a-z, 0-9 and "-",
 * capitals folded. Anything else is BAD_DATA and not a guess, because two spellings that look alike
 * are two owners: paste the address then.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

#define GM_ENS_MAX_BYTES 255

char *gm_ens_normalize (const char *name, GError **error);
gboolean gm_ens_namehash (const char *name, GmHash *out, GError **error); /* "" is 32 zeros */

G_END_DECLS
