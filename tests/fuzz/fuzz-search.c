/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog-db.h"
#include "catalog/search.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever is typed or chosen is a search: it finds something or nothing, and never fails. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static GmSql *cache;
  g_autoptr (GmSearch) search = gm_search_new ();
  g_autoptr (GmSearchResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *) data, size);

  if (cache == NULL)
    cache = gm_catalog_db_open (":memory:", NULL);
  search->text = g_strdup (text);
  if (size > 0 && data[0] % 2 == 0)
    {
      search->genre = g_utf8_make_valid (text, -1);
      search->key = g_utf8_make_valid (text, -1);
      search->compatible = TRUE;
    }
  search->sort = (GmSort) (size % (GM_SORT_PRICE + 1));
  result = gm_search_run (cache, search, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (result);
  return 0;
}
