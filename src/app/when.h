/* when.h - a moment as people say it: "Today, 14:02", "Yesterday, 9:15", "3 May 2026".
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gm_when_format (gint64 unix_ms);       /* in the local time zone; NULL for 0 or less */
char *gm_when_format_exact (gint64 unix_ms); /* "3 May 2026, 16:02", local: for deadlines */
char *gm_when_format_full (gint64 unix_ms);  /* "3 May 2026, 14:02:31 UTC": for receipts */

G_END_DECLS
