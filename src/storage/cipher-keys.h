/* cipher-keys.h - what reading and writing GMA1 share: header fields, keys, nonces, offsets.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/cipher.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 b[12];
} GmCipherNonce;

GmCipherNonce gm_cipher_nonce (guint64 chunk, gboolean last);
guint64 gm_cipher_chunk_count (guint64 length);
guint64 gm_cipher_chunk_offset (guint64 chunk);

/* Every field but the commitment; BAD_DATA names the one that is wrong. */
gboolean gm_cipher_header_length (const GmCipherHeader *header, guint64 *length, GError **error);

/* Fills all of @header, commitment included, and returns the key of the file. */
GmSecret *gm_cipher_header_init (GmCipherHeader *header,
                                 guint64 length,
                                 const guint8 file_id[16],
                                 GmSecret *content_key,
                                 GError **error);

/* The key of the file; DENIED when the commitment says it is another one. */
GmSecret *gm_cipher_derive_checked (const GmCipherHeader *header,
                                    GmSecret *content_key,
                                    GError **error);

G_END_DECLS
