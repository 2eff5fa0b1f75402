/* signing-desk.h - the one place where a person signs: in words, after a yes.
 *
 *   worker                                        main thread
 *   signer->sign (what)
 *     review: what it would do, in words
 *     a rule lets it pass? ──no──▶ queue ──────▶ signal "review" ──▶ a person reads it
 *     the wallet signs ◀────────── yes ◀──────── gm_signing_desk_answer()
 *
 * Questions are asked one after the other. Signal "settled": the review that was asked is answered,
 * or taken back. DECLINED without a yes: also when nobody listens to "review", or nobody answers in
 * GM_SIGNING_DESK_PATIENCE_S. LOCKED when the wallet is locked meanwhile. The desk has no keys. A
 * wallet that the keyring opened needs its password for more than a limit (see signing-rules.h): a
 * plain yes to such a question does nothing.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/account.h"
#include "app/review.h"
#include "app/settings.h"

G_BEGIN_DECLS

#define GM_SIGNING_DESK_PATIENCE_S (5 * 60)

#define GM_TYPE_SIGNING_DESK (gm_signing_desk_get_type ())
G_DECLARE_FINAL_TYPE (GmSigningDesk, gm_signing_desk, GM, SIGNING_DESK, GObject)

/* What the asker knows beside what is signed. */
typedef struct
{
  guint64 chain_id;          /* of the network a person chose; 0: that of the open store */
  GmChain *chain;            /* (nullable) tries a transaction before it is shown */
  const char *title;         /* (nullable) of what is bought */
  const char *currency;      /* (nullable) of a local store */
  GmU256 l1_fee;             /* wei: see fees.h; of a transaction */
  GCancellable *cancellable; /* (nullable) takes the question back */
} GmSigningPurpose;

GmSigningDesk *gm_signing_desk_new (GmAccount *account);
/* Whose sign-in needs no question. @store outlives the desk; NULL: none is open. */
void gm_signing_desk_set_store (GmSigningDesk *self, const GmDescriptor *store, const char *origin);
/* Its limit is what @settings say; 0 before. */
void gm_signing_desk_follow (GmSigningDesk *self, GmSettings *settings);
void gm_signing_desk_answer (GmSigningDesk *self, GmReview *review, gboolean yes);
gboolean gm_signing_desk_needs_password (GmSigningDesk *self, GmReview *review);
/* A yes, once @password was tried, which takes about a second. DENIED: it is another one, and the
 * question stays. */
void gm_signing_desk_answer_yes (GmSigningDesk *self,
                                 GmReview *review,
                                 GmSecret *password,
                                 GObject *owner,
                                 GmDone done);
/* Declines what is asked, and all that will be: nobody is there any more. */
void gm_signing_desk_close (GmSigningDesk *self);

/* Signs with the main account, on any thread but the main one, which answers. LOCKED. */
GmSigner *gm_signing_desk_signer_new (GmSigningDesk *self, GError **error);
/* With any account of the wallet. NOT_FOUND: it is not there; DENIED: it is only watched. */
GmSigner *gm_signing_desk_signer_new_for (GmSigningDesk *self,
                                          const GmAddress *account,
                                          GError **error);
void gm_signing_desk_signer_free (GmSigner *signer);
/* Borrowed until another one, or NULL; by the thread that signs. */
void gm_signing_desk_signer_set_purpose (GmSigner *signer, const GmSigningPurpose *purpose);

void gm_signing_desk_set_patience_for_test (GmSigningDesk *self, guint ms);

G_END_DECLS
