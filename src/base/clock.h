/* clock.h - what time it is, settable by tests.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 gm_clock_now_ms (void);   /* milliseconds since 1970, UTC */
gint64 gm_clock_now_unix (void); /* seconds since 1970, UTC */

/* From now on the clock stands at @unix_ms until set again; 0 gives the real one back. */
void gm_clock_set_for_test (gint64 unix_ms);

char *gm_clock_format_iso (gint64 unix_ms); /* 2026-11-24T10:04:02Z (RFC 3339, UTC) */
gboolean gm_clock_parse_iso (const char *text, gint64 *unix_ms, GError **error);

G_END_DECLS
