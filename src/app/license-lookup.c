/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/license-lookup.h"

#include "app/session-core.h"

typedef struct
{
  char *ledger;
  char *order_id;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->ledger);
  g_free (lookup->order_id);
  g_free (lookup);
}

static gpointer
find (gpointer input, GCancellable *cancellable, GError **error)
{
  const Lookup *lookup = input;
  g_autoptr (GmSql) ledger = gm_sql_open_sqlite_read_only (lookup->ledger, error);

  return ledger != NULL ? gm_license_db_find (ledger, lookup->order_id, error) : NULL;
}

void
gm_license_lookup (GmSession *session, const char *order_id, GObject *owner, GmDone done)
{
  const GmSessionCore *core = gm_session_get_core (session);
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->ledger = g_strdup (core->ledger);
  lookup->order_id = g_strdup (order_id);
  gm_worker_run (core->db, &(GmCall){ .owner = owner,
                                      .work = find,
                                      .input = lookup,
                                      .free_input = lookup_free,
                                      .free_result = (GDestroyNotify) gm_license_free,
                                      .done = done });
}
