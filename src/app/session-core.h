/* session-core.h - what the jobs of app/ take from a session: workers, folders, the open store.
 *
 * Borrowed; everything lives as long as the session, also what an earlier store left behind.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/session.h"
#include "store/descriptor.h"

G_BEGIN_DECLS

typedef struct
{
  GmWorker *db;    /* one thread: reads for the models */
  GmWorker *chain; /* one thread: purchases, the only writer of the ledger */
  GmWorker *vault; /* one thread */
  GmWorker *io;    /* six threads */
  GmHttp *http;
  char *ledger;  /* path of ledger.db */
  char *masters; /* folder */
  char *media;   /* folder of the local copies of public objects */
  GmSecret *library_key;
  GmStoreClient *store;     /* (nullable) none is open */
  GmDescriptor *descriptor; /* (nullable) pinned */
} GmSessionCore;

const GmSessionCore *gm_session_get_core (GmSession *self);

G_END_DECLS
