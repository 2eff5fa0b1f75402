/* word-cards.h - recovery words on the screen, each on a card with its place.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One card more, of a label that cannot be selected; takes @word and wipes it. */
void gm_word_cards_add (GtkFlowBox *cards, char *word);
void gm_word_cards_clear (GtkFlowBox *cards);

G_END_DECLS
