/* review-message.h - messages in words: typed data (EIP-712) and text (EIP-191).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/review-draft.h"

G_BEGIN_DECLS

gboolean gm_review_message_tell (GmReviewDraft *draft, JsonObject *typed_data, GError **error);
/* Of text, only a sign-in (EIP-4361) is understood. */
void gm_review_message_tell_text (GmReviewDraft *draft, const char *text);

G_END_DECLS
