/* holder-service.h - one key holder as a process: keys, policy, and its two routes.
 *
 *   GET  /status     { v, holderId, hpkeKey, signKey, policyHash, time }, and of contracts on a
 * chain { chainId, marketplace, issuer } as "chain" POST /v1/share   licenses/key-request.h to
 * licenses/key-answer.h; 403 with the reason
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "keynode/policy.h"

G_BEGIN_DECLS

typedef struct _GmHolderService GmHolderService;

/* Takes @policy. Loads the credentials, asks the chain for the contracts it names, and serves until
 * stopped. */
GmHolderService *gm_holder_service_start (GmPolicy *policy, GError **error);
guint16 gm_holder_service_port (GmHolderService *self);
void gm_holder_service_stop (GmHolderService *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmHolderService, gm_holder_service_stop)

G_END_DECLS
