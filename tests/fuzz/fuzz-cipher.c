/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/cipher.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  GmCipherStore base;
  const guint8 *data;
} MemoryStore;

static gssize
memory_read (GmCipherStore *base, guint64 offset, guint8 *into, gsize length, GError **error)
{
  MemoryStore *self = (MemoryStore *) base;

  g_assert_cmpuint (offset, <=,
                    base->size); /* nothing is asked for beyond what was said to be there */
  g_assert_cmpuint (length, <=, base->size - offset);
  memcpy (into, self->data + offset, length);
  return (gssize) length;
}

static void
memory_free (GmCipherStore *base)
{
  g_free (base);
}

static GmSecret *
corpus_key (void)
{
  guint8 key[32];

  for (guint i = 0; i < sizeof key; i++)
    key[i] = (guint8) i;
  return gm_secret_new_copy (key, sizeof key);
}

static void
read_all (GmCipher *cipher)
{
  guint8 into[1000];
  guint64 at = 0;
  g_autoptr (GError) error = NULL;
  gssize n;

  while ((n = gm_cipher_read (cipher, at, into, sizeof into, &error)) > 0)
    at += (guint64) n;
  g_assert_true (n < 0 ? error != NULL : at == gm_cipher_length (cipher));
}

/* The input as a stored file, and as music: what is sealed opens to the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static GmSecret *key;
  g_autoptr (GBytes) plain = g_bytes_new_static (data, size);
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GError) error = NULL;
  MemoryStore *store = g_new0 (MemoryStore, 1);
  g_autoptr (GmCipher) cipher = NULL;

  if (key == NULL)
    key = corpus_key ();
  store->base = (GmCipherStore){ memory_read, size, memory_free };
  store->data = data;
  cipher = gm_cipher_open (&store->base, key, &error);
  g_assert_true ((cipher == NULL) == (error != NULL));
  if (cipher != NULL)
    read_all (cipher);

  g_assert_true (gm_cipher_encrypt_bytes (plain, key, NULL, &stored, NULL));
  g_assert_cmpuint (g_bytes_get_size (stored), ==, gm_cipher_stored_size (size));
  return 0;
}
