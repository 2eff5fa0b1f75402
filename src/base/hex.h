/* hex.h - bytes as hexadecimal text, with and without 0x.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gm_hex_encode (const guint8 *data, gsize length);    /* lower case, no prefix */
char *gm_hex_encode_0x (const guint8 *data, gsize length); /* lower case, 0x */

/* Exactly @length bytes; an optional 0x is skipped. BAD_DATA otherwise, @out untouched. */
gboolean gm_hex_decode (const char *text, guint8 *out, gsize length, GError **error);

/* Any even number of digits up to @max_bytes; an optional 0x is skipped. */
GBytes *gm_hex_decode_bytes (const char *text, gsize max_bytes, GError **error);

G_END_DECLS
