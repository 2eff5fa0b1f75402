/* audit-diff.h - what a change was, in lines: "Title: Tide → Storm".
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @changed names members of the JSON objects @before and @after (both nullable): "title, bpm". Long
 * values are cut, and what only programs read is counted. NULL when there is nothing to show. */
char *gm_audit_diff_text (const char *changed, const char *before, const char *after);

G_END_DECLS
