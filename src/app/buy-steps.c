/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/buy-steps.h"

#include <glib/gi18n-lib.h>

#include "app/enum-type.h"

static const GEnumValue states[] = {
  { GM_BUY_STEP_PENDING, "GM_BUY_STEP_PENDING", "pending" },
  { GM_BUY_STEP_ACTIVE, "GM_BUY_STEP_ACTIVE", "active" },
  { GM_BUY_STEP_DONE, "GM_BUY_STEP_DONE", "done" },
  { GM_BUY_STEP_FAILED, "GM_BUY_STEP_FAILED", "failed" },
  { 0 },
};
GM_DEFINE_ENUM_TYPE ("GmBuyStepState", gm_buy_step_state_get_type, states)

/* Shown from the documents on: the price is on the screen before there is a list. */
static const struct
{
  GmBuyStep step;
  const char *title;
} titles[] = {
  { GM_BUY_DOCUMENTS, N_ ("Files checked") },   { GM_BUY_AUTHORIZE, N_ ("Order signed") },
  { GM_BUY_SUBMIT, N_ ("Payment submitted") },  { GM_BUY_TRACK, N_ ("Purchase executed") },
  { GM_BUY_RECEIPT, N_ ("License received") },  { GM_BUY_MASTER, N_ ("Music downloaded") },
  { GM_BUY_KEY, N_ ("Key received") },
};

struct _GmBuyStepItem
{
  GObject parent;
  const char *title;
  GmBuyStepState state;
};

G_DEFINE_FINAL_TYPE (GmBuyStepItem, gm_buy_step_item, G_TYPE_OBJECT)

enum
{
  PROP_TITLE = 1,
  PROP_STATE,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmBuyStepItem *self = GM_BUY_STEP_ITEM (object);

  switch (id)
    {
    case PROP_TITLE: g_value_set_string (value, _ (self->title)); break;
    case PROP_STATE: g_value_set_enum (value, (gint) self->state); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
gm_buy_step_item_class_init (GmBuyStepItemClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, GM_TYPE_BUY_STEP_STATE,
                                              GM_BUY_STEP_PENDING, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_buy_step_item_init (GmBuyStepItem *self)
{
}

struct _GmBuySteps
{
  GListStore *list;
  GmBuyStepItem *items[G_N_ELEMENTS (titles)]; /* the list's */
};

GmBuySteps *
gm_buy_steps_new (void)
{
  GmBuySteps *self = g_new0 (GmBuySteps, 1);

  self->list = g_list_store_new (GM_TYPE_BUY_STEP_ITEM);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (GmBuyStepItem) item = g_object_new (GM_TYPE_BUY_STEP_ITEM, NULL);

      item->title = titles[i].title;
      self->items[i] = item;
      g_list_store_append (self->list, item);
    }
  return self;
}

void
gm_buy_steps_free (GmBuySteps *self)
{
  g_object_unref (self->list);
  g_free (self);
}

GListModel *
gm_buy_steps_list (GmBuySteps *self)
{
  return G_LIST_MODEL (self->list);
}

static void
set_state (GmBuyStepItem *item, GmBuyStepState state)
{
  if (item->state == state)
    return;
  item->state = state;
  g_object_notify_by_pspec (G_OBJECT (item), properties[PROP_STATE]);
}

void
gm_buy_steps_set_active (GmBuySteps *self, GmBuyStep step)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    set_state (self->items[i], titles[i].step < step    ? GM_BUY_STEP_DONE
                               : titles[i].step == step ? GM_BUY_STEP_ACTIVE
                                                        : GM_BUY_STEP_PENDING);
}

static GmBuyStep
next_step (const GmPurchase *purchase)
{
  static const GmBuyStep of_delivery[] = { GM_BUY_RECEIPT, GM_BUY_MASTER, GM_BUY_KEY,
                                           GM_BUY_READY };

  if (purchase->state == GM_PURCHASE_QUOTED)
    return GM_BUY_DOCUMENTS;
  if (purchase->state == GM_PURCHASE_AUTHORIZED)
    return GM_BUY_SUBMIT;
  return gm_purchase_is_paid ((GmPurchaseState) purchase->state) ? of_delivery[purchase->delivery]
                                                                 : GM_BUY_TRACK;
}

void
gm_buy_steps_show (GmBuySteps *self, const GmPurchase *purchase)
{
  gm_buy_steps_set_active (self, next_step (purchase));
  gm_buy_steps_finish (self, FALSE, !gm_purchase_is_live ((GmPurchaseState) purchase->state));
}

void
gm_buy_steps_finish (GmBuySteps *self, gboolean done, gboolean failed)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (done)
      set_state (self->items[i], GM_BUY_STEP_DONE);
    else if (self->items[i]->state == GM_BUY_STEP_ACTIVE)
      set_state (self->items[i], failed ? GM_BUY_STEP_FAILED : GM_BUY_STEP_PENDING);
}
