/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments/journal.h"

#include "base/clock.h"
#include "base/error.h"

#define BY_ID "SELECT * FROM purchases WHERE id = ?1"
#define LIVE                                                                                       \
  "SELECT * FROM purchases WHERE store = ?1 AND asset_id = ?2 AND buyer = ?3 AND live = 1"
#define OPEN                                                                                       \
  "SELECT * FROM purchases WHERE live = 1 AND state > ?1 AND delivery < ?2 "                       \
  "ORDER BY created_at, id"
#define ALL "SELECT * FROM purchases ORDER BY created_at DESC, id DESC"
#define UPDATE                                                                                     \
  "UPDATE purchases SET state = ?1, delivery = ?2, live = ?3, manifest_hash = ?4, "                \
  "envelope_hash = ?5, order_id = ?6, order_json = ?7, delegate_json = ?8, session_box = ?9, "     \
  "failure = ?10, updated_at = ?11 WHERE id = ?12 AND state = ?13 AND delivery = ?14"
#define DROP "DELETE FROM purchases WHERE id = ?1 AND state = ?2"

gboolean
gm_journal_begin (GmSql *ledger, GmPurchase *purchase, GError **error)
{
  purchase->state = GM_PURCHASE_QUOTED;
  purchase->delivery = GM_DELIVERY_NONE;
  purchase->live = TRUE;
  purchase->created_at = purchase->updated_at = gm_clock_now_ms ();
  if (!gm_sql_put (ledger, &gm_purchase_type, purchase, error))
    {
      g_prefix_error (error, "begin a purchase: ");
      return FALSE;
    }
  return TRUE;
}

/* One statement, so one commit; it changes nothing when another window was faster. */
static gboolean
write_change (GmSql *ledger,
              GmPurchase *purchase,
              GmPurchaseState state,
              GmDelivery delivery,
              GError **error)
{
  gint64 now = gm_clock_now_ms ();
  gboolean live = gm_purchase_is_live (state);
  const GmValue values[] = {
    gm_value_int (state),
    gm_value_int (delivery),
    gm_value_int (live),
    gm_value_text (purchase->manifest_hash),
    gm_value_text (purchase->envelope_hash),
    gm_value_text (purchase->order_id),
    gm_value_text (purchase->order_json),
    gm_value_text (purchase->delegate_json),
    gm_value_gbytes (purchase->session_box),
    gm_value_text (purchase->failure),
    gm_value_int (now),
    gm_value_text (purchase->id),
    gm_value_int (purchase->state),
    gm_value_int (purchase->delivery),
  };
  gint64 changed = 0;

  if (!gm_sql_run (ledger, UPDATE, values, G_N_ELEMENTS (values), &changed, error))
    return FALSE;
  if (changed != 1)
    return gm_fail (error, GM_ERROR_CONFLICT, "this purchase went on somewhere else");

  purchase->state = state;
  purchase->delivery = delivery;
  purchase->live = live;
  purchase->updated_at = now;
  return TRUE;
}

gboolean
gm_journal_move (GmSql *ledger, GmPurchase *purchase, GmPurchaseState to, GError **error)
{
  if (!gm_purchase_may_go ((GmPurchaseState) purchase->state, to))
    return gm_fail (error, GM_ERROR_BUG, "a purchase cannot go from %s to %s",
                    gm_purchase_state_id ((GmPurchaseState) purchase->state),
                    gm_purchase_state_id (to));

  return write_change (ledger, purchase, to, (GmDelivery) purchase->delivery, error);
}

gboolean
gm_journal_deliver (GmSql *ledger, GmPurchase *purchase, GmDelivery delivery, GError **error)
{
  if (!gm_purchase_is_paid ((GmPurchaseState) purchase->state) ||
      delivery != purchase->delivery + 1)
    return gm_fail (error, GM_ERROR_BUG, "a purchase is delivered step by step, once it is paid");

  return write_change (ledger, purchase, (GmPurchaseState) purchase->state, delivery, error);
}

GmPurchase *
gm_journal_find (GmSql *ledger, const char *id, GError **error)
{
  const GmValue value = gm_value_text (id);

  return gm_sql_find (ledger, &gm_purchase_type, BY_ID, &value, 1, error);
}

GmPurchase *
gm_journal_find_live (GmSql *ledger,
                      const char *store,
                      const char *asset_id,
                      const char *buyer,
                      GError **error)
{
  const GmValue values[] = { gm_value_text (store), gm_value_text (asset_id),
                             gm_value_text (buyer) };

  return gm_sql_find (ledger, &gm_purchase_type, LIVE, values, G_N_ELEMENTS (values), error);
}

GPtrArray *
gm_journal_list_open (GmSql *ledger, GError **error)
{
  const GmValue values[] = { gm_value_int (GM_PURCHASE_QUOTED), gm_value_int (GM_DELIVERY_READY) };

  return gm_sql_list (ledger, &gm_purchase_type, OPEN, values, G_N_ELEMENTS (values), error);
}

GPtrArray *
gm_journal_list (GmSql *ledger, GError **error)
{
  return gm_sql_list (ledger, &gm_purchase_type, ALL, NULL, 0, error);
}

gboolean
gm_journal_drop (GmSql *ledger, GmPurchase *purchase, GError **error)
{
  const GmValue values[] = { gm_value_text (purchase->id), gm_value_int (GM_PURCHASE_QUOTED) };
  gint64 changed = 0;

  if (!gm_sql_run (ledger, DROP, values, G_N_ELEMENTS (values), &changed, error))
    return FALSE;

  return changed == 1 ||
         gm_fail (error, GM_ERROR_CONFLICT, "this purchase is signed and cannot be dropped");
}
