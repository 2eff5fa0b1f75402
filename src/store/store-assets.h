/* store-assets.h - calls for those who edit a store: its assets, their audit, and uploads.
 *
 * Signed in. Blocks. Every change carries an Idempotency-Key of the caller: trying again with the
 * same key changes nothing twice.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"
#include "store/store-client.h"

G_BEGIN_DECLS

#define GM_STORE_ASSETS_PAGE 50

typedef struct
{
  GPtrArray *assets; /* of GmAsset */
  char *next;        /* (nullable) cursor */
  gint64 total;
} GmStorePage;

/* How far the store is with a file. */
typedef struct
{
  char *state; /* queued, running, done, failed, cancelled */
  char *step;  /* (nullable) */
  gint64 permille;
  char *error; /* (nullable) */
} GmStoreJob;

typedef struct
{
  char *id;
  char *operation;
  char *actor; /* address, or system:… */
  gint64 created_at;
  char *changed; /* "title, price_units" */
  char *before;  /* (nullable) JSON */
  char *after;
} GmAuditRecord;

/* @text may be NULL; @status is one of asset.h or "all"; @cursor NULL begins. */
GmStorePage *gm_store_assets_list (GmStoreClient *store,
                                   const char *text,
                                   const char *status,
                                   const char *cursor,
                                   GCancellable *cancellable,
                                   GError **error);
void gm_store_page_free (GmStorePage *page);

/* @job (nullable) gets the newest job; its members are NULL when there is none. */
GmAsset *gm_store_assets_get (GmStoreClient *store,
                              const char *id,
                              GmStoreJob *job,
                              GCancellable *cancellable,
                              GError **error);
void gm_store_job_clear (GmStoreJob *job);

/* Take @body. */
GmAsset *gm_store_assets_create (GmStoreClient *store,
                                 const char *key,
                                 JsonObject *body,
                                 GCancellable *cancellable,
                                 GError **error);
/* CONFLICT when the row is not at @version any more. */
GmAsset *gm_store_assets_edit (GmStoreClient *store,
                               const GmAsset *asset,
                               const char *key,
                               JsonObject *body,
                               GCancellable *cancellable,
                               GError **error);

/* GmAuditRecord, newest first, at most 100. */
GPtrArray *gm_store_assets_audit (GmStoreClient *store,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GError **error);

/* Sends a file; its name at the store, for notify. BAD_DATA: the store takes no such files. */
char *gm_store_assets_upload (GmStoreClient *store,
                              const char *path,
                              GmHttpProgress sent,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);
/* The file of @upload becomes @asset's master: processing begins. */
gboolean gm_store_assets_notify (GmStoreClient *store,
                                 const char *asset,
                                 const char *upload,
                                 GCancellable *cancellable,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmStorePage, gm_store_page_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GmStoreJob, gm_store_job_clear)

G_END_DECLS
