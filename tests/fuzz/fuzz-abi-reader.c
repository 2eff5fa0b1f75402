/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/abi-reader.h"

#include "evm/abi.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Reads one value of the type the byte names and adds it to @again. */
static gboolean
copy_value (GmAbiReader *reader, guint8 type, GmAbi *again, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  GmAddress address;
  GmU256 number;
  GmHash hash;
  guint64 small;
  gboolean yes;

  switch (type % 7)
    {
    case 0:
      if (!gm_abi_read_u256 (reader, &number, error))
        return FALSE;
      gm_abi_add_u256 (again, &number);
      return TRUE;
    case 1:
      if (!gm_abi_read_u64 (reader, &small, error))
        return FALSE;
      gm_abi_add_uint (again, 64, small);
      return TRUE;
    case 2:
      if (!gm_abi_read_bool (reader, &yes, error))
        return FALSE;
      gm_abi_add_bool (again, yes);
      return TRUE;
    case 3:
      if (!gm_abi_read_address (reader, &address, error))
        return FALSE;
      gm_abi_add_address (again, &address);
      return TRUE;
    case 4:
      if (!gm_abi_read_hash (reader, &hash, error))
        return FALSE;
      gm_abi_add_hash (again, &hash);
      return TRUE;
    case 5:
      bytes = gm_abi_read_bytes (reader, error);
      if (bytes == NULL)
        return FALSE;
      gm_abi_add_bytes (again, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      return TRUE;
    default:
      text = gm_abi_read_text (reader, error);
      if (text == NULL)
        return FALSE;
      gm_abi_add_text (again, text);
      return TRUE;
    }
}

/* Copies values until one is refused; then the reader must stand still. */
static guint
copy (GBytes *data, const guint8 *types, guint n_types, GmAbi *again)
{
  GmAbiReader reader = gm_abi_reader (data);

  for (guint i = 0; i < n_types; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!copy_value (&reader, types[i], again, &error))
        {
          g_assert_nonnull (error);
          g_assert_cmpuint (reader.at, ==, i * 32);
          return i;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (reader.at, ==, (i + 1) * 32);
    }
  return n_types;
}

/* A byte says how many types follow, then comes the data. What was read encodes to the form the
 * same reader gives back to the byte. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint n_types = size > 0 ? data[0] % 8 : 0;
  g_autoptr (GmAbi) first = gm_abi_new ();
  g_autoptr (GmAbi) second = gm_abi_new ();
  g_autoptr (GBytes) outside = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GBytes) same = NULL;
  guint n_read;

  if (size < 1 + n_types)
    return 0;

  outside = g_bytes_new (data + 1 + n_types, size - 1 - n_types);
  n_read = copy (outside, data + 1, n_types, first);
  encoded = gm_abi_encode (first);
  g_assert_cmpuint (copy (encoded, data + 1, n_read, second), ==, n_read);
  same = gm_abi_encode (second);
  g_assert_true (g_bytes_equal (encoded, same));
  return 0;
}
