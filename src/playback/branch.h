/* branch.h - one URI, decoded to raw audio, as an element with one pad.
 *
 *   [ source ─▶ parser ─▶ decoder ─▶ queue, 1 s ]─▶ src
 *
 * It opens and decodes by itself when its parent starts it, and its parent does not wait for it. No
 * audio in it is an error it posts. Its messages come from within, as those of any element, but
 * errors come wrapped: what is in another branch goes on.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GM_TYPE_BRANCH (gm_branch_get_type ())
G_DECLARE_FINAL_TYPE (GmBranch, gm_branch, GM, BRANCH, GstBin)

GstElement *gm_branch_new (const char *uri); /* floating */

GstMessage *gm_branch_dup_error (GstMessage *message); /* its error; NULL: it is something else */

/* Flushing and exact, up to @stop or GST_CLOCK_TIME_NONE. FALSE when the stream cannot. */
gboolean gm_branch_seek (GstElement *self, GstClockTime to, GstClockTime stop);
GstClockTime gm_branch_get_duration (GstElement *self); /* GST_CLOCK_TIME_NONE: not known yet */

G_END_DECLS
