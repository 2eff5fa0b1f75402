/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/container.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  GmContainer container;

  if (gm_container_parse (data, length, &container, &error))
    g_assert_cmpint (gm_container_duration_ms (&container), >=, 0);
  else
    g_assert_nonnull (error);

  return 0;
}
