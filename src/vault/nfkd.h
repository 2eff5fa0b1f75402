/* nfkd.h - Unicode's compatibility decomposition (NFKD, UAX #15) of a text that is a secret.
 *
 * Equal to g_utf8_normalize (…, G_NORMALIZE_NFKD), which leaves copies on the heap; here no byte
 * leaves guarded memory.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/secret.h"

G_BEGIN_DECLS

#define GM_NFKD_MAX_BYTES 4096 /* of @text */

/* BAD_DATA: too long, or not UTF-8. */
GmSecret *gm_nfkd_normalize (GmSecret *text, GError **error);

G_END_DECLS
