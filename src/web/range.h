/* range.h - one byte range of a Range header (RFC 9110 §14).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GM_RANGE_NONE, /* absent, several, or another unit: send everything */
  GM_RANGE_PART,
  GM_RANGE_UNSATISFIABLE, /* 416 */
} GmRangeKind;

/* @header may be NULL; on PART sets the first byte and how many. */
GmRangeKind gm_range_parse (const char *header, guint64 size, guint64 *first, guint64 *count);

G_END_DECLS
