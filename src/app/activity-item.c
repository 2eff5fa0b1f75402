/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/activity-item.h"

#include <glib/gi18n-lib.h>

#include "app/when.h"
#include "base/money.h"

#define LOOKS_TO_BELIEVE 2
#define LOOKS_AFTER_END  8 /* without a block */

struct _GmActivityItem
{
  GObject parent;
  GmSentTx *tx;
  const GmNetwork *network; /* (nullable) */
  gboolean own;
  gboolean superseded;
  GmSentTxState seen; /* by the last look */
  guint n_seen;       /* looks in a row */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (GmActivityItem, gm_activity_item, G_TYPE_OBJECT)

enum
{
  PROP_SENTENCE = 1,
  PROP_STATE,
  PROP_STATE_TEXT,
  PROP_NETWORK,
  PROP_WHEN_TEXT,
  PROP_LINK,
  PROP_TEST_MONEY,
  PROP_MAY_REPLACE,
  PROP_BUSY,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static char *
dup_done (const GmSentTx *tx)
{
  g_autofree char *cost = NULL;
  GmU256 wei;

  if (tx->cost == NULL || !gm_u256_parse (tx->cost, &wei, NULL))
    return g_strdup (_ ("Done"));
  cost = gm_u256_format_local (&wei, gm_currency_find ("ETH"));
  return g_strdup_printf (_ ("Done, for a fee of %s"), cost);
}

static char *
dup_state_text (GmActivityItem *self)
{
  const GmSentTx *tx = self->tx;

  switch ((GmSentTxState) tx->state)
    {
    case GM_SENT_TX_SIGNED: return g_strdup (_ ("Waiting for the network…"));
    case GM_SENT_TX_SENT:
      return g_strdup (self->superseded ? _ ("Another one is to take its place…")
                                        : _ ("On its way…"));
    case GM_SENT_TX_DONE: return dup_done (tx);
    case GM_SENT_TX_REVERTED:
      return g_strdup (_ ("The contract refused it. Only the fee was paid."));
    case GM_SENT_TX_REPLACED: return g_strdup (_ ("Another one took its place"));
    case GM_SENT_TX_DROPPED:
    case GM_SENT_TX_N_STATES: break;
    }
  return tx->failure != NULL ? g_strdup_printf (_ ("Not sent: %s"), tx->failure)
                             : g_strdup (_ ("Not sent"));
}

/* Nothing is to be seen of what never left. */
static char *
dup_link (GmActivityItem *self)
{
  if (self->network == NULL || self->tx->state == GM_SENT_TX_SIGNED ||
      self->tx->state == GM_SENT_TX_DROPPED)
    return NULL;
  return gm_network_dup_link (self->network, GM_NETWORK_TRANSACTION, self->tx->hash);
}

static gboolean
is_open (GmActivityItem *self)
{
  return self->network != NULL && gm_sent_tx_is_open (self->tx) && !self->superseded;
}

gboolean
gm_activity_item_may_replace (GmActivityItem *self)
{
  return is_open (self) && self->own;
}

gboolean
gm_activity_item_see (GmActivityItem *self, GmSentTxState state)
{
  self->n_seen = state == self->seen ? self->n_seen + 1 : 1;
  self->seen = state;
  return state != GM_SENT_TX_REPLACED || self->n_seen >= LOOKS_TO_BELIEVE;
}

gboolean
gm_activity_item_is_followed (GmActivityItem *self)
{
  if (gm_sent_tx_is_open (self->tx))
    return is_open (self);
  return self->network != NULL && !gm_sent_tx_is_mined (self->tx) && !self->superseded &&
         (self->seen != (GmSentTxState) self->tx->state || self->n_seen < LOOKS_AFTER_END);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmActivityItem *self = GM_ACTIVITY_ITEM (object);
  const GmNetwork *network = self->network;

  switch (id)
    {
    case PROP_SENTENCE: g_value_set_string (value, self->tx->sentence); break;
    case PROP_STATE: g_value_set_int (value, (int) self->tx->state); break;
    case PROP_STATE_TEXT: g_value_take_string (value, dup_state_text (self)); break;
    case PROP_NETWORK: g_value_set_string (value, network != NULL ? network->name : NULL); break;
    case PROP_WHEN_TEXT: g_value_take_string (value, gm_when_format (self->tx->created_at)); break;
    case PROP_LINK: g_value_take_string (value, dup_link (self)); break;
    case PROP_TEST_MONEY:
      g_value_set_boolean (value, network != NULL && network->test_money);
      break;
    case PROP_MAY_REPLACE: g_value_set_boolean (value, gm_activity_item_may_replace (self)); break;
    case PROP_BUSY: g_value_set_boolean (value, self->busy); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

const GmSentTx *
gm_activity_item_get_tx (GmActivityItem *self)
{
  return self->tx;
}

static void
notify_state (GmActivityItem *self)
{
  static const guint ids[] = { PROP_STATE, PROP_STATE_TEXT, PROP_LINK, PROP_MAY_REPLACE };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[ids[i]]);
}

void
gm_activity_item_set_tx (GmActivityItem *self, const GmSentTx *tx)
{
  if (gm_record_equal (&gm_sent_tx_type, self->tx, tx))
    return;
  gm_sent_tx_free (self->tx);
  self->tx = gm_record_copy (&gm_sent_tx_type, tx);
  notify_state (self);
}

void
gm_activity_item_set_network (GmActivityItem *self, const GmNetwork *network)
{
  if (self->network == network)
    return;
  self->network = network;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEST_MONEY]);
  notify_state (self);
}

void
gm_activity_item_set_own (GmActivityItem *self, gboolean own)
{
  if (self->own == own)
    return;
  self->own = own;
  notify_state (self);
}

void
gm_activity_item_set_superseded (GmActivityItem *self, gboolean superseded)
{
  if (self->superseded == superseded)
    return;
  self->superseded = superseded;
  notify_state (self);
}

void
gm_activity_item_set_busy (GmActivityItem *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
finalize (GObject *object)
{
  gm_sent_tx_free (GM_ACTIVITY_ITEM (object)->tx);
  G_OBJECT_CLASS (gm_activity_item_parent_class)->finalize (object);
}

static void
gm_activity_item_class_init (GmActivityItemClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char *const texts[N_PROPS] = { [PROP_SENTENCE] = "sentence",
                                              [PROP_STATE_TEXT] = "state-text",
                                              [PROP_NETWORK] = "network",
                                              [PROP_WHEN_TEXT] = "when-text",
                                              [PROP_LINK] = "link" };

  object->get_property = get_property;
  object->finalize = finalize;
  for (guint i = 1; i < N_PROPS; i++)
    if (texts[i] != NULL)
      properties[i] = g_param_spec_string (texts[i], NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, GM_SENT_TX_N_STATES, 0, flags);
  properties[PROP_TEST_MONEY] = g_param_spec_boolean ("test-money", NULL, NULL, FALSE, flags);
  properties[PROP_MAY_REPLACE] = g_param_spec_boolean ("may-replace", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_activity_item_init (GmActivityItem *self)
{
}

GmActivityItem *
gm_activity_item_new (const GmSentTx *tx, const GmNetwork *network)
{
  GmActivityItem *self = g_object_new (GM_TYPE_ACTIVITY_ITEM, NULL);

  self->tx = gm_record_copy (&gm_sent_tx_type, tx);
  self->network = network;
  return self;
}
