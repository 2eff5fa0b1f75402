/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "crypto/subkey.h"

#include <string.h>

#include "base/error.h"
#include "base/hex.h"

static GmSecret *
key_of_counting_bytes (void)
{
  guint8 bytes[32];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) i;
  return gm_secret_new_copy (bytes, sizeof bytes);
}

/* Made with Python: hashlib.blake2b (data, digest_size=32, key=bytes (range (32)), person=…). */
static const struct
{
  const char *purpose, *data, *subkey;
} vectors[] = {
  { "keystore.proof", "", "81c74e02c31e2e0ec727eb836836769d14c356fed533949a0f74843bf80c7b58" },
  { "gotmusic.16bytes", "data",
    "b8aa97c049fec0344512b6f635941eb70e5bd870c6de39a34dd69bf391b34803" },
};

static void
fits_the_vectors (void)
{
  g_autoptr (GmSecret) key = key_of_counting_bytes ();

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GmSecret) subkey = gm_subkey_derive (
          key, vectors[i].purpose, (const guint8 *) vectors[i].data, strlen (vectors[i].data));
      g_autofree char *text = gm_hex_encode (gm_secret_open (subkey), gm_secret_length (subkey));

      gm_secret_close (subkey);
      g_assert_cmpstr (text, ==, vectors[i].subkey);
    }
}

static void
keys_of_purposes_differ (void)
{
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  g_autoptr (GmSecret) one = gm_subkey_derive (key, "one", NULL, 0);
  g_autoptr (GmSecret) same = gm_subkey_derive (key, "one", NULL, 0);
  g_autoptr (GmSecret) other = gm_subkey_derive (key, "other", NULL, 0);
  g_autoptr (GmSecret) with_data = gm_subkey_derive (key, "one", (const guint8 *) "d", 1);

  g_assert_true (gm_secret_equal (one, same));
  g_assert_false (gm_secret_equal (one, other));
  g_assert_false (gm_secret_equal (one, with_data));
}

static void
what_is_sealed_is_opened (void)
{
  g_autoptr (GmSecret) key = gm_secret_new_random (32);

  for (gsize length = 0; length < 100; length += 11)
    {
      g_autoptr (GmSecret) text = gm_secret_new_random (length);
      g_autoptr (GBytes) box = gm_subkey_seal (key, "context", text);
      g_autoptr (GBytes) again = gm_subkey_seal (key, "context", text);
      g_autoptr (GmSecret) opened = gm_subkey_open (key, "context", box, NULL);

      g_assert_cmpuint (g_bytes_get_size (box), ==, 24 + length + 16);
      g_assert_false (g_bytes_equal (box, again));
      g_assert_true (gm_secret_equal (opened, text));
    }
}

static void
assert_denied (GmSecret *key, const char *context, GBytes *box)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gm_subkey_open (key, context, box, &error));
  g_assert_error (error, GM_ERROR, GM_ERROR_DENIED);
}

static void
any_change_is_denied (void)
{
  g_autoptr (GmSecret) key = gm_secret_new_random (32);
  g_autoptr (GmSecret) other = gm_secret_new_random (32);
  g_autoptr (GmSecret) text = gm_secret_new_text ("text");
  g_autoptr (GBytes) box = gm_subkey_seal (key, "context", text);
  gsize length = g_bytes_get_size (box);

  assert_denied (other, "context", box);
  assert_denied (key, "contexT", box);
  assert_denied (key, "", box);
  for (gsize i = 0; i < length; i++)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (box, NULL), length);
      g_autoptr (GBytes) changed = NULL, shorter = g_bytes_new_from_bytes (box, 0, i);

      data[i] ^= 0x80;
      changed = g_bytes_new (data, length);
      assert_denied (key, "context", changed);
      assert_denied (key, "context", shorter);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/subkey/fits-the-vectors", fits_the_vectors);
  g_test_add_func ("/subkey/keys-of-purposes-differ", keys_of_purposes_differ);
  g_test_add_func ("/subkey/what-is-sealed-is-opened", what_is_sealed_is_opened);
  g_test_add_func ("/subkey/any-change-is-denied", any_change_is_denied);
  return g_test_run ();
}
