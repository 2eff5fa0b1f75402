/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "storage/cipher.h"

#define FILE_BYTES   (64 * 1024 * 1024)
#define SEALED_CHUNK (GM_CIPHER_CHUNK_BYTES + GM_CIPHER_TAG_BYTES)
#define N_CHUNKS     (FILE_BYTES / GM_CIPHER_CHUNK_BYTES)
#define ROUNDS       25
#define GOAL         0.9

/* What others do on the machine does not count. */
static gint64
thread_us (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

/* The same chunks, already in memory, by libsodium alone: what nobody can beat. */
static double
time_raw (const guint8 *stored, const guint8 *key, guint8 *plain)
{
  gint64 start = thread_us ();

  for (guint64 i = 0; i < N_CHUNKS; i++)
    {
      guint64 counter = GUINT64_TO_BE (i);
      guint8 nonce[12] = { 0, 0, 0, i + 1 == N_CHUNKS };

      memcpy (nonce + 4, &counter, 8);
      if (crypto_aead_chacha20poly1305_ietf_decrypt (
              plain, NULL, NULL, stored + GM_CIPHER_HEADER_BYTES + i * SEALED_CHUNK, SEALED_CHUNK,
              NULL, 0, nonce, key) != 0)
        g_error ("chunk %" G_GUINT64_FORMAT " does not open", i);
    }

  return (double) (thread_us () - start) / G_USEC_PER_SEC;
}

static double
time_reads (GmCipher *cipher, guint8 *plain, gsize step)
{
  gint64 start = thread_us ();
  guint64 at = 0;
  gssize n;

  while ((n = gm_cipher_read (cipher, at, plain, step, NULL)) > 0)
    at += (guint64) n;
  if (at != FILE_BYTES)
    g_error ("read %" G_GUINT64_FORMAT " bytes", at);

  return (double) (thread_us () - start) / G_USEC_PER_SEC;
}

/* As PROTOCOLS B derives it; the library keeps its own copy to itself. */
static void
derive_key (const guint8 *header, GmSecret *content_key, guint8 *key)
{
  guint8 okm[64];

  crypto_generichash_blake2b_salt_personal (okm, 64, header, 64, gm_secret_open (content_key), 32,
                                            NULL, (const guint8 *) "gotmusic.GMA1.k1");
  gm_secret_close (content_key);
  memcpy (key, okm, 32);
}

int
main (int argc, char **argv)
{
  static const gsize steps[] = { 4096, 65536, 1024 * 1024 };
  g_autofree char *folder = g_dir_make_tmp ("gm-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "master.gma1", NULL);
  g_autoptr (GmSecret) content_key = gm_secret_new_random (32);
  g_autofree guint8 *music = g_malloc (FILE_BYTES);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) stored = NULL;
  g_autofree guint8 *into = g_malloc (1024 * 1024);
  g_autoptr (GmCipher) cipher = NULL;
  guint8 key[32];
  double worst = 1e9;

  randombytes_buf (music, FILE_BYTES);
  plain = g_bytes_new_static (music, FILE_BYTES);
  gm_cipher_encrypt_bytes (plain, content_key, NULL, &stored, NULL);
  g_file_set_contents (path, g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored),
                       NULL);
  derive_key (g_bytes_get_data (stored, NULL), content_key, key);
  cipher = gm_cipher_open_file (path, content_key, NULL);

  /* In turns, best of each: what else runs here hits both alike. */
  for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
    {
      double raw = 1e9, ours = 1e9;

      for (guint i = 0; i < ROUNDS; i++)
        {
          raw = MIN (raw, time_raw (g_bytes_get_data (stored, NULL), key, into));
          ours = MIN (ours, time_reads (cipher, into, steps[s]));
        }
      g_print ("reads of %7" G_GSIZE_FORMAT " bytes: libsodium %4.0f MB/s, GMA1 %4.0f MB/s, ratio "
               "%.3f (goal %.1f)\n",
               steps[s], FILE_BYTES / raw / 1e6, FILE_BYTES / ours / 1e6, raw / ours, GOAL);
      worst = MIN (worst, raw / ours);
    }

  g_unlink (path);
  g_rmdir (folder);
  return worst >= GOAL ? 0 : 1;
}
