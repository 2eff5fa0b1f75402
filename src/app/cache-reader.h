/* cache-reader.h - a read-only connection to the catalog for the one thread of a worker.
 *
 * Opened by its first user there; references may be dropped anywhere.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "catalog/catalog-db.h"

G_BEGIN_DECLS

typedef struct _GmCacheReader GmCacheReader;

GmCacheReader *gm_cache_reader_new (const char *path);
GmCacheReader *gm_cache_reader_ref (GmCacheReader *self);
void gm_cache_reader_unref (GmCacheReader *self);

/* Borrowed. Only on the worker's thread. */
GmSql *gm_cache_reader_open (GmCacheReader *self, GError **error);

G_END_DECLS
