/* anvil.h - a real EVM node with a chain of its own, for as long as a test runs.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/chain.h"
#include "evm/signature.h"

G_BEGIN_DECLS

/* Ends the program, skipped, where it is not installed. */
void anvil_need (void);

typedef struct
{
  GSubprocess *process;
  char *url;
  GmHttp *http;
  GmRpc *rpc; /* for what only a test asks */
  guint64 chain_id;
} Anvil;

/* @option (nullable), such as "--no-mining". */
Anvil *anvil_new (guint64 chain_id, const char *option);
void anvil_free (Anvil *self);

/* Asks with parameters given as JSON text; what it answers must be taken. */
JsonNode *anvil_ask (Anvil *self, const char *method, const char *params);

/* Account @i of the ten that are rich from the start. */
GmSigner *anvil_signer (guint i);
GmSigner *anvil_signer_new (const char *hex); /* of a key */
void anvil_signer_free (GmSigner *signer);

/* Runtime code of a token that says 2,500,000 to whatever it is asked. */
#define ANVIL_TOKEN_CODE "0x622625a060005260206000f3"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Anvil, anvil_free)

G_END_DECLS
