/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/hdkey.h"

#include <secp256k1.h>
#include <sodium.h>
#include <string.h>

#include "base/error.h"

#define KEY_BYTES   32
#define NODE_BYTES  64 /* key ‖ chain code */
#define HARDENED    0x80000000u
#define MAX_STEPS   16
#define MASTER      "Bitcoin seed" /* BIP-32, master key generation */
#define POINT_BYTES 33

/* HMAC-SHA512 of @data; its halves are called I_L and I_R in BIP-32. */
static void
hash (const guint8 *key, gsize key_length, const guint8 *data, gsize length, guint8 out[NODE_BYTES])
{
  crypto_auth_hmacsha512_state state;

  crypto_auth_hmacsha512_init (&state, key, key_length);
  crypto_auth_hmacsha512_update (&state, data, length);
  crypto_auth_hmacsha512_final (&state, out);
  sodium_memzero (&state, sizeof state);
}

/* Randomized once against side channels; after that it is only read, from any thread. */
static gpointer
create_context (gpointer unused)
{
  secp256k1_context *context = secp256k1_context_create (SECP256K1_CONTEXT_NONE);
  guint8 seed[32];
  int randomized;

  randombytes_buf (seed, sizeof seed);
  randomized = secp256k1_context_randomize (context, seed);
  g_assert (randomized == 1);
  sodium_memzero (seed, sizeof seed);
  return context;
}

static const secp256k1_context *
get_context (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, create_context, NULL);
}

/* 0 ‖ key, or the public point: what a child is made of. */
static gboolean
parent_bytes (const guint8 *key, gboolean hardened, guint8 out[POINT_BYTES])
{
  const secp256k1_context *context = get_context ();
  secp256k1_pubkey point;
  size_t length = POINT_BYTES;

  if (hardened)
    {
      out[0] = 0;
      memcpy (out + 1, key, KEY_BYTES);
      return TRUE;
    }
  return secp256k1_ec_pubkey_create (context, &point, key) == 1 &&
         secp256k1_ec_pubkey_serialize (context, out, &length, &point, SECP256K1_EC_COMPRESSED) ==
             1;
}

/* CKDpriv of BIP-32. FALSE once in 2^127 children: that one does not exist. */
static gboolean
derive_child (const guint8 *parent, guint32 index, guint8 *child)
{
  guint8 data[POINT_BYTES + sizeof index];
  guint8 both[NODE_BYTES];
  guint32 big = GUINT32_TO_BE (index);
  gboolean derived = parent_bytes (parent, (index & HARDENED) != 0, data);

  memcpy (data + POINT_BYTES, &big, sizeof big);
  hash (parent + KEY_BYTES, KEY_BYTES, data, sizeof data, both);
  memcpy (child, parent, KEY_BYTES);
  memcpy (child + KEY_BYTES, both + KEY_BYTES, KEY_BYTES);
  derived = derived && secp256k1_ec_seckey_tweak_add (get_context (), child, both) == 1;
  sodium_memzero (data, sizeof data);
  sodium_memzero (both, sizeof both);
  return derived;
}

/* "m/44'/0" as numbers; the count, or -1. */
static int
parse_path (const char *path, guint32 steps[MAX_STEPS])
{
  const char *at = path + 1;
  int n = 0;

  if (path[0] != 'm')
    return -1;
  for (; *at == '/' && n < MAX_STEPS; n++)
    {
      const char *digits = at + 1;
      guint64 number = 0;

      for (at = digits; g_ascii_isdigit (*at) && number < HARDENED; at++)
        number = number * 10 + (guint64) g_ascii_digit_value (*at);
      if (at == digits || number >= HARDENED || (digits[0] == '0' && at > digits + 1))
        return -1;
      steps[n] = (guint32) number;
      if (*at == '\'')
        {
          steps[n] |= HARDENED;
          at++;
        }
    }
  return *at == '\0' ? n : -1;
}

static GmSecret *
make_master (GmSecret *seed)
{
  g_autoptr (GmSecret) node = gm_secret_new (NODE_BYTES);
  guint8 *bytes = gm_secret_open_to_write (node);
  gboolean good;

  hash ((const guint8 *) MASTER, strlen (MASTER), gm_secret_open (seed), gm_secret_length (seed),
        bytes);
  gm_secret_close (seed);
  good = secp256k1_ec_seckey_verify (get_context (), bytes) == 1;
  gm_secret_close (node);
  return good ? g_steal_pointer (&node) : NULL;
}

static GmSecret *
make_child (GmSecret *parent, guint32 index)
{
  g_autoptr (GmSecret) node = gm_secret_new (NODE_BYTES);
  gboolean good = derive_child (gm_secret_open (parent), index, gm_secret_open_to_write (node));

  gm_secret_close (parent);
  gm_secret_close (node);
  return good ? g_steal_pointer (&node) : NULL;
}

GmSecret *
gm_hdkey_derive (GmSecret *seed, const char *path, GError **error)
{
  guint32 steps[MAX_STEPS];
  int n = parse_path (path, steps);
  GmSecret *node;

  if (n < 0)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "“%.64s” is no path of a key", path);
  if (gm_secret_length (seed) < 16 || gm_secret_length (seed) > 64)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "a seed has 16 to 64 bytes");

  node = make_master (seed);
  for (int i = 0; i < n && node != NULL; i++)
    {
      GmSecret *child = make_child (node, steps[i]);

      gm_secret_unref (node);
      node = child;
    }
  if (node == NULL)
    return gm_fail_null (error, GM_ERROR_BAD_DATA, "there is no key at “%.64s”", path);
  return node;
}

GmSecret *
gm_hdkey_account (GmSecret *seed, guint32 index, GError **error)
{
  g_autofree char *path = g_strdup_printf ("m/44'/60'/0'/0/%u", index);
  g_autoptr (GmSecret) node = gm_hdkey_derive (seed, path, error);
  GmSecret *key;

  if (node == NULL)
    return NULL;
  key = gm_secret_new_copy (gm_secret_open (node), KEY_BYTES);
  gm_secret_close (node);
  return key;
}
