/* json-check.h - one pass over JSON text, before a parser that reads more than JSON sees it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_JSON_MAX_INTEGER G_GINT64_CONSTANT (9007199254740991) /* 2^53 - 1 (RFC 7493) */

/* Whether @text is made of the tokens of one JSON object or array, no deeper than 32 levels; not
 * whether they stand in order. BAD_DATA otherwise. */
gboolean gm_json_check (const char *text, gsize length, GError **error);

G_END_DECLS
