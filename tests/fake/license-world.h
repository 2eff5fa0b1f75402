/* license-world.h - a store, a buyer, three holders and one bought file, made of fixed keys.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/key-request.h"
#include "licenses/license-receipt.h"
#include "licenses/manifest.h"

#define WORLD_CHAIN   G_GUINT64_CONSTANT (5000000001)
#define WORLD_NOW     G_GINT64_CONSTANT (1700000000)
#define WORLD_HOLDERS 3

typedef struct
{
  GmSigner *owner;
  GmSigner *issuer;
  GmSigner *buyer;
  GmSigner *stranger;
  GmSigner *session;
  GmSecret *hpke_keys[WORLD_HOLDERS];
  GmSecret *sign_seeds[WORLD_HOLDERS];
  GPtrArray *holders; /* of GmKeyHolder, without URLs */
  GmSecret *recovery_key;
  GmHash recovery_public;
  GmSecret *content_key;
  GBytes *stored; /* "music" encrypted under content_key */
  GmCipherHeader header;
  GmHash asset_id;
  GmHash order_id;
  GmCondition *condition;
  GmKeyEnvelope *envelope;
  GmAttestation *license;
} GmWorld;

GmWorld *gm_world_new (void);
void gm_world_free (GmWorld *self);

/* A signer of a fixed key: 32 times @byte. */
GmSigner *gm_world_signer (guint8 byte);
void gm_world_signer_free (GmSigner *signer);

GmAttestation *gm_world_license (const GmWorld *self, const GmHash *asset_id);
/* Every member of it is owned by the caller; unsigned changes are signed again by world_sign. */
GmKeyAsk *gm_world_ask (const GmWorld *self, gboolean delegated, GmSecret **response_secret);
void gm_world_sign (const GmWorld *self, GmKeyAsk *ask);
GmRevocationList *gm_world_revocations (const GmWorld *self, gint64 issued_at, const GmHash *uid);

/* A temporary folder with all that is in it. */
void gm_world_remove_folder (const char *path);

/* The JSON of tests/vectors/@name. */
JsonObject *gm_world_vectors (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmWorld, gm_world_free)
