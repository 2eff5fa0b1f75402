/* u256.h - exact 256-bit unsigned integers; overflow is an error, never a wrap.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 w[4]; /* w[0] is the least significant word */
} GmU256;

GmU256 gm_u256_from_u64 (guint64 value);
GmU256 gm_u256_from_be (const GmHash *big_endian);
void gm_u256_to_be (const GmU256 *value, GmHash *big_endian);
gboolean gm_u256_to_u64 (const GmU256 *value, guint64 *out, GError **error);

int gm_u256_compare (const GmU256 *a, const GmU256 *b);
gboolean gm_u256_is_zero (const GmU256 *value);

gboolean gm_u256_add (const GmU256 *a, const GmU256 *b, GmU256 *out, GError **error);
gboolean gm_u256_subtract (const GmU256 *a, const GmU256 *b, GmU256 *out, GError **error);
gboolean gm_u256_multiply (const GmU256 *a, const GmU256 *b, GmU256 *out, GError **error);
/* @remainder may be NULL; dividing by zero is BAD_DATA. */
gboolean gm_u256_divide (const GmU256 *a,
                         const GmU256 *b,
                         GmU256 *quotient,
                         GmU256 *remainder,
                         GError **error);

/* Decimal digits, or 0x and hexadecimal ones; nothing else, no sign, no space. */
gboolean gm_u256_parse (const char *text, GmU256 *out, GError **error);
char *gm_u256_format (const GmU256 *value); /* decimal */

G_END_DECLS
