/* raw-key.h - a private key as people paste and note it: 0x and 64 digits.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/secret.h"

G_BEGIN_DECLS

/* The 32 bytes; white space around them and the prefix may be there or not. BAD_DATA says what is
 * wrong, also when no account has such a key. */
GmSecret *gm_raw_key_parse (GmSecret *typed, GError **error);
GmSecret *gm_raw_key_format (GmSecret *key); /* 0x and 64 digits */

G_END_DECLS
