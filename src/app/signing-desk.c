/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/signing-desk.h"

#include <glib/gi18n-lib.h>

#include "app/account-keyring.h"
#include "app/relay.h"
#include "app/signing-rules.h"
#include "base/error.h"
#include "base/worker.h"

#define LOOK_US (100 * G_TIME_SPAN_MILLISECOND) /* how late a question is taken back */

typedef enum
{
  ASKED, /* or in the queue */
  YES,
  NO,
  LATE,
  LOCKED,
  TAKEN_BACK,
} Answer;

typedef struct
{
  GmReview *review;
  GCancellable *cancellable; /* (nullable) */
  Answer answer;
  gint64 until_us;         /* 0: it is not shown yet */
  gboolean needs_password; /* not given yet: a yes does not count */
} Question;

struct _GmSigningDesk
{
  GObject parent;
  GmAccount *account;
  GmReview *shown; /* (nullable) main thread only, as are the next two */
  GQueue checks;   /* of GmReview: their passwords are being tried, in this order */
  GQueue askers;   /* who wants to know, see relay.h */
  GMutex lock;     /* guards the rest */
  GCond answered;
  GQueue questions; /* of Question, on the stacks of who asks; the first one is shown */
  gint64 patience_us;
  gboolean closed;
  guint limit; /* see signing-rules.h */
  GmSigningRules rules;
};

typedef struct
{
  GmSigner signer;
  GmSigner *wallet;
  GmSigningDesk *desk;
  const GmSigningPurpose *purpose; /* never NULL */
} Hand;

G_DEFINE_FINAL_TYPE (GmSigningDesk, gm_signing_desk, G_TYPE_OBJECT)

static guint review_signal, settled_signal;
static const GmSigningPurpose no_purpose;

/* Main thread. */

static void
answer_all (GmSigningDesk *self, GmReview *review, Answer answer)
{
  g_mutex_lock (&self->lock);
  for (GList *at = self->questions.head; at != NULL; at = at->next)
    {
      Question *question = at->data;

      if ((review == NULL || question->review == review) && question->answer == ASKED &&
          !(question->needs_password && answer == YES))
        question->answer = answer;
    }
  g_cond_broadcast (&self->answered);
  g_mutex_unlock (&self->lock);
}

static GmReview *
take_next (GmSigningDesk *self)
{
  Question *first;
  GmReview *next = NULL;

  g_mutex_lock (&self->lock);
  first = g_queue_peek_head (&self->questions);
  if (first != NULL && first->review != self->shown && first->answer == ASKED &&
      !g_cancellable_is_cancelled (first->cancellable))
    {
      next = g_object_ref (first->review);
      first->until_us = g_get_monotonic_time () + self->patience_us;
    }
  g_mutex_unlock (&self->lock);
  return next;
}

static gboolean
is_asked (GmSigningDesk *self, GmReview *review)
{
  gboolean asked;
  Question *first;

  g_mutex_lock (&self->lock);
  first = g_queue_peek_head (&self->questions);
  asked = first != NULL && first->review == review;
  g_mutex_unlock (&self->lock);
  return asked;
}

/* The queue has changed. */
static void
on_queue (gpointer owner)
{
  GmSigningDesk *self = owner;
  g_autoptr (GmReview) settled = NULL;
  g_autoptr (GmReview) next = NULL;

  if (self->shown != NULL && !is_asked (self, self->shown))
    {
      settled = g_steal_pointer (&self->shown);
      g_signal_emit (self, settled_signal, 0, settled);
    }
  next = take_next (self);
  if (next == NULL)
    return;
  self->shown = g_object_ref (next);
  if (g_signal_has_handler_pending (self, review_signal, 0, TRUE))
    g_signal_emit (self, review_signal, 0, next);
  else
    gm_signing_desk_answer (self, next, FALSE);
}

static void
on_locked (GmSigningDesk *self)
{
  if (gm_account_is_locked (self->account))
    answer_all (self, NULL, LOCKED);
}

void
gm_signing_desk_answer (GmSigningDesk *self, GmReview *review, gboolean yes)
{
  answer_all (self, review, yes ? YES : NO);
}

static Question *
find_question (GmSigningDesk *self, GmReview *review)
{
  for (GList *at = self->questions.head; at != NULL; at = at->next)
    if (((Question *) at->data)->review == review)
      return at->data;
  return NULL;
}

gboolean
gm_signing_desk_needs_password (GmSigningDesk *self, GmReview *review)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  const Question *question = find_question (self, review);

  return question != NULL && question->needs_password;
}

static void
password_checked (gpointer owner, gpointer result, const GError *error)
{
  GmSigningDesk *self = owner;
  g_autoptr (GmReview) review = g_queue_pop_head (&self->checks);
  Question *question;

  if (result != NULL)
    {
      g_mutex_lock (&self->lock);
      question = find_question (self, review);
      if (question != NULL)
        question->needs_password = FALSE;
      g_mutex_unlock (&self->lock);
      answer_all (self, review, YES);
    }
  gm_relay_answer (&self->askers, result, error);
}

void
gm_signing_desk_answer_yes (GmSigningDesk *self,
                            GmReview *review,
                            GmSecret *password,
                            GObject *owner,
                            GmDone done)
{
  g_queue_push_tail (&self->checks, g_object_ref (review));
  gm_relay_push (&self->askers, owner, done);
  gm_account_keyring_check_password (self->account, password, G_OBJECT (self), password_checked);
}

static void
on_limit (GmSigningDesk *self, GParamSpec *pspec, GmSettings *settings)
{
  guint limit;

  g_object_get (settings, "keyring-limit", &limit, NULL);
  g_mutex_lock (&self->lock);
  self->limit = limit;
  g_mutex_unlock (&self->lock);
}

void
gm_signing_desk_follow (GmSigningDesk *self, GmSettings *settings)
{
  on_limit (self, NULL, settings);
  g_signal_connect_object (settings, "notify::keyring-limit", G_CALLBACK (on_limit), self,
                           G_CONNECT_SWAPPED);
}

void
gm_signing_desk_close (GmSigningDesk *self)
{
  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  g_mutex_unlock (&self->lock);
  answer_all (self, NULL, TAKEN_BACK);
}

void
gm_signing_desk_set_store (GmSigningDesk *self, const GmDescriptor *store, const char *origin)
{
  g_mutex_lock (&self->lock);
  gm_signing_rules_set_store (&self->rules, store, origin);
  g_mutex_unlock (&self->lock);
}

/* The thread that signs. */

static gboolean
conclude (Answer answer, GError **error)
{
  switch (answer)
    {
    case YES: return TRUE;
    case LOCKED:
      return gm_fail (error, GM_ERROR_LOCKED, "%s", _ ("The wallet was locked before you signed."));
    case LATE:
      return gm_fail (error, GM_ERROR_DECLINED, "%s",
                      _ ("Nobody answered in five minutes. Nothing was signed."));
    case TAKEN_BACK:
      return gm_fail (error, GM_ERROR_DECLINED, "%s",
                      _ ("It was stopped before you signed. Nothing was signed."));
    case NO:
    case ASKED:
    default:
      return gm_fail (error, GM_ERROR_DECLINED, "%s", _ ("You declined. Nothing was signed."));
    }
}

static Answer
wait_for_answer (GmSigningDesk *self, Question *question)
{
  while (question->answer == ASKED)
    {
      if (g_cancellable_is_cancelled (question->cancellable))
        question->answer = TAKEN_BACK;
      else if (question->until_us != 0 && g_get_monotonic_time () >= question->until_us)
        question->answer = LATE;
      else
        g_cond_wait_until (&self->answered, &self->lock, g_get_monotonic_time () + LOOK_US);
    }
  return question->answer;
}

static gboolean
ask (GmSigningDesk *self, GmReview *review, GCancellable *cancellable, GError **error)
{
  Question question = { .review = review, .cancellable = cancellable };
  Answer answer = TAKEN_BACK;

  g_mutex_lock (&self->lock);
  question.needs_password = gm_account_keyring_has_opened (self->account) &&
                            gm_signing_rules_need_password (gm_review_get_moves (review),
                                                            self->limit);
  if (!self->closed)
    {
      g_queue_push_tail (&self->questions, &question);
      gm_worker_post (G_OBJECT (self), on_queue);
      answer = wait_for_answer (self, &question);
      g_queue_remove (&self->questions, &question);
    }
  g_mutex_unlock (&self->lock);
  gm_worker_post (G_OBJECT (self), on_queue);
  return conclude (answer, error);
}

/* What a node that does not answer would have told is missing; that it is, is said. */
static gboolean
try_out (const Hand *hand, const GmSignable *what, GmReview *review, GError **error)
{
  GCancellable *cancellable = hand->purpose->cancellable;
  g_autoptr (GmSimulation) simulation = NULL;
  g_autoptr (GError) problem = NULL;

  if (what->kind != GM_SIGNABLE_TX || hand->purpose->chain == NULL)
    return TRUE;
  simulation = gm_simulate_run (hand->purpose->chain, &hand->signer.address, what->tx, cancellable,
                                &problem);
  if (simulation != NULL)
    gm_review_set_simulation (review, simulation);
  else if (g_cancellable_is_cancelled (cancellable))
    return conclude (TAKEN_BACK, error);
  else
    gm_review_add_fact (review, _ ("Tried out"), _ ("Not possible right now"));
  return TRUE;
}

static GmReview *
review_of (const Hand *hand, const GmSigningRules *rules, const GmSignable *what, GError **error)
{
  const GmSigningPurpose *purpose = hand->purpose;
  GmReviewContext context = { .chain_id = purpose->chain_id,
                              .account = hand->signer.address,
                              .store = rules->store,
                              .title = purpose->title,
                              .currency = purpose->currency,
                              .l1_fee = purpose->l1_fee };
  GmReview *review;

  if (context.chain_id == 0 && rules->store != NULL)
    context.chain_id = rules->store->chain_id;
  review = gm_review_new (what, &context, error);
  if (review != NULL && gm_signing_rules_is_order (what))
    gm_review_add_fact (review,
                        _ ("Also allowed"),
                           _ ("For 7 days, GotMusic may fetch the key to this music by itself"));
  return review;
}

static gboolean
sign (const GmSigner *signer, const GmSignable *what, GmSignature *out, GError **error)
{
  const Hand *hand = signer->data;
  GmSigningDesk *self = hand->desk;
  g_auto (GmSigningRules) rules = { 0 };
  g_autoptr (GmReview) review = NULL;

  g_mutex_lock (&self->lock);
  gm_signing_rules_copy (&self->rules, &rules);
  g_mutex_unlock (&self->lock);

  review = review_of (hand, &rules, what, error);
  if (review == NULL)
    return FALSE;
  if (gm_review_get_danger (review) != NULL ||
      !gm_signing_rules_let_pass (&rules, &signer->address, what))
    {
      if (!try_out (hand, what, review, error) ||
          !ask (self, review, hand->purpose->cancellable, error))
        return FALSE;
    }
  if (!hand->wallet->sign (hand->wallet, what, out, error))
    return FALSE;

  g_mutex_lock (&self->lock);
  gm_signing_rules_note (&self->rules, &signer->address, what);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

GmSigner *
gm_signing_desk_signer_new (GmSigningDesk *self, GError **error)
{
  return gm_signing_desk_signer_new_for (self, NULL, error);
}

GmSigner *
gm_signing_desk_signer_new_for (GmSigningDesk *self, const GmAddress *account, GError **error)
{
  GmSigner *wallet = gm_account_signer_new (self->account, account, error);
  Hand *hand;

  if (wallet == NULL)
    return NULL;

  hand = g_new0 (Hand, 1);
  hand->signer = (GmSigner){ .address = wallet->address, .sign = sign, .data = hand };
  hand->wallet = wallet;
  hand->desk = g_object_ref (self);
  hand->purpose = &no_purpose;
  return &hand->signer;
}

void
gm_signing_desk_signer_free (GmSigner *signer)
{
  Hand *hand = signer != NULL ? signer->data : NULL;

  if (hand == NULL)
    return;
  gm_account_signer_free (hand->wallet);
  g_object_unref (hand->desk);
  g_free (hand);
}

void
gm_signing_desk_signer_set_purpose (GmSigner *signer, const GmSigningPurpose *purpose)
{
  Hand *hand = signer->data;

  hand->purpose = purpose != NULL ? purpose : &no_purpose;
}

void
gm_signing_desk_set_patience_for_test (GmSigningDesk *self, guint ms)
{
  g_mutex_lock (&self->lock);
  self->patience_us = ms * G_TIME_SPAN_MILLISECOND;
  g_mutex_unlock (&self->lock);
}

static void
finalize (GObject *object)
{
  GmSigningDesk *self = GM_SIGNING_DESK (object);

  g_clear_object (&self->shown);
  g_queue_clear_full (&self->checks, g_object_unref);
  gm_relay_clear (&self->askers);
  g_clear_object (&self->account);
  gm_signing_rules_clear (&self->rules);
  g_cond_clear (&self->answered);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (gm_signing_desk_parent_class)->finalize (object);
}

static void
gm_signing_desk_class_init (GmSigningDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
  review_signal = g_signal_new ("review", GM_TYPE_SIGNING_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, GM_TYPE_REVIEW);
  settled_signal = g_signal_new ("settled", GM_TYPE_SIGNING_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, GM_TYPE_REVIEW);
}

static void
gm_signing_desk_init (GmSigningDesk *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->answered);
  g_queue_init (&self->questions);
  g_queue_init (&self->checks);
  g_queue_init (&self->askers);
  self->patience_us = GM_SIGNING_DESK_PATIENCE_S * G_TIME_SPAN_SECOND;
}

GmSigningDesk *
gm_signing_desk_new (GmAccount *account)
{
  GmSigningDesk *self = g_object_new (GM_TYPE_SIGNING_DESK, NULL);

  self->account = g_object_ref (account);
  g_signal_connect_object (account, "notify::locked", G_CALLBACK (on_locked), self,
                           G_CONNECT_SWAPPED);
  return self;
}
