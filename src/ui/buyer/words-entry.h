/* words-entry.h - fields for recovery words, one for each, in guarded buffers.
 *
 * Space goes to the next field, several words at once fill the following ones. Property "complete"
 * (b): every field has something. Signal "activate": Enter in the last one.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "base/secret.h"

G_BEGIN_DECLS

#define GM_TYPE_WORDS_ENTRY (gm_words_entry_get_type ())
G_DECLARE_FINAL_TYPE (GmWordsEntry, gm_words_entry, GM, WORDS_ENTRY, GtkWidget)

/* One field for each of @places (from 0, ascending); what was typed goes. */
void gm_words_entry_ask (GmWordsEntry *self, const guint *places, guint n_places);
gboolean gm_words_entry_is_complete (GmWordsEntry *self);
const char *gm_words_entry_get (GmWordsEntry *self, guint i); /* until it changes */
GmSecret *gm_words_entry_dup_all (GmWordsEntry *self);        /* with a space between */
void gm_words_entry_clear (GmWordsEntry *self);

G_END_DECLS
