/* ulid.h - 26-character identifiers that sort by time: the store's row ids.
 *
 * Source: github.com/ulid/spec. 48 bits of milliseconds, 80 of randomness, Crockford base32.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gm_ulid_new (void);
gboolean gm_ulid_is_valid (const char *text);

G_END_DECLS
