/* preview-limit.h - no more than 30.000 s of a preview are heard, whatever is sought.
 *
 * A probe on the sink's pad. It looks at the stream time of each buffer, cuts the one that crosses
 * the limit to the exact frame, drops what lies behind it, and ends the stream there once. A seek
 * starts it anew, with the same limit. (The store serves nothing longer; this is the second lock,
 * and a stop position in each seek of the player is the third.)
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GM_PREVIEW_LIMIT_MS 30000

typedef struct _GmPreviewLimit GmPreviewLimit;

/* Watches @sink_pad until freed; the pad is raw audio or nothing of it passes a limit. */
GmPreviewLimit *gm_preview_limit_new (GstPad *sink_pad);
void gm_preview_limit_free (GmPreviewLimit *self);

/* Any thread; takes effect with the next buffer. GST_CLOCK_TIME_NONE: no limit. */
void gm_preview_limit_set (GmPreviewLimit *self, GstClockTime limit);

G_END_DECLS
