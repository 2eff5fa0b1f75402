/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/asset-query.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A query string as it arrives: filters, sorts, cursors. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GmRequest) request = gm_request_new ();
  g_autoptr (GmAssetQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  request->query = gm_request_parse_query (text, NULL);
  if (request->query == NULL)
    return 0;
  query = gm_asset_query_parse (request, NULL, &error);
  g_assert ((query != NULL) == (error == NULL));
  return 0;
}
