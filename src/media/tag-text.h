/* tag-text.h - words from tags and file names, made safe to store and to show.
 *
 * Foreign text is made valid UTF-8 (NFC), loses control characters, line breaks, invisible and
 * direction-changing characters, and is cut at a length. What is left is what a person sees.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_TAG_TEXT_MAX_CHARS 200

char *gm_tag_text_clean (const char *text, gsize max_chars); /* (nullable) nothing is left */

/* "A minor", "a min", "8A" (Camelot), "F♯" and their like to "Am", "F#"; NULL when it is no key. */
char *gm_tag_text_key (const char *text);

/* "Artist - Title.flac", "03 - Title.wav" or "Title.mp3", as names of files are. */
void gm_tag_text_from_name (const char *name, char **artist, char **title);

G_END_DECLS
