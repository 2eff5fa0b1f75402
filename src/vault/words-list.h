/* words-list.h - the English list of BIP-39: 2048 words, sorted, told apart by four letters.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "vault/words.h"

G_BEGIN_DECLS

#define GM_WORDS_LIST_BYTES 9 /* eight letters and the end */

/* SHA-256 of all words, each with a newline:
 * 2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda */
extern const char gm_words_list[GM_WORDS_LIST][GM_WORDS_LIST_BYTES];

G_END_DECLS
