/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/rlp-reader.h"

#include "evm/rlp.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Writes again what is read, until something is refused. */
static gboolean
copy (GmRlpReader *reader, GmRlp *again)
{
  g_autoptr (GError) error = NULL;

  while (!gm_rlp_at_end (reader))
    {
      GmRlpReader inside, before = *reader;
      const guint8 *bytes;
      gsize length;

      if (gm_rlp_at_list (reader) && gm_rlp_read_list (reader, &inside, &error))
        {
          gm_rlp_open (again);
          if (!copy (&inside, again))
            return FALSE;
          gm_rlp_close (again);
        }
      else if (error == NULL && gm_rlp_read_bytes (reader, &bytes, &length, &error))
        gm_rlp_add_bytes (again, bytes, length);
      else
        {
          g_assert_nonnull (error);
          g_assert_true (reader->data == before.data && reader->length == before.length);
          return FALSE;
        }
    }

  return TRUE;
}

/* RLP has one form: what is read is written the same way. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GmRlp) again = gm_rlp_new ();
  g_autoptr (GBytes) same = NULL;
  GmRlpReader reader = gm_rlp_reader (bytes);

  if (copy (&reader, again))
    {
      same = gm_rlp_encode (again);
      g_assert_true (g_bytes_equal (same, bytes));
    }
  return 0;
}
