/* policy.h - what one key holder serves: its own file, which no store can change.
 *
 *   { "v": 1, "holderId": "holder-1", "address": "127.0.0.1", "port": 7101,
 *     "credentials": "/folder", "hpkeCredential": "holder-1.hpke",
 *     "signCredential": "holder-1.sign",
 *     "conditions": [ { "kind": "offchain", "chainId": n, "attester": "0x…",
 *                       "revocations": "/file" or "https://…" } ],
 *     "chain": "/file" }
 *
 * "chain", if it is there, is where the contracts of the store are (chain/deployment.h): the holder
 * asks the chain for them before it serves, and says which they are.
 *
 * Relative paths are relative to the policy file. Port 0 is any free one. An off-chain condition is
 * refused while an on-chain one is listed: a holder of real licenses must not release keys for the
 * word of one store (PROTOCOLS A9).
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "licenses/condition.h"

G_BEGIN_DECLS

#define GM_POLICY_MAX_BYTES      65536
#define GM_POLICY_MAX_CONDITIONS 64

typedef struct
{
  GmConditionKind kind;
  guint64 chain_id;
  GmAddress attester;
  char *revocations; /* (nullable for on-chain) absolute path or URL */
} GmServed;

typedef struct
{
  char *holder_id;
  char *address;
  guint16 port;
  char *credentials;
  char *hpke_credential;
  char *sign_credential;
  GPtrArray *served; /* of GmServed */
  char *chain;       /* (nullable) absolute path */
  GmHash hash;       /* SHA-256 of the JCS: shown by GET /status */
} GmPolicy;

GmPolicy *gm_policy_load (const char *path, GError **error);
/* @folder is where relative paths start. */
GmPolicy *gm_policy_parse (GBytes *json, const char *folder, GError **error);
void gm_policy_free (GmPolicy *self);

/* The entry this condition falls under; DENIED with the reason when there is none. */
const GmServed *gm_policy_find (const GmPolicy *self, const GmCondition *condition, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmPolicy, gm_policy_free)

G_END_DECLS
