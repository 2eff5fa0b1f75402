/* siwe.h - Sign-In with Ethereum messages (EIP-4361): compose and strict parse.
 *
 * Fields are text as in the message; statement may be NULL, others are required. The application
 * composes, the store parses and compares with its configured origin (PROTOCOLS A17). Both refuse
 * what the grammar refuses: a nonce from a hostile store cannot smuggle in a line. Not Before,
 * Request ID and Resources are never composed and not accepted.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

#define GM_SIWE_MAX_BYTES 4096

typedef struct
{
  char *domain; /* authority of the origin the application connected to: "127.0.0.1:8085" */
  GmAddress address;
  char *statement; /* (nullable), one line */
  char *uri;
  gint64 chain_id;
  char *nonce;      /* ≥ 8 letters and digits */
  char *issued_at;  /* RFC 3339 */
  char *expires_at; /* (nullable) RFC 3339 */
} GmSiwe;

char *gm_siwe_compose (const GmSiwe *siwe, GError **error);
GmSiwe *gm_siwe_parse (const char *text, GError **error); /* at most GM_SIWE_MAX_BYTES */
void gm_siwe_free (GmSiwe *siwe);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmSiwe, gm_siwe_free)

G_END_DECLS
