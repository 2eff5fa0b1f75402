/* address.h - account addresses with the mixed-case checksum (EIP-55).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

/* 0x and 40 digits: all lower, all upper, or with a right checksum; a wrong checksum is BAD_DATA.
 */
gboolean gm_address_parse (const char *text, GmAddress *out, GError **error);
char *gm_address_dup_text (const GmAddress *address); /* with checksum */
char *gm_address_shorten (const char *hex);           /* "0x1234…abcd", of a hash as well */

/* keccak256 of the 64-byte public key (x ‖ y), last 20 bytes. */
void gm_address_from_public_key (const guint8 public_key[64], GmAddress *out);

G_END_DECLS
