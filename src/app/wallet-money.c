/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/wallet-money.h"

#include "app/account-core.h"
#include "evm/address.h"

struct _GmWalletMoney
{
  GObject parent;
  GmWalletMoneyParts parts; /* account and settings are ours */
  GPtrArray *networks;      /* of GmWalletNetwork */
  GListStore *money;        /* of GmNetworkMoney, one for each network */
  GError *error;
  GmAddress chosen;
  gboolean has_chosen; /* else the main account */
};

G_DEFINE_FINAL_TYPE (GmWalletMoney, gm_wallet_money, G_TYPE_OBJECT)

enum
{
  PROP_NETWORKS = 1,
  PROP_ERROR,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmWalletMoney *self = GM_WALLET_MONEY (object);

  switch (id)
    {
    case PROP_NETWORKS: g_value_set_object (value, self->money); break;
    case PROP_ERROR: g_value_set_boxed (value, self->error); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

gboolean
gm_wallet_money_dup_account (GmWalletMoney *self, GmAddress *account)
{
  guint index;

  if (!self->has_chosen || !gm_account_find (self->parts.account, &self->chosen, &index))
    return gm_account_dup_main (self->parts.account, account);
  *account = self->chosen;
  return TRUE;
}

char *
gm_wallet_money_dup_address (GmWalletMoney *self)
{
  GmAddress account;

  return gm_wallet_money_dup_account (self, &account) ? gm_address_dup_text (&account) : NULL;
}

/* What another account had is nobody's business here. */
static void
fill (GmWalletMoney *self)
{
  g_autoptr (GPtrArray) money = g_ptr_array_new_with_free_func (g_object_unref);
  const guint before = g_list_model_get_n_items (G_LIST_MODEL (self->money));
  GmAddress account;

  if (gm_wallet_money_dup_account (self, &account))
    for (guint i = 0; i < self->networks->len; i++)
      g_ptr_array_add (money,
                       gm_network_money_new (self->parts.io, self->networks->pdata[i], &account));
  if (before > 0 || money->len > 0)
    g_list_store_splice (self->money, 0, before, money->pdata, money->len);
}

/* The one whose money is shown may have been removed. */
static void
on_accounts (GmWalletMoney *self)
{
  guint index;

  if (!self->has_chosen || gm_account_find (self->parts.account, &self->chosen, &index))
    return;
  self->has_chosen = FALSE;
  fill (self);
}

void
gm_wallet_money_choose (GmWalletMoney *self, const GmAddress *account)
{
  GmAddress now;

  if (gm_wallet_money_dup_account (self, &now) && gm_address_equal (&now, account))
    return;
  self->chosen = *account;
  self->has_chosen = TRUE;
  fill (self);
}

void
gm_wallet_money_take_networks (GmWalletMoney *self, GPtrArray *networks)
{
  g_ptr_array_unref (self->networks);
  self->networks = networks;
  fill (self);
}

static void
on_settings (GmWalletMoney *self)
{
  g_autofree char *own_nodes = NULL;
  gboolean test_networks;
  GPtrArray *networks;

  g_object_get (self->parts.settings, "own-nodes", &own_nodes, "test-networks", &test_networks,
                NULL);
  g_clear_error (&self->error);
  networks = gm_wallet_network_list (self->parts.http, own_nodes, test_networks, &self->error);
  gm_wallet_money_take_networks (
      self, networks != NULL
                ? networks
                : g_ptr_array_new_with_free_func ((GDestroyNotify) gm_wallet_network_unref));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

GListModel *
gm_wallet_money_get_networks (GmWalletMoney *self)
{
  return G_LIST_MODEL (self->money);
}

/* The store holds them. */
static GmNetworkMoney *
money_at (GmWalletMoney *self, guint position)
{
  g_autoptr (GmNetworkMoney) money = g_list_model_get_item (G_LIST_MODEL (self->money), position);

  return money;
}

GmNetworkMoney *
gm_wallet_money_find (GmWalletMoney *self, guint64 chain_id)
{
  GmNetworkMoney *money;

  for (guint i = 0; (money = money_at (self, i)) != NULL; i++)
    if (gm_network_money_get_network (money)->network->chain_id == chain_id)
      return money;
  return NULL;
}

void
gm_wallet_money_refresh (GmWalletMoney *self)
{
  GmNetworkMoney *money;

  for (guint i = 0; (money = money_at (self, i)) != NULL; i++)
    gm_network_money_refresh (money);
}

static void
finalize (GObject *object)
{
  GmWalletMoney *self = GM_WALLET_MONEY (object);

  g_ptr_array_unref (self->networks);
  g_object_unref (self->money);
  g_clear_error (&self->error);
  g_clear_object (&self->parts.account);
  g_clear_object (&self->parts.settings);
  G_OBJECT_CLASS (gm_wallet_money_parent_class)->finalize (object);
}

static void
gm_wallet_money_class_init (GmWalletMoneyClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_NETWORKS] = g_param_spec_object ("networks", NULL, NULL, G_TYPE_LIST_MODEL,
                                                   flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_wallet_money_init (GmWalletMoney *self)
{
  self->networks = g_ptr_array_new ();
  self->money = g_list_store_new (GM_TYPE_NETWORK_MONEY);
}

GmWalletMoney *
gm_wallet_money_new (const GmWalletMoneyParts *parts)
{
  GmWalletMoney *self = g_object_new (GM_TYPE_WALLET_MONEY, NULL);

  self->parts = *parts;
  g_object_ref (self->parts.account);
  g_object_ref (self->parts.settings);
  g_signal_connect_object (parts->settings, "notify::own-nodes", G_CALLBACK (on_settings), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->settings, "notify::test-networks", G_CALLBACK (on_settings), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->account, "notify::address", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (parts->account, "changed", G_CALLBACK (on_accounts), self,
                           G_CONNECT_SWAPPED);
  on_settings (self);
  return self;
}
