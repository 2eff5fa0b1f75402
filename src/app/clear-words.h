/* clear-words.h - the words that descriptors of messages may say, in the person's language.
 *
 * Descriptors are data (see clear-format.h), where no translator finds text: so what they say is
 * listed here, and what is not listed they cannot say.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *gm_clear_words_find (const char *text); /* translated; NULL: not in the list */

G_END_DECLS
