/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/hkdf.h"

#include <sodium.h>
#include <string.h>

void
gm_hkdf_extract (const guint8 *salt,
                 gsize salt_length,
                 const GmHkdfPart *parts,
                 guint n,
                 guint8 key[GM_HKDF_BYTES])
{
  crypto_auth_hmacsha256_state state;

  crypto_auth_hmacsha256_init (&state, salt, salt_length);
  for (guint i = 0; i < n; i++)
    crypto_auth_hmacsha256_update (&state, parts[i].data, parts[i].length);
  crypto_auth_hmacsha256_final (&state, key);
  sodium_memzero (&state, sizeof state);
}

void
gm_hkdf_expand (const guint8 key[GM_HKDF_BYTES],
                const GmHkdfPart *info,
                guint n,
                guint8 *out,
                gsize length)
{
  crypto_auth_hmacsha256_state state;
  guint8 block[GM_HKDF_BYTES];
  guint8 number = 1;

  g_assert (length <= GM_HKDF_MAX_BYTES);

  for (gsize done = 0; done < length; done += sizeof block, number++)
    {
      crypto_auth_hmacsha256_init (&state, key, GM_HKDF_BYTES);
      if (done > 0)
        crypto_auth_hmacsha256_update (&state, block, sizeof block);
      for (guint i = 0; i < n; i++)
        crypto_auth_hmacsha256_update (&state, info[i].data, info[i].length);
      crypto_auth_hmacsha256_update (&state, &number, 1);
      crypto_auth_hmacsha256_final (&state, block);
      memcpy (out + done, block, MIN (sizeof block, length - done));
    }
  sodium_memzero (&state, sizeof state);
  sodium_memzero (block, sizeof block);
}
