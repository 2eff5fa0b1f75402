/* cipher.h - GMA1, the encrypted master (PROTOCOLS B): chunks that open alone.
 *
 *   0 "GMA1"  4 algorithm 1  5 log2 chunk 16  6 zero[2]  8 length u64be  16 file id[16]
 *   32 zero[32]  64 commitment[32]  96 chunks: 65536 bytes of ChaCha20-Poly1305 + 16 tag each
 *
 * The header keys the cipher, the commitment tells a wrong key from a damaged file, and the size of
 * the stored file is part of the format, so truncation fails at open.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include "base/secret.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define GM_CIPHER_CHUNK_BYTES  65536
#define GM_CIPHER_TAG_BYTES    16
#define GM_CIPHER_HEADER_BYTES 96
#define GM_CIPHER_MAX_BYTES    (G_GUINT64_CONSTANT (1) << 40)

typedef struct
{
  guint8 b[GM_CIPHER_HEADER_BYTES];
} GmCipherHeader;

guint64 gm_cipher_stored_size (guint64 length); /* of the file for @length plaintext bytes */

/* Encrypts @from to @to (temp file, fsync, rename) under a fresh file id, in one pass. */
gboolean gm_cipher_encrypt_file (const char *from,
                                 const char *to,
                                 GmSecret *content_key,
                                 GmCipherHeader *header,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean
gm_cipher_encrypt_bytes (GBytes *plaintext,
                         GmSecret *content_key,
                         const guint8 file_id[16], /* (nullable): random; set only by vectors */
                         GBytes **stored,
                         GError **error);

/* DENIED "wrong key or altered header"; BAD_DATA for everything else. */
gboolean gm_cipher_check_key (const GmCipherHeader *header, GmSecret *content_key, GError **error);

/* Where ciphertext comes from: a file, or blocks that are still arriving. Blocks until @length
 * bytes at @offset are there or it fails; called from any thread, one call at a time. */
typedef struct _GmCipherStore GmCipherStore;
struct _GmCipherStore
{
  gssize (*read) (GmCipherStore *self, guint64 offset, guint8 *into, gsize length, GError **error);
  guint64 size; /* of the stored file */
  void (*free) (GmCipherStore *self);
};

GmCipherStore *gm_cipher_store_open_file (const char *path, GError **error);

typedef struct _GmCipher GmCipher;

/* Checks header, size and key. Takes @store, also on failure. */
GmCipher *gm_cipher_open (GmCipherStore *store, GmSecret *content_key, GError **error);
GmCipher *gm_cipher_open_file (const char *path, GmSecret *content_key, GError **error);
guint64 gm_cipher_length (GmCipher *self); /* of the plaintext */
void gm_cipher_header (GmCipher *self, GmCipherHeader *out);

/* Random access, thread safe; returns bytes read, 0 at the end, -1 with BAD_DATA naming the chunk.
 */
gssize gm_cipher_read (GmCipher *self, guint64 offset, guint8 *into, gsize length, GError **error);
void gm_cipher_free (GmCipher *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmCipher, gm_cipher_free)

G_END_DECLS
