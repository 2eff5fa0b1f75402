/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity-scene.h"

#include "app/session-core.h"
#include "base/hex.h"

ActivityScene *
activity_scene_new (const char *option)
{
  ActivityScene *self = g_new0 (ActivityScene, 1);

  self->scene = session_scene_new ();
  self->money = money_scene_new (self->scene->session, option);
  self->activity = gm_session_get_activity (self->scene->session);
  return self;
}

void
activity_scene_free (ActivityScene *self)
{
  g_clear_pointer (&self->answer, gm_tx_run_unref);
  g_clear_error (&self->error);
  session_scene_free (self->scene);
  money_scene_free (self->money);
  g_free (self);
}

GmTransfer
activity_scene_transfer (ActivityScene *self, gboolean of_token, guint64 units)
{
  GmTransfer transfer = { .network = &self->money->network,
                          .token = of_token ? &self->money->network.tokens[0] : NULL,
                          .from = self->money->account,
                          .units = gm_u256_from_u64 (units) };

  g_assert_true (gm_hex_decode (ACTIVITY_FRIEND + 2, transfer.to.b, sizeof transfer.to.b, NULL));
  return transfer;
}

GmTxRun *
activity_scene_run (ActivityScene *self, const GmTransfer *transfer)
{
  return gm_tx_run_new (gm_network_money_get_network (money_scene_money (self->money)),
                        gm_activity_get_ledger (self->activity), transfer);
}

static ActivityScene *asking;

static void
on_sent (gpointer owner, gpointer result, const GError *error)
{
  asking->answer = result != NULL ? gm_tx_run_ref (result) : NULL;
  asking->error = error != NULL ? g_error_copy (error) : NULL;
}

static gboolean
is_answered (gpointer data)
{
  ActivityScene *self = data;

  return self->answer != NULL || self->error != NULL;
}

static void
begin (ActivityScene *self)
{
  asking = self;
  g_clear_pointer (&self->answer, gm_tx_run_unref);
  g_clear_error (&self->error);
}

void
activity_scene_try (ActivityScene *self, GmTxRun *run)
{
  begin (self);
  gm_activity_send (self->activity, run, G_OBJECT (self->scene->session), on_sent);
  gm_tx_run_unref (run);
  session_scene_wait (is_answered, self);
}

const GmSentTx *
activity_scene_send (ActivityScene *self, const GmTransfer *transfer)
{
  activity_scene_try (self, activity_scene_run (self, transfer));
  g_assert_no_error (self->error);
  return self->answer->sent;
}

const GmSentTx *
activity_scene_send_token (ActivityScene *self, guint64 units)
{
  const GmTransfer transfer = activity_scene_transfer (self, TRUE, units);

  return activity_scene_send (self, &transfer);
}

GmActivityItem *
activity_scene_item (ActivityScene *self, guint position)
{
  g_autoptr (GmActivityItem) item = g_list_model_get_item (gm_activity_get_items (self->activity),
                                                           position);

  return item;
}

typedef struct
{
  ActivityScene *scene;
  guint position;
  GmSentTxState state;
} Wanted;

static gboolean
is_in_state (gpointer data)
{
  const Wanted *wanted = data;
  GmActivityItem *item = activity_scene_item (wanted->scene, wanted->position);

  return item != NULL && gm_activity_item_get_tx (item)->state == (gint64) wanted->state;
}

void
activity_scene_wait (ActivityScene *self, guint position, GmSentTxState state)
{
  session_scene_wait (is_in_state, &(Wanted){ self, position, state });
}

void
activity_scene_replace (ActivityScene *self, gboolean cancel)
{
  begin (self);
  gm_activity_replace (self->activity, activity_scene_item (self, 0), cancel,
                       G_OBJECT (self->scene->session), on_sent);
  session_scene_wait (is_answered, self);
}

void
activity_scene_reopen (ActivityScene *self)
{
  g_autofree char *data = g_build_filename (self->scene->folder, "data", NULL);
  g_autofree char *cache = g_build_filename (self->scene->folder, "cache", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (self->scene->session);
  self->scene->session = gm_session_new (data, cache, self->scene->settings, &error);
  g_assert_no_error (error);
  self->money->session = self->scene->session;
  money_scene_say_yes (self->money);
  self->activity = gm_session_get_activity (self->scene->session);
  money_scene_use_node (self->money, self->money->node->url);
}

static gpointer
run_sign (gpointer run, GCancellable *cancellable, GError **error)
{
  return gm_tx_run_sign (run, cancellable, error) ? gm_tx_run_ref (run) : NULL;
}

void
activity_scene_sign (ActivityScene *self, GmTxRun *run)
{
  begin (self);
  gm_worker_run (gm_session_get_core (self->scene->session)->chain,
                 &(GmCall){ .owner = G_OBJECT (self->scene->session),
                            .work = run_sign,
                            .input = run,
                            .free_input = gm_tx_run_unref,
                            .free_result = gm_tx_run_unref,
                            .done = on_sent });
  session_scene_wait (is_answered, self);
}
