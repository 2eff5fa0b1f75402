/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/send-job.h"

#include <glib/gi18n-lib.h>

#include "app/payment-link.h"
#include "app/recipient.h"
#include "base/clock.h"
#include "base/error.h"

struct _GmSendJob
{
  GObject parent;
  GmActivity *activity;
  GListModel *own; /* (nullable) */
  GmSendView view;
  GmTransfer transfer; /* holds what is right of the view */
  gboolean has_to;
  gboolean has_amount;
  GmTxRun *run;    /* (nullable) from READY on */
  gint64 asked_ms; /* when it was prepared */
  GObject *asking; /* (nullable) owns the question: what is typed meanwhile drops the answer */
};

G_DEFINE_FINAL_TYPE (GmSendJob, gm_send_job, G_TYPE_OBJECT)

static guint changed_signal;

static GmNetworkMoney *
get_money (GmSendJob *self)
{
  GmWalletMoney *money = gm_activity_get_money (self->activity);
  g_autoptr (GmNetworkMoney) found = g_list_model_get_item (gm_wallet_money_get_networks (money),
                                                            self->view.network);

  return found; /* the list holds it */
}

/* Where it is now, by its number; the first when it is gone. */
static void
find_network_again (GmSendJob *self)
{
  GListModel *networks = gm_wallet_money_get_networks (gm_activity_get_money (self->activity));
  const guint n = g_list_model_get_n_items (networks);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GmNetworkMoney) money = g_list_model_get_item (networks, i);

      if (gm_network_money_get_network (money)->network == self->transfer.network)
        {
          self->view.network = i;
          return;
        }
    }
  self->view.network = self->view.token = 0;
}

static void
set_text (char **text, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

static void
take_error (char **text, const GError *error)
{
  set_text (text, error != NULL ? error->message : NULL);
}

static void
set_phase (GmSendJob *self, GmSendPhase phase, const GError *error)
{
  self->view.phase = phase;
  g_clear_error (&self->view.error);
  self->view.error = error != NULL ? g_error_copy (error) : NULL;
  g_signal_emit (self, changed_signal, 0);
}

/* The table does not have the tokens of a devnet. */
static GmRecipientKind
check_to (GmSendJob *self)
{
  g_auto (GStrv) known = gm_activity_list_known (self->activity, self->own);

  if (gm_network_find_token (self->transfer.network, &self->transfer.to) != NULL)
    return GM_RECIPIENT_TOKEN;
  return gm_recipient_check (&self->transfer.to, &self->transfer.from, (const char *const *) known);
}

static void
read_to (GmSendJob *self)
{
  g_autoptr (GError) error = NULL;
  GmRecipientKind kind = GM_RECIPIENT_KNOWN;

  self->has_to = *self->view.to != '\0' &&
                 gm_recipient_parse (self->view.to, &self->transfer.to, &error);
  if (self->has_to)
    kind = check_to (self);
  take_error (&self->view.to_error, error);
  set_text (&self->view.warning, gm_recipient_words (kind));
  self->view.danger = gm_recipient_is_danger (kind);
}

static const GmU256 *
find_balance (GmSendJob *self, GmNetworkMoney *money)
{
  const GArray *balances = gm_network_money_get_balances (money);

  if (balances == NULL || self->view.token >= balances->len)
    return NULL;
  return &g_array_index (balances, GmBalance, self->view.token).units;
}

static gboolean
read_units (GmSendJob *self, const GmU256 *balance, GError **error)
{
  const GmCurrency *currency = gm_transfer_currency (self->transfer.token);
  g_autofree char *has = balance != NULL ? gm_u256_format_local (balance, currency) : NULL;
  GmU256 units;

  if (self->view.all && balance == NULL)
    return gm_fail (error, GM_ERROR_OFFLINE, _ ("It is not known yet how much there is."));
  if (self->view.all)
    units = *balance;
  else if (!gm_u256_parse_local (self->view.amount, currency, &units, NULL))
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    _ ("Type an amount of %s with at most %u decimals."), currency->code,
                       currency->decimals);
  if (gm_u256_is_zero (&units))
    return gm_fail (error, GM_ERROR_BAD_DATA, _ ("Type more than nothing."));
  if (balance != NULL && gm_u256_compare (&units, balance) > 0)
    return gm_fail (error, GM_ERROR_FUNDS, _ ("You have %s."), has);
  self->transfer.units = units;
  return TRUE;
}

static void
read_amount (GmSendJob *self, GmNetworkMoney *money)
{
  g_autoptr (GError) error = NULL;

  self->transfer.all = self->view.all;
  self->has_amount = (self->view.all || *self->view.amount != '\0') &&
                     read_units (self, find_balance (self, money), &error);
  take_error (&self->view.amount_error, error);
}

static void
take_link (GmSendJob *self, GError **error)
{
  GmWalletMoney *money = gm_activity_get_money (self->activity);
  GmPaymentLink link;

  if (!gm_payment_link_read (self->view.to, gm_wallet_money_get_networks (money), &link, error))
    return;
  self->view.network = link.network;
  self->view.token = link.token;
  self->view.all = FALSE;
  set_text (&self->view.to, link.to);
  if (link.amount != NULL)
    set_text (&self->view.amount, link.amount);
  gm_payment_link_clear (&link);
}

/* Whatever is typed or read, all of it is looked at again, and a fee that was asked is none. */
static void
check (GmSendJob *self)
{
  g_autoptr (GError) error = NULL;
  GmNetworkMoney *money;

  if (self->view.phase >= GM_SEND_SENDING)
    return;
  g_clear_object (&self->asking);
  g_clear_pointer (&self->run, gm_tx_run_unref);
  set_text (&self->view.fee, NULL);
  self->has_to = self->has_amount = FALSE;
  if (gm_payment_link_is (self->view.to))
    take_link (self, &error);
  money = get_money (self);
  if (money != NULL)
    {
      const GmNetwork *network = gm_network_money_get_network (money)->network;

      self->transfer.network = network;
      self->transfer.token = self->view.token > 0 ? &network->tokens[self->view.token - 1] : NULL;
      self->transfer.from = *gm_network_money_get_account (money);
      read_to (self);
      read_amount (self, money);
    }
  if (error != NULL)
    take_error (&self->view.to_error, error);
  set_phase (self, GM_SEND_EDITING, NULL);
}

/* What is being sent goes where it was to go. */
static void
on_networks (GmSendJob *self)
{
  if (self->view.phase >= GM_SEND_SENDING)
    return;
  find_network_again (self);
  check (self);
}

void
gm_send_job_set_own (GmSendJob *self, GListModel *accounts)
{
  g_set_object (&self->own, accounts);
  check (self);
}

void
gm_send_job_set_network (GmSendJob *self, guint network)
{
  if (self->view.network == network)
    return;
  self->view.network = network;
  self->view.token = 0;
  check (self);
}

void
gm_send_job_set_token (GmSendJob *self, guint token)
{
  g_auto (GStrv) tokens = gm_send_job_list_tokens (self);

  if (self->view.token == token || token >= g_strv_length (tokens))
    return;
  self->view.token = token;
  check (self);
}

void
gm_send_job_set_to (GmSendJob *self, const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));

  if (g_str_equal (self->view.to, text))
    return;
  set_text (&self->view.to, text);
  check (self);
}

void
gm_send_job_set_amount (GmSendJob *self, const char *typed)
{
  if (g_str_equal (self->view.amount, typed))
    return;
  set_text (&self->view.amount, typed);
  self->view.all = FALSE;
  check (self);
}

void
gm_send_job_set_all (GmSendJob *self, gboolean all)
{
  if (self->view.all == all)
    return;
  self->view.all = all;
  if (all) /* what was typed is not what is sent */
    set_text (&self->view.amount, "");
  check (self);
}

char **
gm_send_job_list_tokens (GmSendJob *self)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  GmNetworkMoney *money = get_money (self);
  const GmToken *tokens = money != NULL ? gm_network_money_get_network (money)->network->tokens
                                        : NULL;

  g_strv_builder_add (codes, "ETH");
  for (guint i = 0; tokens != NULL && i < GM_NETWORK_MAX_TOKENS && tokens[i].code != NULL; i++)
    g_strv_builder_add (codes, tokens[i].code);
  return g_strv_builder_end (codes);
}

void
gm_send_job_edit (GmSendJob *self)
{
  check (self);
}

gboolean
gm_send_job_may_ask (GmSendJob *self)
{
  return self->view.phase == GM_SEND_EDITING && self->has_to && self->has_amount;
}

char *
gm_send_job_dup_sentence (GmSendJob *self)
{
  return self->run != NULL ? gm_transfer_dup_sentence (&self->run->transfer) : NULL;
}

static void
take_run (GmSendJob *self, GmTxRun *run)
{
  if (self->run != NULL && run->sent == NULL) /* the same transfer: see gm_tx_run_send() */
    run->sent = g_steal_pointer (&self->run->sent);
  g_clear_pointer (&self->run, gm_tx_run_unref);
  self->run = gm_tx_run_ref (run);
  self->asked_ms = gm_clock_now_ms ();
  g_free (self->view.fee);
  self->view.fee = gm_transfer_format_fee (&run->fees.total);
}

static void
asked (gpointer owner, gpointer result, const GError *error)
{
  GmSendJob *self = g_object_get_data (owner, "job");

  if (result == NULL)
    {
      set_phase (self, GM_SEND_EDITING, error);
      return;
    }
  take_run (self, result);
  set_phase (self, GM_SEND_READY, NULL);
}

static void
prepare (GmSendJob *self, GmWalletNetwork *network, GmDone done)
{
  g_clear_object (&self->asking);
  self->asking = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (self->asking, "job", self);
  gm_activity_prepare (self->activity, network, &self->transfer, self->asking, done);
}

void
gm_send_job_ask (GmSendJob *self)
{
  if (!gm_send_job_may_ask (self) || get_money (self) == NULL)
    return;
  set_phase (self, GM_SEND_ASKING, NULL);
  prepare (self, gm_network_money_get_network (get_money (self)), asked);
}

/* It can be tried again, unless its network went away meanwhile. */
static void
set_ready (GmSendJob *self, const GError *error)
{
  GmNetworkMoney *money = get_money (self);

  set_phase (self, GM_SEND_READY, error);
  if (money == NULL || gm_network_money_get_network (money)->network != self->run->network->network)
    on_networks (self);
}

/* What was refused was never sent. */
static void
sent (gpointer owner, gpointer result, const GError *error)
{
  GmSendJob *self = owner;
  const GmTxRun *run = result;
  g_autoptr (GError) refused = NULL;

  if (run != NULL && run->sent->state == GM_SENT_TX_DROPPED)
    refused = g_error_new (GM_ERROR, GM_ERROR_DENIED, "%s", run->sent->failure);
  if (run != NULL && refused == NULL)
    set_phase (self, GM_SEND_SENT, NULL);
  else
    set_ready (self, refused != NULL ? refused : error);
}

static gboolean
has_risen (const GmTxRun *shown, const GmTxRun *now)
{
  return gm_u256_compare (&now->fees.total, &shown->fees.total) > 0;
}

static void
asked_again (gpointer owner, gpointer result, const GError *error)
{
  GmSendJob *self = g_object_get_data (owner, "job");
  g_autoptr (GError) risen = NULL;

  if (result == NULL)
    {
      set_ready (self, error);
      return;
    }
  if (has_risen (self->run, result))
    risen = g_error_new (GM_ERROR, GM_ERROR_CONFLICT, "%s",
                         _ ("The fee has risen since you saw it. Nothing was sent: look again."));
  take_run (self, result);
  if (risen != NULL)
    set_ready (self, risen);
  else
    gm_activity_send (self->activity, self->run, G_OBJECT (self), sent);
}

void
gm_send_job_send (GmSendJob *self)
{
  if (self->view.phase != GM_SEND_READY)
    return;
  set_phase (self, GM_SEND_SENDING, NULL);
  if (gm_clock_now_ms () - self->asked_ms > GM_SEND_JOB_FEE_MS)
    prepare (self, self->run->network, asked_again);
  else
    gm_activity_send (self->activity, self->run, G_OBJECT (self), sent);
}

const GmSendView *
gm_send_job_get_view (GmSendJob *self)
{
  return &self->view;
}

GmActivity *
gm_send_job_get_activity (GmSendJob *self)
{
  return self->activity;
}

static void
dispose (GObject *object)
{
  GmSendJob *self = GM_SEND_JOB (object);

  g_clear_object (&self->asking);
  g_clear_object (&self->own);
  g_clear_object (&self->activity);
  G_OBJECT_CLASS (gm_send_job_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  GmSendJob *self = GM_SEND_JOB (object);
  char *const texts[] = { self->view.to,      self->view.amount,       self->view.to_error,
                          self->view.warning, self->view.amount_error, self->view.fee };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_clear_error (&self->view.error);
  g_clear_pointer (&self->run, gm_tx_run_unref);
  G_OBJECT_CLASS (gm_send_job_parent_class)->finalize (object);
}

static void
gm_send_job_class_init (GmSendJobClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);

  object->dispose = dispose;
  object->finalize = finalize;
  changed_signal = g_signal_new ("changed", GM_TYPE_SEND_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
gm_send_job_init (GmSendJob *self)
{
  self->view.to = g_strdup ("");
  self->view.amount = g_strdup ("");
}

GmSendJob *
gm_send_job_new (GmActivity *activity)
{
  GmSendJob *self = g_object_new (GM_TYPE_SEND_JOB, NULL);

  self->activity = g_object_ref (activity);
  g_signal_connect_object (gm_wallet_money_get_networks (gm_activity_get_money (activity)),
                           "items-changed", G_CALLBACK (on_networks), self, G_CONNECT_SWAPPED);
  check (self);
  return self;
}
