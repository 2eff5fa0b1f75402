/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/relay.h"

typedef struct
{
  GWeakRef owner;
  GmDone done;
} Asker;

static void
asker_free (gpointer data)
{
  Asker *asker = data;

  g_weak_ref_clear (&asker->owner);
  g_free (asker);
}

void
gm_relay_push (GQueue *askers, GObject *owner, GmDone done)
{
  Asker *asker = g_new0 (Asker, 1);

  g_weak_ref_init (&asker->owner, owner);
  asker->done = done;
  g_queue_push_tail (askers, asker);
}

void
gm_relay_answer (GQueue *askers, gpointer result, const GError *error)
{
  Asker *asker = g_queue_pop_head (askers);
  g_autoptr (GObject) owner = g_weak_ref_get (&asker->owner);

  if (owner != NULL)
    asker->done (owner, result, error);
  asker_free (asker);
}

void
gm_relay_clear (GQueue *askers)
{
  g_queue_clear_full (askers, asker_free);
}
