/* activity-scene.h - a wallet on a real chain of its own that sends, one transaction at a time.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/activity.h"
#include "money-scene.h"
#include "session-scene.h"

#define ACTIVITY_FRIEND                                                                            \
  "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" /* the second account of anvil                      \
                                                */

typedef struct
{
  SessionScene *scene;
  MoneyScene *money;
  GmActivity *activity;
  GmTxRun *answer; /* of the last send */
  GError *error;
} ActivityScene;

ActivityScene *activity_scene_new (const char *option); /* see anvil_new() */
void activity_scene_free (ActivityScene *self);
/* The program ends, and starts again. */
void activity_scene_reopen (ActivityScene *self);

/* To ACTIVITY_FRIEND. */
GmTransfer activity_scene_transfer (ActivityScene *self, gboolean of_token, guint64 units);
GmTxRun *activity_scene_run (ActivityScene *self, const GmTransfer *transfer);

/* These wait for the answer, or the error. They take @run. */
void activity_scene_try (ActivityScene *self, GmTxRun *run);
void activity_scene_sign (ActivityScene *self, GmTxRun *run);
void activity_scene_replace (ActivityScene *self, gboolean cancel); /* the newest */

/* No error. What was sent is the answer's. */
const GmSentTx *activity_scene_send (ActivityScene *self, const GmTransfer *transfer);
const GmSentTx *activity_scene_send_token (ActivityScene *self, guint64 units);

GmActivityItem *activity_scene_item (ActivityScene *self, guint position);
void activity_scene_wait (ActivityScene *self, guint position, GmSentTxState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ActivityScene, activity_scene_free)
