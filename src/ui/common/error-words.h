/* error-words.h - what a person reads when something did not work; the only place for these words.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A title, a sentence to act on, and one button. @action is a detailed action name, or NULL: the
 * button tries the same again. Any of the outputs may be NULL. */
void gm_error_words (const GError *error,
                     char **title,
                     char **sentence,
                     char **button,
                     const char **action);

/* One sentence for a toast: what the error itself says. */
char *gm_error_words_short (const GError *error);

G_END_DECLS
