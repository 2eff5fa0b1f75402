/* duration.h - how long something sounds, in words: "3:45", "1:02:03".
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *gm_duration_format (gint64 ms); /* NULL when it is not known: 0 or less */

G_END_DECLS
