/* send-job.h - money to be sent: what was typed, whether it holds, what it costs, sending it.
 *
 *   EDITING ─ask()─▶ ASKING ─▶ READY ─send()─▶ SENDING ─▶ SENT
 *      ◀── what is typed, errors ──┴────────────┘
 *
 * A fee that was shown long ago is asked again before it is sent for: when it has risen it is
 * READY again with the new one, CONFLICT, and nothing was signed.
 *
 * Networks come and go: the one that was chosen is found again, or the first is. What was READY is
 * EDITING then.
 *
 * Signal "changed": the view is another. From SENT on the activity has it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/activity.h"

G_BEGIN_DECLS

#define GM_TYPE_SEND_JOB (gm_send_job_get_type ())
G_DECLARE_FINAL_TYPE (GmSendJob, gm_send_job, GM, SEND_JOB, GObject)

#define GM_SEND_JOB_FEE_MS (60 * 1000) /* a person may look at a fee as long as this */

typedef enum
{
  GM_SEND_EDITING,
  GM_SEND_ASKING, /* the fee */
  GM_SEND_READY,
  GM_SEND_SENDING,
  GM_SEND_SENT,
} GmSendPhase;

/* Texts are NULL when there is nothing to say. */
typedef struct
{
  GmSendPhase phase;
  guint network; /* of the list of networks */
  guint token;   /* of its list: 0 is ETH */
  char *to;      /* as typed, or from a payment link */
  char *amount;  /* as typed, or from a payment link */
  gboolean all;
  char *to_error;
  char *warning;
  gboolean danger; /* a person has to say that the warning was read */
  char *amount_error;
  char *fee;     /* READY: "0.00002 ETH" at most */
  GError *error; /* of asking and of sending */
} GmSendView;

GmSendJob *gm_send_job_new (GmActivity *activity);
const GmSendView *gm_send_job_get_view (GmSendJob *self);
GmActivity *gm_send_job_get_activity (GmSendJob *self);

/* The wallet's own accounts: objects with "name" and "address". */
void gm_send_job_set_own (GmSendJob *self, GListModel *accounts);

void gm_send_job_set_network (GmSendJob *self, guint network);
void gm_send_job_set_token (GmSendJob *self, guint token);
/* An address, or a payment link (EIP-681) that fills in everything. */
void gm_send_job_set_to (GmSendJob *self, const char *typed);
void gm_send_job_set_amount (GmSendJob *self, const char *typed);
void gm_send_job_set_all (GmSendJob *self, gboolean all);

char **gm_send_job_list_tokens (GmSendJob *self); /* codes, of the network */
gboolean gm_send_job_may_ask (GmSendJob *self);   /* it is whole */
char *gm_send_job_dup_sentence (GmSendJob *self); /* (nullable) until it is READY */
void gm_send_job_edit (GmSendJob *self);          /* back from READY */
void gm_send_job_ask (GmSendJob *self);
void gm_send_job_send (GmSendJob *self); /* READY with LOCKED when the wallet is */

G_END_DECLS
