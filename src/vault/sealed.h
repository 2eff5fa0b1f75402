/* sealed.h - slots of a keystore: the random master key, sealed by a password (PROTOCOLS A18).
 *
 *   { "kind": "password", "kdf": "argon2id", "version": 19, "lanes": 1, "memory": 268435456,
 *     "passes": 4, "salt": "<32 hex digits>", "box": "<hex>" }
 *
 * Argon2id v1.3 gives the key, XChaCha20-Poly1305 seals; every member but box is associated data.
 * box = nonce (24) ‖ ciphertext ‖ tag (16). A reader refuses a cost outside the limits before it
 * allocates anything.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "base/secret.h"

G_BEGIN_DECLS

#define GM_SEALED_MEMORY     (256ll * 1024 * 1024)  /* bytes, of every slot we write */
#define GM_SEALED_MAX_MEMORY (1024ll * 1024 * 1024) /* bytes, read */
#define GM_SEALED_MIN_PASSES 3
#define GM_SEALED_MAX_PASSES 16

typedef struct
{
  gint64 memory; /* bytes */
  gint64 passes;
} GmSealedCost;

/* About one second of this machine; blocks for about that long, once per process. */
gboolean gm_sealed_calibrate (GmSealedCost *out, GError **error);

JsonObject *gm_sealed_slot_new (GmSecret *master, GmSecret *password, GError **error);
/* DENIED: not this password. BAD_DATA: not a slot of ours, or its cost is outside the limits. */
GmSecret *gm_sealed_slot_open (JsonObject *slot, GmSecret *password, GError **error);

/* BAD_DATA: not a slot of ours, or its cost is outside the limits. Costs nothing. */
gboolean gm_sealed_slot_check (JsonObject *slot, GError **error);

/* New slots cost this and cheaper ones are read, in this process only; NULL ends it. No file can
 * ask for it. */
void gm_sealed_set_cost_for_test (const GmSealedCost *cost);

G_END_DECLS
