/* words.h - recovery words (BIP-39, English): made, checked, turned into a seed.
 *
 * The text is a GmSecret of lower-case words with one space between them. What a person typed may
 * have other spacing and capitals; it is normalized (NFKD) first.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/secret.h"

G_BEGIN_DECLS

#define GM_WORDS_LIST 2048

const char *gm_words_get (guint index);      /* 0 … 2047, alphabetic */
int gm_words_find (const char *word);        /* -1 when it is none of them */
guint gm_words_count (const GmSecret *text); /* words in a text this module made */

GmSecret *gm_words_new (guint n_words, GError **error); /* 12 or 24, random */
GmSecret *gm_words_from_entropy (GmSecret *entropy, GError **error);

/* BAD_DATA says what is wrong: the number of words, which place has no such word, the checksum. */
GmSecret *gm_words_parse (GmSecret *typed, GError **error); /* to the form above */
GmSecret *gm_words_to_entropy (GmSecret *text, GError **error);

/* 64 bytes: PBKDF2-HMAC-SHA512, 2048 rounds; @passphrase may be NULL. Blocks for milliseconds. */
GmSecret *gm_words_to_seed (GmSecret *text, GmSecret *passphrase, GError **error);

G_END_DECLS
