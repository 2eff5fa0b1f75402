/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "catalog/catalog-page.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is taken has only names and revisions that fit. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const GmCatalogCursor since = { .epoch = (char *) "e1", .rev = 1 };
  g_autoptr (GBytes) text = g_bytes_new (data, size);
  g_autoptr (JsonObject) json = gm_json_parse_object (text, 65536, NULL);
  g_auto (GmCatalogPage) page = { 0 };

  if (json == NULL || !gm_catalog_page_parse (json, &since, &page, NULL))
    return 0;
  g_assert_cmpstr (page.cursor.epoch, ==, "e1");
  for (guint i = 0; i < page.assets->len; i++)
    g_assert_cmpint (((GmAsset *) page.assets->pdata[i])->rev, <=, page.cursor.rev);
  return 0;
}
