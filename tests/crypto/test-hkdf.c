/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/hkdf.h"

#include <string.h>

#include "base/hex.h"

/* RFC 5869, appendix A: test cases with SHA-256. */
static const struct
{
  const char *ikm, *salt, *info, *prk, *okm;
} vectors[] = {
  { "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c",
    "f0f1f2f3f4f5f6f7f8f9", "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
    "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865" },
  { "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
    "404142434445464748494a4b4c4d4e4f",
    "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
    "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
    "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
    "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
    "d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeef"
    "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
    "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
    "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
    "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
    "cc30c58179ec3e87c14c01d5c1f3434f1d87" },
  { "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
    "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
    "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8" },
};

static GBytes *
bytes_of (const char *hex)
{
  return gm_hex_decode_bytes (hex, 256, NULL);
}

static GmHkdfPart
part_of (GBytes *bytes)
{
  return (GmHkdfPart){ g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
}

static void
fits_the_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GBytes) ikm = bytes_of (vectors[i].ikm);
      g_autoptr (GBytes) salt = bytes_of (vectors[i].salt);
      g_autoptr (GBytes) info = bytes_of (vectors[i].info);
      g_autofree char *prk = NULL, *okm = NULL;
      GmHkdfPart parts[] = { part_of (ikm) }, more[] = { part_of (info) };
      gsize length = strlen (vectors[i].okm) / 2;
      guint8 key[GM_HKDF_BYTES], out[128];

      gm_hkdf_extract (g_bytes_get_data (salt, NULL), g_bytes_get_size (salt), parts, 1, key);
      gm_hkdf_expand (key, more, 1, out, length);
      prk = gm_hex_encode (key, sizeof key);
      okm = gm_hex_encode (out, length);
      g_assert_cmpstr (prk, ==, vectors[i].prk);
      g_assert_cmpstr (okm, ==, vectors[i].okm);
    }
}

static void
pieces_are_one_text (void)
{
  const GmHkdfPart whole[] = { { "abcdef", 6 } };
  const GmHkdfPart pieces[] = { { "ab", 2 }, { "", 0 }, { "cdef", 4 } };
  guint8 one[GM_HKDF_BYTES], other[GM_HKDF_BYTES];

  gm_hkdf_extract ((const guint8 *) "salt", 4, whole, 1, one);
  gm_hkdf_extract ((const guint8 *) "salt", 4, pieces, 3, other);
  g_assert_cmpmem (one, sizeof one, other, sizeof other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hkdf/fits-the-vectors", fits_the_vectors);
  g_test_add_func ("/hkdf/pieces-are-one-text", pieces_are_one_text);
  return g_test_run ();
}
