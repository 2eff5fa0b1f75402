/* devnet.h - the devnet of contracts/devnet.mjs for as long as a test runs, and its people.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/deployment.h"
#include "evm/signature.h"

G_BEGIN_DECLS

/* In the order of their keys. */
typedef enum
{
  DEVNET_ADMIN,
  DEVNET_SELLER,
  DEVNET_BUYER,
  DEVNET_OTHER_BUYER,
  DEVNET_RELAYER,
  DEVNET_RECORDER,
  DEVNET_N_PEOPLE,
} DevnetPerson;

typedef struct
{
  GSubprocess *process;
  char *folder;
  JsonObject *json; /* what it wrote */
  GmDeployment *deployment;
  GmHttp *http;
  GmChain *chain;
  GmContract marketplace, escrow, issuer, eas, token;
  GmSigner *people[DEVNET_N_PEOPLE];
} Devnet;

/* Ends the program, skipped, where it cannot be started. */
Devnet *devnet_new (void);
void devnet_free (Devnet *self); /* and it is gone */

/* Sends what must go through, and waits until it is mined; takes @data. */
void devnet_send (Devnet *self,
                  DevnetPerson from,
                  const GmContract *to,
                  GBytes *data,
                  GmHash *tx); /* (nullable) */
/* What the node says to what must not; takes @data. */
char *devnet_refusal (Devnet *self, DevnetPerson from, const GmContract *to, GBytes *data);

GmBlock devnet_now (Devnet *self);
void devnet_pass (Devnet *self, guint64 seconds);
void devnet_sign (Devnet *self, DevnetPerson who, JsonObject *typed_data, GmSignature *out);

G_END_DECLS
