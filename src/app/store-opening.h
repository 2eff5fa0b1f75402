/* store-opening.h - the blocking parts of opening a store: who it is, and its local catalog.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/worker.h"
#include "store/store-client.h"

G_BEGIN_DECLS

/* The input of both; free with gm_store_opening_free(). */
typedef struct
{
  GmHttp *http; /* borrowed */
  char *url;
  char *owner; /* (nullable) pinned address */
  char *data;  /* folder */
  char *cache; /* folder */
} GmStoreOpening;

void gm_store_opening_free (gpointer opening);

typedef struct
{
  GmStoreClient *client;
  GmDescriptor *descriptor;
  char *cache;          /* path of cache-<id>.db, which exists */
  gboolean from_file;   /* the store was not asked yet */
  gboolean was_unclean; /* the cache was not closed: check it when there is time */
} GmOpenedStore;

void gm_opened_store_free (gpointer opened);

/* The address that was meant: "store.example/" is https://store.example. */
char *gm_store_opening_complete (const char *typed);
/* A GmWork: a GmOpenedStore; from the kept descriptor, else from the store. */
gpointer gm_store_opening_run (gpointer opening, GCancellable *cancellable, GError **error);
/* A GmWork: a GmStoreOffer (session.h) of an address nobody trusts yet. */
gpointer gm_store_opening_probe (gpointer opening, GCancellable *cancellable, GError **error);
/* A GmWork: asks the store itself; a newer descriptor is kept for next time. DENIED: the owner is
 * another now; CONFLICT: what a person trusted is (descriptor.h). The answer is GM_WORKER_OK. */
gpointer gm_store_opening_renew (gpointer opening, GCancellable *cancellable, GError **error);
/* A GmWork over a cache's path (text): GM_WORKER_OK, or BAD_DATA and the file is deleted. */
gpointer gm_store_opening_check (gpointer path, GCancellable *cancellable, GError **error);

G_END_DECLS
