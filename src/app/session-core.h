/* session-core.h - what the jobs of app/ take from a session: workers, folders, the open store.
 *
 * Borrowed; everything lives as long as the session, also what an earlier store left behind.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/library-key.h"
#include "app/session.h"
#include "store/store-client.h"

G_BEGIN_DECLS

typedef struct
{
  GmWorker *db;       /* one thread: reads for the models */
  GmWorker *chain;    /* one thread: purchases, the only writer of the ledger */
  GmWorker *vault;    /* one thread */
  GmWorker *io;       /* six threads: what may take long */
  GmWorker *media_io; /* covers and the like: never behind a long poll */
  GmHttp *http;
  char *ledger;  /* path of ledger.db */
  char *masters; /* folder */
  char *media;   /* folder of the local copies of public objects */
  GmLibraryKey *library_key;
  GmSigningDesk *desk;      /* whose signers are used on its workers */
  GmStoreClient *store;     /* (nullable) none is open */
  GmDescriptor *descriptor; /* (nullable) pinned */
} GmSessionCore;

/* Makes the folders and everything but the store. The first call of a start. */
gboolean
gm_session_core_start (GmSessionCore *self, const char *data, const char *cache, GError **error);
/* Waits for the workers, which are cancelled by their owners; then clear frees the rest. */
void gm_session_core_stop (GmSessionCore *self);
void gm_session_core_clear (GmSessionCore *self);

const GmSessionCore *gm_session_get_core (GmSession *self);

G_END_DECLS
