/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/license-text.h"

#include <gio/gio.h>

#include "base/bytes.h"

static const char *const texts[] = { GM_APP_PATH "/terms/standard.txt" };

char *
gm_license_text_dup (const char *license_hash)
{
  for (guint i = 0; license_hash != NULL && i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) text = g_resources_lookup_data (texts[i], G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                         NULL);
      g_autofree char *hex = NULL;
      const char *data;
      gsize length;
      GmHash hash;

      if (text == NULL)
        continue;
      data = g_bytes_get_data (text, &length);
      gm_hash_sha256 ((const guint8 *) data, length, &hash);
      hex = gm_hash_dup_hex (&hash);
      if (g_strcmp0 (hex, license_hash) == 0)
        return g_strndup (data, length);
    }
  return NULL;
}
