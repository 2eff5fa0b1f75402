/* cipher-source.h - the GStreamer source that reads an encrypted master.
 *
 *   gm_track_open() ─▶ GmCipher ─▶ GmCipherSource "gm-cipher:5f0c…" ─▶ typefind, parser, decoder
 *
 * Random access: whoever pulls gets decrypted bytes in memory, and only the chunks asked for are
 * opened. The URI is a handle into a table of this process (GStreamer logs URIs); it opens nothing
 * elsewhere, or after it was withdrawn. What fails is posted with our words, and with our code in
 * the details of the message: gm_cipher_source_parse_error().
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gst/base/base.h>

#include "playback/track.h"

G_BEGIN_DECLS

#define GM_CIPHER_SOURCE_SCHEME "gm-cipher"

#define GM_TYPE_CIPHER_SOURCE (gm_cipher_source_get_type ())
G_DECLARE_FINAL_TYPE (GmCipherSource, gm_cipher_source, GM, CIPHER_SOURCE, GstBaseSrc)

/* After gst_init(), before the first URI is used; more than once is harmless. */
void gm_cipher_source_register (void);

/* Any thread. A source that was already made for the handle keeps its track. */
char *gm_cipher_source_publish (GmTrack *track);
void gm_cipher_source_withdraw (const char *uri);

/* Our error out of an ERROR message of this source, or NULL when it came from elsewhere. */
GError *gm_cipher_source_parse_error (GstMessage *message);

G_END_DECLS
