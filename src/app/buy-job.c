/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/buy-job.h"

#include "app/buy-run.h"
#include "app/buy-steps.h"
#include "app/enum-type.h"
#include "app/progress.h"
#include "app/session-core.h"
#include "base/error.h"
#include "payments/buy.h"

static const GEnumValue phases[] = {
  { GM_BUY_PHASE_QUOTING, "GM_BUY_PHASE_QUOTING", "quoting" },
  { GM_BUY_PHASE_QUOTED, "GM_BUY_PHASE_QUOTED", "quoted" },
  { GM_BUY_PHASE_RUNNING, "GM_BUY_PHASE_RUNNING", "running" },
  { GM_BUY_PHASE_WAITING, "GM_BUY_PHASE_WAITING", "waiting" },
  { GM_BUY_PHASE_DONE, "GM_BUY_PHASE_DONE", "done" },
  { GM_BUY_PHASE_FAILED, "GM_BUY_PHASE_FAILED", "failed" },
  { 0 },
};
GM_DEFINE_ENUM_TYPE ("GmBuyPhase", gm_buy_phase_get_type, phases)

struct _GmBuyJob
{
  GObject parent;
  GmSession *session;   /* not kept alive: it holds us */
  GmAsset *asset;       /* (nullable) when continued from the journal */
  GmPurchase *purchase; /* (nullable) a copy, as it was after the last run */
  GmBuySteps *steps;
  GmBuyPhase phase;
  GmProgress *progress;  /* (nullable) while it runs */
  GCancellable *running; /* (nullable) */
  double fraction;
  GError *error;
};

G_DEFINE_FINAL_TYPE (GmBuyJob, gm_buy_job, G_TYPE_OBJECT)

enum
{
  PROP_PHASE = 1,
  PROP_STEPS,
  PROP_FRACTION,
  PROP_STATUS_TEXT,
  PROP_TITLE,
  PROP_ARTIST,
  PROP_PRICE_TEXT,
  PROP_TEST_MONEY,
  PROP_ASSET_ID,
  PROP_ERROR,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static char *
format_price (GmBuyJob *self)
{
  GmMoney price = { 0 };

  if (self->purchase == NULL)
    return NULL;
  price.units = self->purchase->amount_units;
  price.currency = gm_currency_find (self->purchase->currency);
  return price.currency != NULL ? gm_money_format (&price) : NULL;
}

static const char *
status_text (GmBuyJob *self)
{
  if (self->purchase == NULL)
    return NULL;
  return gm_purchase_state_words ((GmPurchaseState) self->purchase->state,
                                  (GmDelivery) self->purchase->delivery);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmBuyJob *self = GM_BUY_JOB (object);
  const GmPurchase *purchase = self->purchase;

  switch (id)
    {
    case PROP_PHASE: g_value_set_enum (value, (gint) self->phase); break;
    case PROP_STEPS: g_value_set_object (value, gm_buy_steps_list (self->steps)); break;
    case PROP_FRACTION: g_value_set_double (value, self->fraction); break;
    case PROP_STATUS_TEXT: g_value_set_string (value, status_text (self)); break;
    case PROP_TITLE:
      g_value_set_string (value, purchase != NULL ? purchase->title : self->asset->title);
      break;
    case PROP_ARTIST:
      g_value_set_string (value, purchase != NULL ? purchase->artist : self->asset->artist);
      break;
    case PROP_PRICE_TEXT: g_value_take_string (value, format_price (self)); break;
    case PROP_TEST_MONEY:
      g_value_set_boolean (value, purchase != NULL && g_strcmp0 (purchase->provider, "mock") == 0);
      break;
    case PROP_ASSET_ID:
      g_value_set_string (value, purchase != NULL ? purchase->asset_id : self->asset->asset_id);
      break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
notify (GmBuyJob *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_error (GmBuyJob *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  notify (self, PROP_ERROR);
}

static void
set_phase (GmBuyJob *self, GmBuyPhase phase)
{
  if (self->phase == phase)
    return;
  self->phase = phase;
  notify (self, PROP_PHASE);
}

static void
on_progress (gpointer owner, int step, double fraction, const char *note)
{
  GmBuyJob *self = owner;

  gm_buy_steps_set_active (self->steps, (GmBuyStep) step);
  if (self->fraction == fraction)
    return;
  self->fraction = fraction;
  notify (self, PROP_FRACTION);
}

/* Where an attempt stands after a run, with or without an error. */
static GmBuyPhase
phase_after (const GmPurchase *purchase, const GError *error)
{
  GmPurchaseState state;

  if (purchase == NULL)
    return GM_BUY_PHASE_FAILED;
  state = (GmPurchaseState) purchase->state;
  if (purchase->delivery == GM_DELIVERY_READY)
    return GM_BUY_PHASE_DONE;
  if (state == GM_PURCHASE_QUOTED)
    return GM_BUY_PHASE_QUOTED;
  if (gm_purchase_is_live (state) || gm_purchase_is_paid (state))
    return GM_BUY_PHASE_WAITING;
  return error != NULL ? GM_BUY_PHASE_FAILED : GM_BUY_PHASE_WAITING;
}

static void
take_purchase (GmBuyJob *self, GmPurchase *take)
{
  gm_purchase_free (self->purchase);
  self->purchase = take;
  for (guint id = PROP_STATUS_TEXT; id <= PROP_ASSET_ID; id++)
    notify (self, id);
}

static void
finished (gpointer owner, gpointer result, const GError *error)
{
  GmBuyJob *self = owner;
  GmBuyOutcome *outcome = result;
  GmBuyPhase phase;

  g_clear_object (&self->running);
  g_clear_pointer (&self->progress, gm_progress_stop);
  if (outcome == NULL) /* it was given up before it began */
    {
      set_error (self, error);
      set_phase (self, phase_after (self->purchase, error));
      return;
    }
  if (outcome->purchase != NULL)
    take_purchase (self, g_steal_pointer (&outcome->purchase));
  phase = phase_after (self->purchase, outcome->error);
  set_error (self, outcome->error);
  gm_buy_steps_finish (self->steps, phase == GM_BUY_PHASE_DONE,
                       outcome->error != NULL && phase != GM_BUY_PHASE_QUOTED);
  set_phase (self, phase);
  if (self->session != NULL)
    gm_library_model_refresh (gm_session_get_library (self->session));
}

static void
run (GmBuyJob *self, gboolean authorize)
{
  const GmSessionCore *core;
  GmBuyRun *input;

  if (self->running != NULL || self->session == NULL)
    return;

  core = gm_session_get_core (self->session);
  if (core->store == NULL)
    {
      g_autoptr (GError) error = g_error_new (GM_ERROR, GM_ERROR_OFFLINE, "no store is open");

      set_error (self, error);
      set_phase (self, phase_after (self->purchase, error));
      return;
    }
  self->progress = gm_progress_start (self, on_progress);
  input = gm_buy_run_new (core, gm_session_get_account (self->session), self->progress);
  input->asset = self->purchase == NULL ? gm_record_copy (&gm_asset_type, self->asset) : NULL;
  input->purchase = self->purchase != NULL ? gm_record_copy (&gm_purchase_type, self->purchase)
                                           : NULL;
  input->authorize = authorize;
  set_error (self, NULL);
  set_phase (self, self->purchase == NULL ? GM_BUY_PHASE_QUOTING : GM_BUY_PHASE_RUNNING);
  g_set_object (&self->running,
                gm_worker_run (core->chain, &(GmCall){ .owner = G_OBJECT (self),
                                                       .work = gm_buy_run,
                                                       .input = input,
                                                       .free_input = gm_buy_run_free,
                                                       .free_result = gm_buy_outcome_free,
                                                       .done = finished }));
}

void
gm_buy_job_authorize (GmBuyJob *self)
{
  if (self->phase == GM_BUY_PHASE_QUOTED)
    run (self, TRUE);
}

/* A price that does not hold any more is asked for again; what is signed goes on. */
void
gm_buy_job_resume (GmBuyJob *self)
{
  if (self->phase == GM_BUY_PHASE_DONE || self->running != NULL)
    return;
  if (self->asset != NULL && (self->purchase == NULL || self->phase == GM_BUY_PHASE_QUOTED ||
                              self->phase == GM_BUY_PHASE_FAILED))
    g_clear_pointer (&self->purchase, gm_purchase_free);
  run (self, FALSE);
}

/* What nobody signed makes room for the next attempt by itself (buy.h). */
void
gm_buy_job_cancel (GmBuyJob *self)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
}

GmBuyPhase
gm_buy_job_get_phase (GmBuyJob *self)
{
  return self->phase;
}

const GmPurchase *
gm_buy_job_get_purchase (GmBuyJob *self)
{
  return self->purchase;
}

static void
dispose (GObject *object)
{
  GmBuyJob *self = GM_BUY_JOB (object);

  g_clear_object (&self->running);
  g_clear_pointer (&self->progress, gm_progress_drop);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (gm_buy_job_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  GmBuyJob *self = GM_BUY_JOB (object);

  gm_asset_free (self->asset);
  gm_purchase_free (self->purchase);
  gm_buy_steps_free (self->steps);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (gm_buy_job_parent_class)->finalize (object);
}

static void
gm_buy_job_class_init (GmBuyJobClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char *const texts[] = { [PROP_STATUS_TEXT] = "status-text",
                                       [PROP_TITLE] = "title",
                                       [PROP_ARTIST] = "artist",
                                       [PROP_PRICE_TEXT] = "price-text",
                                       [PROP_ASSET_ID] = "asset-id" };

  object->get_property = get_property;
  object->dispose = dispose;
  object->finalize = finalize;
  properties[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL, GM_TYPE_BUY_PHASE,
                                              GM_BUY_PHASE_QUOTING, flags);
  properties[PROP_STEPS] = g_param_spec_object ("steps", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_TEST_MONEY] = g_param_spec_boolean ("test-money", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  for (guint id = 0; id < G_N_ELEMENTS (texts); id++)
    if (texts[id] != NULL)
      properties[id] = g_param_spec_string (texts[id], NULL, NULL, NULL, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_buy_job_init (GmBuyJob *self)
{
  self->steps = gm_buy_steps_new ();
  self->fraction = -1;
}

GmBuyJob *
gm_buy_job_new (GmSession *session, const GmAsset *asset)
{
  GmBuyJob *self = g_object_new (GM_TYPE_BUY_JOB, NULL);

  g_set_weak_pointer (&self->session, session);
  self->asset = gm_record_copy (&gm_asset_type, asset);
  run (self, FALSE);
  return self;
}

GmBuyJob *
gm_buy_job_new_resume (GmSession *session, GmPurchase *purchase)
{
  GmBuyJob *self = g_object_new (GM_TYPE_BUY_JOB, NULL);

  g_set_weak_pointer (&self->session, session);
  self->purchase = purchase;
  self->phase = phase_after (purchase, NULL);
  return self;
}
