/* bytes.h - fixed-size byte values that have a type: 32-byte hashes and 20-byte addresses.
 *
 * Passed by pointer, never as guint8 *, so the compiler reads the call for us.
 * Variable bytes are GBytes.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint8 b[32]; /* big-endian where it is a number */
} GmHash;

typedef struct
{
  guint8 b[20];
} GmAddress;

gboolean gm_hash_equal (const GmHash *a, const GmHash *b);
gboolean gm_hash_is_zero (const GmHash *hash);
gboolean gm_hash_parse (const char *text, GmHash *out, GError **error); /* 0x + 64 digits */
char *gm_hash_dup_hex (const GmHash *hash);                             /* 0x + 64 digits */
void gm_hash_sha256 (const guint8 *data, gsize length, GmHash *out);    /* FIPS 180-4 */
void gm_hash_blake2b (const guint8 *data, gsize length, GmHash *out);   /* RFC 7693, 32 bytes */
void gm_hash_random (GmHash *out);

gboolean gm_address_equal (const GmAddress *a, const GmAddress *b);
gboolean gm_address_is_zero (const GmAddress *address);

/* Whole file, streaming. */
gboolean gm_hash_file (const char *path, GmHash *sha256, GError **error);

G_END_DECLS
