/* clear-text.h - the values of one message or call, told as its descriptor says.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/clear-format.h"
#include "app/review-draft.h"

G_BEGIN_DECLS

typedef struct
{
  const GmClearFormat *format;
  const GmAbiValue *members; /* a list, of the format's type */
  GmAddress to;              /* "@.to" */
  GmU256 value;              /* "@.value" */
} GmClearText;

/* Sets the sentence and adds a fact for each visible field. DENIED: an approval without limit. */
gboolean gm_clear_text_tell (const GmClearText *self, GmReviewDraft *draft, GError **error);

G_END_DECLS
