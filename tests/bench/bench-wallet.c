/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <malloc.h>
#include <string.h>
#include <time.h>

#include "evm/abi-signature.h"
#include "evm/keccak.h"
#include "evm/tx.h"
#include "vault/sealed.h"
#include "vault/vault.h"
#include "vault/words.h"

/* The same work as tests/peers/bench.mjs has, in lines of the same form: "NAME N per s". */

#define SIGNATURES 4000
#define HASHES     200000
#define LOGS       100000
#define FEW        1000
#define MANY       100000
#define ROUNDS     3 /* the fastest counts */
#define TARGET_S   1.0

#define TRANSFER "event Transfer(address indexed from,address indexed to,uint256 value)"

static double
processor_s (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (double) used.tv_sec + (double) used.tv_nsec / 1e9;
}

static void
measure (const char *name, guint n, void (*run) (guint n))
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      double start = processor_s ();

      run (n);
      best = MIN (best, processor_s () - start);
    }
  g_print ("%-14s %.0f per s\n", name, n / best);
}

static GmSecret *key;
static GmAddress address;
static GmHash digest;
static GmSignature signature;

static void
sign (guint n)
{
  for (guint i = 0; i < n; i++)
    {
      memcpy (digest.b, &i, sizeof i);
      if (!gm_signature_sign (key, &digest, &signature, NULL))
        g_error ("it does not sign");
    }
}

static void
recover (guint n)
{
  GmAddress who;

  for (guint i = 0; i < n; i++)
    if (!gm_signature_recover (&signature, &digest, &who, NULL) ||
        memcmp (&who, &address, sizeof who) != 0)
      g_error ("it recovers another address");
}

static void
verify (guint n)
{
  for (guint i = 0; i < n; i++)
    if (!gm_signature_verify (&signature, &digest, &address, NULL))
      g_error ("it does not verify");
}

static void
hash (guint n)
{
  GmHash at = { { 0 } };

  for (guint i = 0; i < n; i++)
    gm_keccak256 (at.b, sizeof at.b, &at);
}

static void
hash_long (guint n)
{
  static guint8 data[4096];

  for (guint i = 0; i < n; i++)
    {
      GmHash out;

      memcpy (data, &i, sizeof i);
      gm_keccak256 (data, sizeof data, &out);
    }
}

static void
decode_logs (guint n)
{
  g_autoptr (GmAbiSignature) event = gm_abi_signature_parse (TRANSFER + strlen ("event "), NULL);
  guint8 value[32] = { 0 };
  GmHash topics[3] = { event->hash, { { 0 } }, { { 0 } } };

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) data = NULL;
      g_autoptr (GmAbiValue) values = NULL;

      memcpy (topics[1].b + 12, &i, sizeof i);
      memcpy (value + 28, &i, sizeof i);
      data = g_bytes_new (value, sizeof value);
      values = gm_abi_signature_decode_log (event, topics, 3, data, NULL);
      if (values == NULL)
        g_error ("it does not decode");
    }
}

static GmVault *
open_vault (const char *path, double *unlocked_s)
{
  g_autoptr (GmVault) vault = gm_vault_new (path, NULL);
  g_autoptr (GmSecret) words = gm_words_new (12, NULL);
  g_autoptr (GmSecret) password = gm_secret_new_text ("correct horse battery staple");
  gint64 start;

  if (!gm_vault_create (vault, words, password, NULL))
    g_error ("no wallet");
  gm_vault_lock (vault);
  start = g_get_monotonic_time ();
  if (!gm_vault_unlock (vault, password, NULL))
    g_error ("it stays locked");
  *unlocked_s = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  return g_steal_pointer (&vault);
}

/* As a wallet does, with its guarded key. */
static void
sign_transactions (GmVault *vault, guint n)
{
  g_autoptr (GmTx) tx = gm_tx_new (GM_TX_FEE_MARKET);
  GmSigner *signer = gm_vault_signer_new (vault, 0, NULL);

  tx->chain_id = 8453;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) raw = NULL;

      tx->nonce = i;
      raw = gm_tx_sign (tx, signer, NULL);
      if (raw == NULL)
        g_error ("it does not sign");
    }
  gm_vault_signer_free (signer);
}

static gsize
bytes_in_use (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gm-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "wallet.json", NULL);
  g_autoptr (GmVault) vault = NULL;
  double unlocked_s;
  gsize few, many;

  key = gm_secret_new_random (32);
  gm_signature_address (key, &address, NULL);
  measure ("sign", SIGNATURES, sign);
  measure ("recover", SIGNATURES, recover);
  measure ("verify", SIGNATURES, verify);
  measure ("keccak-32", HASHES, hash);
  measure ("keccak-4096", HASHES / 20, hash_long);
  measure ("transfer-log", LOGS, decode_logs);

  vault = open_vault (path, &unlocked_s);
  g_print ("unlock         %.2f s of %.2f s\n", unlocked_s, TARGET_S);
  sign_transactions (vault, FEW);
  few = bytes_in_use ();
  sign_transactions (vault, MANY);
  many = bytes_in_use ();
  g_print ("signatures     %" G_GSIZE_FORMAT " bytes after %d, %" G_GSIZE_FORMAT " after %d more\n",
           few, FEW, many, MANY);

  gm_secret_unref (key);
  g_clear_pointer (&vault, gm_vault_unref);
  g_unlink (path);
  g_rmdir (folder);
  return 0;
}
