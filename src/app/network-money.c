/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/network-money.h"

#include "base/clock.h"
#include "base/money.h"

struct _GmNetworkMoney
{
  GObject parent;
  GmWorker *io;
  GmWalletNetwork *network;
  GmAddress account;
  gboolean busy;
  GArray *balances; /* (nullable) of GmBalance */
  gint64 read_at;   /* ms */
  GError *error;
};

G_DEFINE_FINAL_TYPE (GmNetworkMoney, gm_network_money, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_TEST_MONEY,
  PROP_BUSY,
  PROP_AMOUNTS,
  PROP_READ_AT,
  PROP_ERROR,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static char **
dup_amounts (GmNetworkMoney *self)
{
  g_autoptr (GStrvBuilder) amounts = NULL;

  if (self->balances == NULL)
    return NULL;
  amounts = g_strv_builder_new ();
  for (guint i = 0; i < self->balances->len; i++)
    {
      const GmBalance *balance = &g_array_index (self->balances, GmBalance, i);
      const char *code = balance->token != NULL ? balance->token->code : "ETH";
      g_autofree char *text = gm_u256_format_local (&balance->units, gm_currency_find (code));

      g_strv_builder_add (amounts, text);
    }
  return g_strv_builder_end (amounts);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmNetworkMoney *self = GM_NETWORK_MONEY (object);

  switch (id)
    {
    case PROP_NAME: g_value_set_string (value, self->network->network->name); break;
    case PROP_TEST_MONEY: g_value_set_boolean (value, self->network->network->test_money); break;
    case PROP_BUSY: g_value_set_boolean (value, self->busy); break;
    case PROP_AMOUNTS: g_value_take_boxed (value, dup_amounts (self)); break;
    case PROP_READ_AT: g_value_set_int64 (value, self->read_at); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

typedef struct
{
  GmWalletNetwork *network;
  GmAddress account;
} Question;

static void
question_free (gpointer data)
{
  gm_wallet_network_unref (((Question *) data)->network);
  g_free (data);
}

static gpointer
read_balances (gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  return gm_balances_read (question->network->chain, &question->account, cancellable, error);
}

static void
notify (GmNetworkMoney *self, guint id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

/* An old value stays, with its time and the reason why there is none newer. */
static void
balances_read (gpointer owner, gpointer result, const GError *error)
{
  GmNetworkMoney *self = owner;

  self->busy = FALSE;
  g_clear_error (&self->error);
  if (result != NULL)
    {
      g_clear_pointer (&self->balances, g_array_unref);
      self->balances = g_array_ref (result);
      self->read_at = gm_clock_now_ms ();
      notify (self, PROP_AMOUNTS);
      notify (self, PROP_READ_AT);
    }
  else
    self->error = g_error_copy (error);
  notify (self, PROP_ERROR);
  notify (self, PROP_BUSY);
}

void
gm_network_money_refresh (GmNetworkMoney *self)
{
  Question *question;

  if (self->busy)
    return;
  question = g_new0 (Question, 1);
  question->network = gm_wallet_network_ref (self->network);
  question->account = self->account;
  self->busy = TRUE;
  notify (self, PROP_BUSY);
  gm_worker_run (self->io, &(GmCall){ .owner = G_OBJECT (self),
                                      .work = read_balances,
                                      .input = question,
                                      .free_input = question_free,
                                      .free_result = (GDestroyNotify) g_array_unref,
                                      .done = balances_read });
}

GmWalletNetwork *
gm_network_money_get_network (GmNetworkMoney *self)
{
  return self->network;
}

const GmAddress *
gm_network_money_get_account (GmNetworkMoney *self)
{
  return &self->account;
}

const char *
gm_network_money_get_name (GmNetworkMoney *self)
{
  return self->network->network->name;
}

const GArray *
gm_network_money_get_balances (GmNetworkMoney *self)
{
  return self->balances;
}

const GError *
gm_network_money_get_error (GmNetworkMoney *self)
{
  return self->error;
}

gboolean
gm_network_money_is_test (GmNetworkMoney *self)
{
  return self->network->network->test_money;
}

static void
finalize (GObject *object)
{
  GmNetworkMoney *self = GM_NETWORK_MONEY (object);

  gm_wallet_network_unref (self->network);
  g_clear_pointer (&self->balances, g_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (gm_network_money_parent_class)->finalize (object);
}

static void
gm_network_money_class_init (GmNetworkMoneyClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TEST_MONEY] = g_param_spec_boolean ("test-money", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_AMOUNTS] = g_param_spec_boxed ("amounts", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_READ_AT] = g_param_spec_int64 ("read-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_network_money_init (GmNetworkMoney *self)
{
}

GmNetworkMoney *
gm_network_money_new (GmWorker *io, GmWalletNetwork *network, const GmAddress *account)
{
  GmNetworkMoney *self = g_object_new (GM_TYPE_NETWORK_MONEY, NULL);

  self->io = io;
  self->network = gm_wallet_network_ref (network);
  self->account = *account;
  return self;
}
