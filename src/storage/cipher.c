/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "storage/cipher.h"

#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "storage/cipher-keys.h"

#define SLOT_COUNT 8 /* decrypted chunks kept: 512 KiB, what a demuxer jumps between */
#define NO_CHUNK   G_MAXUINT64

typedef struct
{
  guint64 chunk; /* NO_CHUNK when empty */
  guint64 used;  /* clock of the last use */
} Slot;

struct _GmCipher
{
  GmCipherStore *store;
  GmCipherHeader header;
  GmSecret *key;           /* of this file, derived */
  const guint8 *key_bytes; /* open as long as we are: closing costs a system call per read */
  guint64 length;
  guint64 n_chunks;
  GMutex lock; /* everything below, and calls of the store */
  Slot slots[SLOT_COUNT];
  guint64 clock;
  guint8 *plain;  /* sodium_malloc: SLOT_COUNT chunks */
  guint8 *sealed; /* one chunk and its tag */
};

static gsize
chunk_bytes (GmCipher *self, guint64 chunk)
{
  return chunk + 1 < self->n_chunks
             ? GM_CIPHER_CHUNK_BYTES
             : (gsize) (self->length - (self->n_chunks - 1) * GM_CIPHER_CHUNK_BYTES);
}

static gboolean
open_chunk (GmCipher *self, guint64 chunk, guint8 *into, GError **error)
{
  gsize sealed_bytes = chunk_bytes (self, chunk) + GM_CIPHER_TAG_BYTES;
  GmCipherNonce nonce = gm_cipher_nonce (chunk, chunk + 1 == self->n_chunks);
  gssize n = self->store->read (self->store, gm_cipher_chunk_offset (chunk), self->sealed,
                                sealed_bytes, error);

  if (n < 0)
    {
      g_prefix_error (error, "chunk %" G_GUINT64_FORMAT ": ", chunk);
      return FALSE;
    }
  if ((gsize) n != sealed_bytes)
    return gm_fail (error, GM_ERROR_BAD_DATA, "chunk %" G_GUINT64_FORMAT " is cut short", chunk);
  if (crypto_aead_chacha20poly1305_ietf_decrypt (into, NULL, NULL, self->sealed, sealed_bytes, NULL,
                                                 0, nonce.b, self->key_bytes) != 0)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "chunk %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " is damaged", chunk,
                    self->n_chunks);
  return TRUE;
}

static guint8 *
slot_data (GmCipher *self, const Slot *slot)
{
  return self->plain + (gsize) (slot - self->slots) * GM_CIPHER_CHUNK_BYTES;
}

static Slot *
find_slot (GmCipher *self, guint64 chunk)
{
  for (guint i = 0; i < SLOT_COUNT; i++)
    if (self->slots[i].chunk == chunk)
      return &self->slots[i];
  return NULL;
}

static Slot *
fill_slot (GmCipher *self, guint64 chunk, GError **error)
{
  Slot *slot = &self->slots[0];

  for (guint i = 1; i < SLOT_COUNT; i++)
    if (self->slots[i].used < slot->used)
      slot = &self->slots[i];

  slot->chunk = NO_CHUNK;
  slot->used = 0;
  if (!open_chunk (self, chunk, slot_data (self, slot), error))
    return NULL;

  slot->chunk = chunk;
  return slot;
}

/* Bytes of one chunk: from a slot, or straight into the caller's memory when it takes all of it. */
static gboolean
read_chunk (GmCipher *self, guint64 chunk, gsize skip, gsize length, guint8 *into, GError **error)
{
  Slot *slot = find_slot (self, chunk);

  if (slot == NULL && skip == 0 && length == chunk_bytes (self, chunk))
    return open_chunk (self, chunk, into, error);
  if (slot == NULL)
    slot = fill_slot (self, chunk, error);
  if (slot == NULL)
    return FALSE;

  slot->used = ++self->clock;
  memcpy (into, slot_data (self, slot) + skip, length);
  return TRUE;
}

gssize
gm_cipher_read (GmCipher *self, guint64 offset, guint8 *into, gsize length, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);
  gsize done = 0;

  if (offset >= self->length)
    return 0;

  length = (gsize) MIN (MIN (length, G_MAXSSIZE), self->length - offset);
  while (done < length)
    {
      guint64 chunk = (offset + done) / GM_CIPHER_CHUNK_BYTES;
      gsize skip = (gsize) ((offset + done) % GM_CIPHER_CHUNK_BYTES);
      gsize part = MIN (length - done, chunk_bytes (self, chunk) - skip);

      if (!read_chunk (self, chunk, skip, part, into + done, error))
        return -1;
      done += part;
    }

  return (gssize) done;
}

static gboolean
read_header (GmCipher *self, GError **error)
{
  GmCipherStore *store = self->store;
  gssize n;

  if (store->size < GM_CIPHER_HEADER_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "%" G_GUINT64_FORMAT " bytes are too few for an encrypted master", store->size);

  n = store->read (store, 0, self->header.b, GM_CIPHER_HEADER_BYTES, error);
  if (n < 0)
    return FALSE;
  if (n != GM_CIPHER_HEADER_BYTES)
    return gm_fail (error, GM_ERROR_BAD_DATA, "the header is cut short");
  if (!gm_cipher_header_length (&self->header, &self->length, error))
    return FALSE;
  if (store->size != gm_cipher_stored_size (self->length))
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "the file has %" G_GUINT64_FORMAT " bytes and should have %" G_GUINT64_FORMAT
                    ": it is %s",
                    store->size, gm_cipher_stored_size (self->length),
                    store->size < gm_cipher_stored_size (self->length) ? "cut short"
                                                                       : "followed by other bytes");

  self->n_chunks = gm_cipher_chunk_count (self->length);
  return TRUE;
}

static gboolean
check_empty (GmCipher *self, GError **error)
{
  guint8 nothing;

  /* The one chunk of an empty file holds no byte, so no read would ever check its tag. */
  return self->length > 0 || open_chunk (self, 0, &nothing, error);
}

GmCipher *
gm_cipher_open (GmCipherStore *store, GmSecret *content_key, GError **error)
{
  g_autoptr (GmCipher) self = g_new0 (GmCipher, 1);

  self->store = store;
  g_mutex_init (&self->lock);
  for (guint i = 0; i < SLOT_COUNT; i++)
    self->slots[i].chunk = NO_CHUNK;

  if (!read_header (self, error))
    return NULL;
  self->key = gm_cipher_derive_checked (&self->header, content_key, error);
  if (self->key == NULL)
    return NULL;

  self->key_bytes = gm_secret_open (self->key);
  self->sealed = g_malloc (GM_CIPHER_CHUNK_BYTES + GM_CIPHER_TAG_BYTES);
  self->plain = sodium_malloc (SLOT_COUNT * GM_CIPHER_CHUNK_BYTES);
  if (self->plain == NULL)
    return gm_fail_null (error, GM_ERROR_OFFLINE, "no guarded memory left to play from");

  return check_empty (self, error) ? g_steal_pointer (&self) : NULL;
}

GmCipher *
gm_cipher_open_file (const char *path, GmSecret *content_key, GError **error)
{
  GmCipherStore *store = gm_cipher_store_open_file (path, error);

  return store != NULL ? gm_cipher_open (store, content_key, error) : NULL;
}

guint64
gm_cipher_length (GmCipher *self)
{
  return self->length;
}

void
gm_cipher_header (GmCipher *self, GmCipherHeader *out)
{
  *out = self->header;
}

void
gm_cipher_free (GmCipher *self)
{
  if (self == NULL)
    return;

  self->store->free (self->store);
  if (self->key_bytes != NULL)
    gm_secret_close (self->key);
  g_clear_pointer (&self->key, gm_secret_unref);
  sodium_free (self->plain); /* wipes */
  g_free (self->sealed);
  g_mutex_clear (&self->lock);
  g_free (self);
}
