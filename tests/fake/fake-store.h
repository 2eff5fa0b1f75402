/* fake-store.h - a store that sells one asset of a license-world and fails when it is told to.
 *
 * Only for faults the real server cannot be made to show.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/asset.h"
#include "holder-scene.h"
#include "licenses/license.h"
#include "store/descriptor.h"
#include "web/web-server.h"

typedef struct
{
  HolderScene *scene;
  GmWebServer *web;
  char *origin;
  GmDescriptor *descriptor;
  GmAsset asset;       /* what GET /api/assets/:id says; change it under the lock */
  GHashTable *content; /* CID text to GBytes */
  GHashTable *orders;  /* id to GmOrder */
  GPtrArray *licenses; /* of GmLicense */
  GMutex lock;
  guint requests;                     /* so far */
  guint fail_at;                      /* the request of this number is lost; 0: none */
  gboolean fail_after;                /* lost after it took effect, else before */
  gint64 seed;                        /* what the buyer paid with last */
  void (*forge) (GmLicense *license); /* (nullable) changes what it answers */
} FakeStore;

FakeStore *fake_store_new (void);
void fake_store_free (FakeStore *self);
