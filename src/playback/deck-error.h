/* deck-error.h - what GStreamer complains about, in our words and with our codes.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Of an ERROR or WARNING message. @sink: the element whose complaints are about the sound output.
 */
GError *gm_deck_error_parse (GstMessage *message, GstElement *sink);

/* For a state change that failed and said nothing. */
GstMessage *gm_deck_error_message (GstElement *pipeline);

G_END_DECLS
