/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/asset-edit.h"

#include "base/json.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JsonObject) body = gm_json_parse_object (bytes, 65536, NULL);
  g_autoptr (JsonObject) wrong = json_object_new ();
  g_autoptr (GmAsset) asset = g_new0 (GmAsset, 1);

  if (body == NULL)
    return 0;
  asset->price_currency = g_strdup ("USDC");
  gm_asset_edit_apply (body, asset, wrong);
  g_assert (asset->price_units >= 0 && asset->bpm >= 0 && asset->bpm <= 400);
  g_assert (asset->title == NULL || g_utf8_strlen (asset->title, -1) <= 200);
  return 0;
}
