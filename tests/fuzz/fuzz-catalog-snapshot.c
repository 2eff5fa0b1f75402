/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog-snapshot.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* All of it or nothing: a refused one leaves no cursor behind. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GmSql) cache = gm_catalog_db_open (":memory:", NULL);
  g_autoptr (GInputStream) from = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_auto (GmCatalogCursor) cursor = { 0 };
  gboolean loaded = gm_catalog_snapshot_load (cache, from, NULL, NULL, NULL, NULL);

  g_assert_true (gm_catalog_db_cursor (cache, &cursor, NULL));
  g_assert_cmpint (cursor.epoch != NULL, ==, loaded);
  return 0;
}
