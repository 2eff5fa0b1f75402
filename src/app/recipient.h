/* recipient.h - who is about to get money, and what is strange about that. Pure.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

typedef enum
{
  GM_RECIPIENT_KNOWN,
  GM_RECIPIENT_NEW,       /* nothing was sent there before */
  GM_RECIPIENT_SELF,      /* the account that sends */
  GM_RECIPIENT_TOKEN,     /* the contract of a token: what it gets is lost */
  GM_RECIPIENT_LOOKALIKE, /* begins and ends like one that is known: somebody may have put it into
                             the history to be copied ("address poisoning") */
} GmRecipientKind;

/* @known: addresses that were used or are the wallet's own; ends with NULL. */
GmRecipientKind gm_recipient_check (const GmAddress *to,
                                    const GmAddress *from,
                                    const char *const *known);
gboolean gm_recipient_is_danger (GmRecipientKind kind);
const char *gm_recipient_words (GmRecipientKind kind); /* (nullable) a translated sentence */

/* BAD_DATA says what is wrong with what was typed. */
gboolean gm_recipient_parse (const char *typed, GmAddress *out, GError **error);

G_END_DECLS
