/* review-draft.h - a review while it is made: facts, dangers, and who is who.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/fact.h"
#include "app/review.h"

G_BEGIN_DECLS

typedef struct
{
  const GmReviewContext *context;
  char *sentence;
  char *raw;
  GListStore *facts;  /* of GmFact */
  GPtrArray *dangers; /* of sentences, each once */
  GArray *moves;      /* of GmReviewMove */
} GmReviewDraft;

GmReviewDraft *gm_review_draft_new (const GmReviewContext *context);
void gm_review_draft_free (GmReviewDraft *self);

void gm_review_draft_add (GmReviewDraft *self, const char *label, const char *value);
void gm_review_draft_add_code (GmReviewDraft *self, const char *label, const char *value);
void gm_review_draft_warn (GmReviewDraft *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* @currency NULL: of @units, too, nobody knows what they are. */
void gm_review_draft_move (GmReviewDraft *self, const GmU256 *units, const GmCurrency *currency);
void gm_review_draft_move_unknown (GmReviewDraft *self); /* it may move anything */

/* Text from outside; that it hides something is a danger. */
char *gm_review_draft_dup_outside (GmReviewDraft *self, const char *text);
/* The same in quotation marks, with none in it that could end them early. */
char *gm_review_draft_dup_quoted (GmReviewDraft *self, const char *text);
/* Sets raw; text in it may hide something too. */
void gm_review_draft_take_raw (GmReviewDraft *self, JsonNode *root);

/* By the account, the pinned store and the table of networks; NULL: not known. */
char *gm_review_draft_dup_name (GmReviewDraft *self, const GmAddress *address);
/* "USDC (0x…)", or the address alone. */
char *gm_review_draft_dup_address (GmReviewDraft *self, const GmAddress *address);
/* A token, or a contract of the store: not a person's key, whatever its name. */
gboolean gm_review_draft_knows_contract (const GmReviewDraft *self, const GmAddress *address);
gboolean gm_review_draft_is_local (const GmReviewDraft *self); /* a store that keeps own books */

/* Facts about where it is valid; the contract must be known. DENIED: it is not this chain. */
gboolean gm_review_draft_add_network (GmReviewDraft *self, const GmU256 *chain_id, GError **error);
void gm_review_draft_add_contract (GmReviewDraft *self, const GmAddress *contract);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmReviewDraft, gm_review_draft_free)

G_END_DECLS
