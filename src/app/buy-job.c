/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/buy-job.h"

#include <glib/gi18n-lib.h>

#include "app/buy-run.h"
#include "app/buy-steps.h"
#include "app/enum-type.h"
#include "app/price.h"
#include "app/purchases.h"
#include "app/session-core.h"
#include "app/when.h"
#include "base/error.h"

static const GEnumValue phases[] = {
  { GM_BUY_PHASE_WALLET, "GM_BUY_PHASE_WALLET", "wallet" },
  { GM_BUY_PHASE_QUOTING, "GM_BUY_PHASE_QUOTING", "quoting" },
  { GM_BUY_PHASE_QUOTED, "GM_BUY_PHASE_QUOTED", "quoted" },
  { GM_BUY_PHASE_RUNNING, "GM_BUY_PHASE_RUNNING", "running" },
  { GM_BUY_PHASE_WAITING, "GM_BUY_PHASE_WAITING", "waiting" },
  { GM_BUY_PHASE_DONE, "GM_BUY_PHASE_DONE", "done" },
  { GM_BUY_PHASE_FAILED, "GM_BUY_PHASE_FAILED", "failed" },
  { 0 },
};
GM_DEFINE_ENUM_TYPE ("GmBuyPhase", gm_buy_phase_get_type, phases)

#define FIRST_PAUSE_S 2 /* until a store that does not answer is asked again by itself */
#define LAST_PAUSE_S  60

struct _GmBuyJob
{
  GObject parent;
  GmSession *session;   /* not kept alive: it holds us */
  GmAsset *asset;       /* (nullable) when continued from the journal */
  GmPurchase *purchase; /* a copy, as it was after the last run; without id: no price yet */
  GmBuySteps *steps;
  GmBuyPhase phase;
  GmProgress *progress;  /* (nullable) while it runs */
  GCancellable *running; /* (nullable) */
  int step;              /* GmBuyStep, while it runs */
  double fraction;
  char *status; /* (nullable) while it runs */
  guint again;  /* source */
  guint pause_s;
  GError *error;
};

G_DEFINE_FINAL_TYPE (GmBuyJob, gm_buy_job, G_TYPE_OBJECT)

enum
{
  PHASE,
  STEPS,
  ERROR,
  FRACTION,
  STATUS_TEXT, /* what follows comes from the purchase */
  PRICE_TEXT,
  WHEN_TEXT,
  TEST_MONEY,
  HAS_LICENSE,
  EXCLUSIVE,
  N_OWN,
};
static GParamSpec *own[N_OWN];

static gboolean
has_price (GmBuyJob *self)
{
  return self->purchase->id != NULL;
}

static gboolean
is_test (GmBuyJob *self)
{
  return g_strcmp0 (self->purchase->provider, "mock") == 0;
}

static const char *
status_text (GmBuyJob *self)
{
  if (self->status != NULL)
    return self->status;
  if (!has_price (self))
    return _ ("Asking the price…");
  return gm_purchase_state_words ((GmPurchaseState) self->purchase->state,
                                  (GmDelivery) self->purchase->delivery);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmBuyJob *self = GM_BUY_JOB (object);
  const GmPurchase *purchase = self->purchase;

  switch ((int) (id - gm_purchase_type.n_fields - 1))
    {
    case PHASE: g_value_set_enum (value, (gint) self->phase); break;
    case STEPS: g_value_set_object (value, gm_buy_steps_list (self->steps)); break;
    case FRACTION: g_value_set_double (value, self->fraction); break;
    case STATUS_TEXT: g_value_set_string (value, status_text (self)); break;
    case PRICE_TEXT:
      g_value_take_string (value, gm_price_format (purchase->amount_units, purchase->currency));
      break;
    case WHEN_TEXT: g_value_take_string (value, gm_when_format (purchase->created_at)); break;
    case TEST_MONEY: g_value_set_boolean (value, is_test (self)); break;
    case HAS_LICENSE: g_value_set_boolean (value, purchase->delivery > GM_DELIVERY_NONE); break;
    case EXCLUSIVE:
      g_value_set_boolean (value, self->asset != NULL && self->asset->is_exclusive);
      break;
    case ERROR: g_value_set_boxed (value, self->error); break;
    default: gm_record_get_property (object, id, value, pspec); break;
    }
}

static void
notify (GmBuyJob *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), own[id]);
}

static void
set_error (GmBuyJob *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  notify (self, ERROR);
}

/* The row in the library is of the same asset. */
static void
tell_library (GmBuyJob *self)
{
  if (self->session == NULL || !has_price (self))
    return;
  gm_library_model_tell (gm_session_get_library (self->session), self->purchase->asset_id,
                         &(GmLibraryProgress){ .purchase_id = self->purchase->id,
                                               .status_text = status_text (self),
                                               .fraction = self->fraction,
                                               .stopped = self->phase == GM_BUY_PHASE_WAITING });
}

static void
set_phase (GmBuyJob *self, GmBuyPhase phase)
{
  if (self->phase != phase)
    {
      self->phase = phase;
      notify (self, PHASE);
    }
  tell_library (self);
}

static void
set_live (GmBuyJob *self, int step, double fraction, const char *status)
{
  gboolean licensed = self->step <= GM_BUY_RECEIPT && step > GM_BUY_RECEIPT;

  self->step = step;
  if (self->fraction != fraction)
    {
      self->fraction = fraction;
      notify (self, FRACTION);
    }
  if (g_strcmp0 (self->status, status) != 0)
    {
      g_free (self->status);
      self->status = g_strdup (status);
      notify (self, STATUS_TEXT);
    }
  if (licensed && self->session != NULL)
    gm_library_model_refresh (gm_session_get_library (self->session));
}

/* The price is confirmed when this is seen: what the journal says of it is told from then on. */
static void
on_progress (gpointer owner, int step, double fraction, const char *note)
{
  GmBuyJob *self = owner;

  gm_buy_steps_set_active (self->steps, (GmBuyStep) step);
  set_live (self, step, fraction, step <= GM_BUY_AUTHORIZE ? _ ("Signing the order…") : note);
  tell_library (self);
}

/* Where an attempt stands after a run, with or without an error. */
static GmBuyPhase
phase_after (const GmPurchase *purchase)
{
  GmPurchaseState state = (GmPurchaseState) purchase->state;

  if (purchase->id == NULL || !gm_purchase_is_live (state))
    return GM_BUY_PHASE_FAILED;
  if (purchase->delivery == GM_DELIVERY_READY)
    return GM_BUY_PHASE_DONE;
  return state == GM_PURCHASE_QUOTED ? GM_BUY_PHASE_QUOTED : GM_BUY_PHASE_WAITING;
}

static void
take_purchase (GmBuyJob *self, GmPurchase *take)
{
  gm_purchase_free (self->purchase);
  self->purchase = take;
  for (guint i = 0; i < gm_purchase_type.n_fields; i++)
    g_object_notify (G_OBJECT (self), gm_purchase_type.fields[i].column);
  for (guint id = STATUS_TEXT; id < N_OWN; id++)
    notify (self, id);
}

/* What is known before the price. */
static GmPurchase *
draft_new (const GmAsset *asset)
{
  GmPurchase *draft = g_new0 (GmPurchase, 1);

  draft->asset = g_strdup (asset->id);
  draft->asset_id = g_strdup (asset->asset_id);
  draft->title = g_strdup (asset->title);
  draft->artist = g_strdup (asset->artist);
  draft->artwork = g_strdup (asset->artwork);
  draft->duration_ms = asset->duration_ms;
  draft->amount_units = asset->price_units;
  draft->currency = g_strdup (asset->price_currency);
  return draft;
}

static gboolean
on_again (gpointer user_data)
{
  GmBuyJob *self = user_data;

  self->again = 0;
  gm_buy_job_resume (self);
  return G_SOURCE_REMOVE;
}

/* A store that is away comes back, and a wallet may have been unlocked while this ran: what is
 * signed does not wait for a person to press a button. */
static void
go_on_by_itself (GmBuyJob *self)
{
  if (self->phase != GM_BUY_PHASE_WAITING || self->session == NULL)
    return;
  if (gm_error_is (self->error, GM_ERROR_LOCKED) &&
      !gm_account_is_locked (gm_session_get_account (self->session)))
    {
      gm_buy_job_resume (self);
      return;
    }
  if (!gm_error_is (self->error, GM_ERROR_OFFLINE))
    return;
  self->pause_s = self->pause_s == 0 ? FIRST_PAUSE_S : MIN (2 * self->pause_s, LAST_PAUSE_S);
  self->again = g_timeout_add_seconds (self->pause_s, on_again, self);
}

static void
signed_in (gpointer owner, gpointer result, const GError *error)
{
  if (error != NULL)
    g_debug ("sign in: %s", error->message);
}

/* A run signs in when it has to: the session is told. */
static void
tell_session (GmBuyJob *self)
{
  const GmSessionCore *core = gm_session_get_core (self->session);
  g_autofree char *token = core->store != NULL ? gm_store_client_dup_token (core->store) : NULL;
  gboolean is_known;

  g_object_get (self->session, "signed-in", &is_known, NULL);
  if (token != NULL && !is_known)
    gm_session_sign_in (self->session, G_OBJECT (self->session), signed_in);
}

static void
finished (gpointer owner, gpointer result, const GError *error)
{
  GmBuyJob *self = owner;
  GmBuyOutcome *outcome = result;
  const GError *problem = outcome != NULL ? outcome->error : error;

  g_clear_object (&self->running);
  g_clear_pointer (&self->progress, gm_progress_stop);
  set_live (self, GM_BUY_QUOTE, -1, NULL);
  if (outcome != NULL && outcome->purchase != NULL) /* else it was given up before it began */
    take_purchase (self, g_steal_pointer (&outcome->purchase));
  set_error (self, problem);
  if (has_price (self))
    gm_buy_steps_finish (self->steps, phase_after (self->purchase) == GM_BUY_PHASE_DONE,
                         problem != NULL && self->purchase->state != GM_PURCHASE_QUOTED);
  set_phase (self, phase_after (self->purchase));
  if (self->session == NULL)
    return;
  tell_session (self);
  gm_purchases_note (self->session, self);
  gm_library_model_refresh (gm_session_get_library (self->session));
  go_on_by_itself (self);
}

static gboolean
can_run (GmBuyJob *self, const GmSessionCore *core, GError **error)
{
  g_autofree char *store = NULL;

  if (core->store == NULL)
    return gm_fail (error, GM_ERROR_OFFLINE, "no store is open");
  store = gm_descriptor_dup_id (core->descriptor);
  if (has_price (self) && g_strcmp0 (store, self->purchase->store) != 0)
    return gm_fail (error, GM_ERROR_DENIED, "%s",
                    _ ("It was bought in another store. Open that store to go on."));
  return TRUE;
}

static void
run (GmBuyJob *self, gboolean authorize)
{
  const GmSessionCore *core;
  g_autoptr (GError) error = NULL;
  GmBuyRun *input;

  if (self->running != NULL || self->session == NULL)
    return;

  g_clear_handle_id (&self->again, g_source_remove);
  core = gm_session_get_core (self->session);
  if (!can_run (self, core, &error))
    {
      set_error (self, error);
      set_phase (self, phase_after (self->purchase));
      return;
    }
  self->progress = gm_progress_start (self, on_progress);
  input = gm_buy_run_new (core, gm_session_get_account (self->session), self->progress);
  if (has_price (self))
    input->purchase = gm_record_copy (&gm_purchase_type, self->purchase);
  else
    input->asset = gm_record_copy (&gm_asset_type, self->asset);
  input->authorize = authorize;
  set_error (self, NULL);
  set_phase (self, has_price (self) ? GM_BUY_PHASE_RUNNING : GM_BUY_PHASE_QUOTING);
  g_set_object (&self->running,
                gm_worker_run (core->chain, &(GmCall){ .owner = G_OBJECT (self),
                                                       .work = gm_buy_run,
                                                       .input = input,
                                                       .free_input = gm_buy_run_free,
                                                       .free_result = gm_buy_outcome_free,
                                                       .done = finished }));
}

/* From here on the session holds it, whatever becomes of the screen. */
void
gm_buy_job_authorize (GmBuyJob *self)
{
  if (self->phase != GM_BUY_PHASE_QUOTED || self->session == NULL)
    return;
  run (self, TRUE);
  gm_purchases_note (self->session, self);
}

/* A price that does not hold any more is asked for again; what is signed goes on. */
void
gm_buy_job_resume (GmBuyJob *self)
{
  if (self->running != NULL || self->phase == GM_BUY_PHASE_DONE)
    return;
  if (has_price (self) && self->phase == GM_BUY_PHASE_FAILED)
    return; /* it is over: another attempt is another purchase */
  if (self->asset != NULL && self->phase == GM_BUY_PHASE_QUOTED)
    take_purchase (self, draft_new (self->asset));
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

gboolean
gm_buy_job_is_signing (GmBuyJob *self)
{
  return self->phase == GM_BUY_PHASE_RUNNING && self->purchase->state == GM_PURCHASE_QUOTED &&
         self->step <= GM_BUY_AUTHORIZE;
}

const GError *
gm_buy_job_get_error (GmBuyJob *self)
{
  return self->error;
}

const GmPurchase *
gm_buy_job_get_purchase (GmBuyJob *self)
{
  return has_price (self) ? self->purchase : NULL;
}

static void
dispose (GObject *object)
{
  GmBuyJob *self = GM_BUY_JOB (object);

  g_clear_handle_id (&self->again, g_source_remove);
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
  g_free (self->status);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (gm_buy_job_parent_class)->finalize (object);
}

static void
gm_buy_job_class_init (GmBuyJobClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char *const texts[N_OWN] = {
    [STATUS_TEXT] = "status-text", [PRICE_TEXT] = "price-text", [WHEN_TEXT] = "when-text"
  };

  gm_record_install_properties (&gm_purchase_type, object, G_STRUCT_OFFSET (GmBuyJob, purchase));
  object->get_property = get_property;
  object->dispose = dispose;
  object->finalize = finalize;
  own[PHASE] = g_param_spec_enum ("phase", NULL, NULL, GM_TYPE_BUY_PHASE, GM_BUY_PHASE_WALLET,
                                  flags);
  own[STEPS] = g_param_spec_object ("steps", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  own[FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  own[TEST_MONEY] = g_param_spec_boolean ("test-money", NULL, NULL, FALSE, flags);
  own[HAS_LICENSE] = g_param_spec_boolean ("has-license", NULL, NULL, FALSE, flags);
  own[EXCLUSIVE] = g_param_spec_boolean ("exclusive", NULL, NULL, FALSE, flags);
  own[ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  for (guint i = 0; i < N_OWN; i++)
    {
      if (texts[i] != NULL)
        own[i] = g_param_spec_string (texts[i], NULL, NULL, NULL, flags);
      g_object_class_install_property (object, gm_purchase_type.n_fields + 1 + i, own[i]);
    }
}

static void
gm_buy_job_init (GmBuyJob *self)
{
  self->steps = gm_buy_steps_new ();
  self->fraction = -1;
}

static void
on_has_wallet (GmBuyJob *self)
{
  if (self->phase == GM_BUY_PHASE_WALLET)
    run (self, FALSE);
}

GmBuyJob *
gm_buy_job_new (GmSession *session, const GmAsset *asset)
{
  GmBuyJob *self = g_object_new (GM_TYPE_BUY_JOB, NULL);
  GmAccount *account = gm_session_get_account (session);

  g_set_weak_pointer (&self->session, session);
  self->asset = gm_record_copy (&gm_asset_type, asset);
  self->purchase = draft_new (asset);
  if (gm_account_has_wallet (account))
    run (self, FALSE);
  else
    g_signal_connect_object (account, "notify::has-wallet", G_CALLBACK (on_has_wallet), self,
                             G_CONNECT_SWAPPED);
  return self;
}

GmBuyJob *
gm_buy_job_new_resume (GmSession *session, GmPurchase *purchase)
{
  GmBuyJob *self = g_object_new (GM_TYPE_BUY_JOB, NULL);

  g_set_weak_pointer (&self->session, session);
  self->purchase = purchase;
  gm_buy_steps_show (self->steps, purchase);
  set_phase (self, phase_after (purchase));
  return self;
}
