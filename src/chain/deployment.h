/* deployment.h - where the contracts of a store are: contracts/deployments/CHAIN.json, and what the
 * devnet writes.
 *
 *   { "chainId": 8453, "contracts": { "Roles": { "address": "0x…" }, "Marketplace": …,
 *     "LayawayEscrow": …, "LicenseIssuer": … }, "eas": "0x…",
 *     "schemas": { "license-receipt": { "uid": "0x…" } }, "rpc": [ "http://…" ], "testMoney": true
 * }
 *
 * "rpc" may be missing: then the nodes are those of the table of networks; of one's own the first
 * two count. "testMoney" says that one node is enough. Other members are for others. The operator
 * writes this file; it is read strictly, and what it says is asked of the chain before it is used.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract.h"

G_BEGIN_DECLS

#define GM_DEPLOYMENT_MAX_BYTES (256 * 1024)

typedef struct
{
  GmNetwork network; /* with the nodes of the file, if it names any */
  char **nodes;      /* (nullable) */
  GmAddress marketplace;
  GmAddress escrow;
  GmAddress issuer;
  GmAddress eas;
  GmHash license_schema;
} GmDeployment;

/* BAD_DATA names the member. */
GmDeployment *gm_deployment_parse (GBytes *json, GError **error);
GmDeployment *gm_deployment_load (const char *path, GError **error);
void gm_deployment_free (GmDeployment *self);

/* As long as @self is there. */
GmChain *gm_deployment_open (GmDeployment *self, GmHttp *http);

/* The chain has these contracts, and they name each other: NOT_FOUND or CONFLICT with what is
 * wrong.
 */
gboolean
gm_deployment_check (GmDeployment *self, GmChain *chain, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmDeployment, gm_deployment_free)

G_END_DECLS
