/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evm/signature.h"

#include <string.h>

#include "base/error.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whoever is recovered from a signature is who it verifies for. */
static void
recover (const GmSignature *signature, const GmHash *digest)
{
  g_autoptr (GError) error = NULL;
  GmAddress address;

  if (gm_signature_recover (signature, digest, &address, &error))
    g_assert_true (gm_signature_verify (signature, digest, &address, &error));
  else
    g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

/* The input as text, and its first bytes as a signature. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const GmHash digest = { .b = { 1 } };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  GmSignature signature = { 0 }, same;

  if (gm_signature_parse (text, &signature, &error))
    {
      g_autofree char *hex = gm_signature_dup_hex (&signature);

      g_assert_true (gm_signature_parse (hex, &same, &error));
      g_assert_cmpmem (same.b, sizeof same.b, signature.b, sizeof signature.b);
      recover (&signature, &digest);
    }
  else
    g_assert_error (error, GM_ERROR, GM_ERROR_BAD_DATA);

  memcpy (signature.b, data, MIN (size, sizeof signature.b));
  recover (&signature, &digest);
  return 0;
}
