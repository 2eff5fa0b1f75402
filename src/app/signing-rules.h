/* signing-rules.h - what is signed without asking, and what needs the password once more.
 *
 * Without asking: two things that follow from what a person did. Unlocking the wallet signs in to
 * the open store; ordering lets the session key of that order ask for the key to the music.
 * Everything else is asked.
 *
 * With the password: a wallet that the keyring opened is open to whoever sits at this computer.
 * So what moves more than @limit of a stablecoin, any ETH at all, or what the review cannot value
 * needs the password before the yes; approvals count like payments, fees do not. Each amount is
 * held against the limit by itself. Pure.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/review.h"
#include "evm/signable.h"
#include "store/descriptor.h"

G_BEGIN_DECLS

#define GM_SIGNING_RULES_SIGN_IN_S (24 * 3600) /* at most, from now */
#define GM_SIGNING_RULES_ORDER_S   (10 * 60)   /* between an order and its session key */

typedef struct
{
  const GmDescriptor *store; /* (nullable) the open one; borrowed */
  char *origin;
  GmHash order; /* signed last, by @buyer; used up by its session key */
  GmAddress buyer;
  gint64 ordered_unix; /* 0: none */
} GmSigningRules;

void gm_signing_rules_set_store (GmSigningRules *self,
                                 const GmDescriptor *store,
                                 const char *origin);
void gm_signing_rules_copy (const GmSigningRules *self, GmSigningRules *out);
void gm_signing_rules_clear (GmSigningRules *self);

gboolean gm_signing_rules_is_order (const GmSignable *what);
gboolean gm_signing_rules_let_pass (const GmSigningRules *self,
                                    const GmAddress *account,
                                    const GmSignable *what);
/* @moves as of a GmReview, @limit in whole coins. */
gboolean gm_signing_rules_need_password (const GArray *moves, guint limit);
/* It was signed. */
void gm_signing_rules_note (GmSigningRules *self, const GmAddress *account, const GmSignable *what);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GmSigningRules, gm_signing_rules_clear)

G_END_DECLS
