/* hkdf.h - HKDF with SHA-256 (RFC 5869): extract and expand.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GM_HKDF_BYTES     32 /* of a pseudorandom key */
#define GM_HKDF_MAX_BYTES (255 * GM_HKDF_BYTES)

/* Input that is written in pieces: the concatenation of @n parts. */
typedef struct
{
  gconstpointer data;
  gsize length;
} GmHkdfPart;

void gm_hkdf_extract (const guint8 *salt,
                      gsize salt_length,
                      const GmHkdfPart *parts,
                      guint n,
                      guint8 key[GM_HKDF_BYTES]);
/* @length is at most GM_HKDF_MAX_BYTES. */
void gm_hkdf_expand (const guint8 key[GM_HKDF_BYTES],
                     const GmHkdfPart *info,
                     guint n,
                     guint8 *out,
                     gsize length);

G_END_DECLS
