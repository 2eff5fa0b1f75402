/* catalog-scene.h - assets by the table, and a cache of them in a temporary folder.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/catalog-db.h"

typedef struct
{
  char *folder;
  char *path;
  GmSql *sql;
} Scene;

Scene *scene_new (void);
void scene_free (Scene *self);

/* A published asset; @n makes its id, its time (one second later each) and its revision. */
GmAsset *scene_asset (guint n, const char *title, const char *artist);

/* Applies one page that ends at revision @rev of epoch "e1". Takes @assets (nullable). */
void scene_apply (Scene *self, GPtrArray *assets, gint64 rev);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)
