/* outside-text.h - text that others wrote, made safe to stand among words of ours.
 *
 * What nobody sees but that changes what is seen (controls, direction marks, zero-width and private
 * characters) is spelled out as JSON does, "\u202e", so that JSON stays the same JSON.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One line; what is no UTF-8 becomes U+FFFD. */
char *gm_outside_text_escape (const char *text);
char *gm_outside_text_escape_lines (const char *text); /* line breaks stay */

gboolean gm_outside_text_is_plain (const char *text); /* nothing is to be spelled out */

G_END_DECLS
