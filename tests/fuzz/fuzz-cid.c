/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/cid.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A CID has one spelling: what is read is written the same way. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  GmCid cid;

  if (gm_cid_parse (text, &cid, &error))
    {
      g_autofree char *again = gm_cid_dup_text (&cid);

      g_assert_cmpstr (again, ==, text);
    }
  else
    g_assert_nonnull (error);
  if (gm_cid_decode (data, size, &cid, NULL))
    {
      guint8 bytes[GM_CID_MAX_BYTES];

      g_assert_cmpmem (bytes, gm_cid_encode (&cid, bytes), data, size);
    }

  return 0;
}
