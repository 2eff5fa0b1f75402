/* key-words.h - musical keys as people say them: "Am" is "A minor", and so is "8A".
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a key ("F#m") or a place on the Camelot wheel ("11A"); NULL when it is neither. */
char *gm_key_words_dup (const char *key);

G_END_DECLS
