/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/typed-data.h"

#include <string.h>

#include "base/error.h"
#include "base/json.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A digest is one of the typed data and not of how its JSON is written. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) text = g_bytes_new (data, size);
  g_autoptr (JsonObject) typed_data = gm_json_parse_object (text, 64 * 1024, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *canonical = NULL;
  g_autoptr (GBytes) again_text = NULL;
  g_autoptr (JsonObject) again = NULL;
  GmHash digest, digest_again;

  if (typed_data == NULL)
    return 0;
  if (!gm_typed_data_digest (typed_data, &digest, &error))
    {
      g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);
      return 0;
    }

  node = gm_json_node_take (json_object_ref (typed_data));
  canonical = gm_json_canonical (node, NULL);
  if (canonical == NULL) /* a double somewhere nobody looks */
    return 0;
  again_text = g_bytes_new (canonical, strlen (canonical));
  again = gm_json_parse_object (again_text, G_MAXSIZE, &error);
  g_assert_no_error (error);
  g_assert_true (gm_typed_data_digest (again, &digest_again, &error));
  g_assert_true (gm_hash_equal (&digest, &digest_again));
  return 0;
}
