/* shamir.h - t-of-n secret sharing over GF(256), polynomial 0x11b.
 *
 * A share is one byte x (1 … n, distinct, never 0) and as many bytes y as the secret has. Fewer
 * than t shares say nothing. A wrong share gives a wrong secret: the caller checks a commitment.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/secret.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 x;
  GmSecret *y;
} GmShare;

#define GM_SHAMIR_MAX_SHARES 16

/* @shares has room for @n; 1 ≤ @t ≤ @n ≤ GM_SHAMIR_MAX_SHARES, else BAD_DATA. */
gboolean gm_shamir_split (GmSecret *secret, guint t, guint n, GmShare *shares, GError **error);
GmSecret *gm_shamir_combine (const GmShare *shares, guint n_shares, GError **error);
void gm_share_clear (GmShare *share);

G_END_DECLS
