/* search-words.h - text as the index of the cache knows it: folded words, and tokens of filters.
 *
 * Folding drops case, accents and everything that is neither letter nor digit; Han and kana
 * characters stand alone, as nothing separates their words. A filter's token begins with a middle
 * dot, which no folded word contains, so what is typed never meets one.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "catalog/asset.h"

G_BEGIN_DECLS

#define GM_SEARCH_WORDS_MAX_BYTES 4096 /* of a text, before folding; the rest is not indexed */

char *gm_search_words_fold (const char *text); /* "dark 808 cafe"; NULL gives "" */

/* @kind is one letter: t type, g genre, m mood, k key, b bpm, e exclusive, f free. */
char *gm_search_words_token (char kind, const char *value);

typedef struct
{
  char *title;
  char *artist;
  char *words; /* of tags, genre, mood and type */
  char *attrs; /* tokens */
} GmSearchWords;

void gm_search_words_of (const GmAsset *asset, GmSearchWords *out);
void gm_search_words_clear (GmSearchWords *words);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GmSearchWords, gm_search_words_clear)

G_END_DECLS
