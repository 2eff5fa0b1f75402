/* json-check.h - one pass over JSON text, before a parser that reads more than JSON sees it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @text is made of the tokens of one JSON object or array, no deeper than 32 levels; not
 * whether they stand in order. BAD_DATA otherwise. */
gboolean gm_json_check (const char *text, gsize length, GError **error);

G_END_DECLS
