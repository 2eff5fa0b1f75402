/* feed-store.h - a store that has only a feed: GET /api/changes and /api/snapshot over real HTTP.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"
#include "web/web-server.h"

typedef struct
{
  GmWebServer *web;
  char *origin;
  GMutex lock;
  char *epoch;
  gint64 rev;
  GPtrArray *assets; /* of GmAsset; what is not published is a tombstone */
  gint64 limit;      /* of a page, whatever was asked for */
  char *changes;     /* (nullable) said instead, as it is */
  char *snapshot;    /* (nullable) */
  const char *html;  /* (nullable) said instead of everything, as text/html */
  guint fail;        /* (0: none) status of every answer */
  guint snapshots;   /* told so far */
} FeedStore;

FeedStore *feed_store_new (void);
void feed_store_free (FeedStore *self);

/* Takes @asset, gives it the next revision, and wakes who waits. Replaces one of the same id. */
void feed_store_put (FeedStore *self, GmAsset *asset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeedStore, feed_store_free)
