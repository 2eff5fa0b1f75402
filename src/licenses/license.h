/* license.h - the right to play and use an asset: one record for the store's JSON, the server's
 * table and the ledger.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/record.h"
#include "licenses/attestation.h"

G_BEGIN_DECLS

typedef struct
{
  char *order_id; /* 0x and 64 digits; unique: one license per order */
  char *uid;      /* of the attestation */
  char *asset_id; /* 0x and 64 digits */
  char *asset;    /* ULID of the store's row */
  gint64 asset_version;
  char *buyer;
  char *seller;
  char *manifest_hash;
  char *license_hash;
  char *kind; /* "standard", "exclusive" */
  gint64 amount_units;
  char *currency;
  gint64 issued_at;  /* ms */
  gint64 revoked_at; /* ms; 0: valid */
  char *attestation; /* its JSON text: attestation.h */
} GmLicense;

extern const GmRecordType gm_license_type;

void gm_license_free (GmLicense *license);

/* The attestation, verified, and agreeing with the columns. */
GmAttestation *gm_license_dup_attestation (const GmLicense *license, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmLicense, gm_license_free)

G_END_DECLS
