/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/ens.h"

#include <string.h>

#include "base/error.h"
#include "evm/keccak.h"

/* ENSIP-15 refuses "-" in the third and fourth place of ASCII labels: such is the mark of an
 * encoded label of the DNS. */
static gboolean
is_plain (const char *label)
{
  gsize length = strlen (label);

  return length > 0 && strspn (label, "abcdefghijklmnopqrstuvwxyz0123456789-") == length &&
         !(length >= 4 && label[2] == '-' && label[3] == '-');
}

char *
gm_ens_normalize (const char *name, GError **error)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);
  g_auto (GStrv) labels = g_strsplit (folded, ".", -1);

  if (strlen (name) > GM_ENS_MAX_BYTES)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a name has at most %d bytes", GM_ENS_MAX_BYTES);
  for (guint i = 0; labels[i] != NULL; i++)
    if (!is_plain (labels[i]))
      return gm_fail_null (error, GM_ERROR_BAD_DATA,
                           "“%s”: only names of letters a to z, digits and “-” are taken", name);

  return g_steal_pointer (&folded);
}

gboolean
gm_ens_namehash (const char *name, GmHash *out, GError **error)
{
  g_autofree char *normal = gm_ens_normalize (name, error);
  g_auto (GStrv) labels = normal != NULL ? g_strsplit (normal, ".", -1) : NULL;
  struct
  {
    GmHash parent, label;
  } pair = { 0 };

  if (normal == NULL)
    return FALSE;

  for (guint i = g_strv_length (labels); i > 0; i--)
    {
      gm_keccak256_text (labels[i - 1], &pair.label);
      gm_keccak256 ((const guint8 *) &pair, sizeof pair, &pair.parent);
    }

  *out = pair.parent;
  return TRUE;
}
