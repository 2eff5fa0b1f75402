/* contract.h - a contract by its ABI: what is called, what it answers, what it logged.
 *
 * Functions and events are named; their arguments are C structs with a table of fields
 * (evm/abi-struct.h). A table that fits no signature of that name is a bug, and ends the program:
 * the tests call every one. Of functions with one name that whose members the table names is meant.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/chain.h"
#include "chain/contract-abi.h"
#include "chain/tx-log.h"
#include "evm/abi-struct.h"

G_BEGIN_DECLS

typedef struct
{
  GmChain *chain; /* NULL where nothing is asked: for logs */
  GmAddress address;
} GmContract;

typedef struct
{
  const char *const *abi; /* of contract-abi.h */
  const char *function;
  const GmAbiField *inputs;
  gconstpointer arguments;
  const GmAbiField *outputs; /* NULL when nothing is read */
} GmContractCall;

/* For a function without arguments. */
extern const GmAbiField gm_contract_nothing[];

/* Of functions with one argument or answer: the value itself is the struct. */
extern const GmAbiField gm_contract_hash[];
extern const GmAbiField gm_contract_address[];
extern const GmAbiField gm_contract_u256[];
extern const GmAbiField gm_contract_u64[];
extern const GmAbiField gm_contract_uint[];
extern const GmAbiField gm_contract_bool[];

/* Calldata. BAD_DATA: a number does not fit. */
GBytes *gm_contract_encode (const GmContractCall *call, GError **error);

/* What it answers at @block, by both nodes. NOT_FOUND where there is no such contract; BAD_DATA: an
 * answer that is not of this function. @out is zeros before; on failure it owns nothing. */
gboolean gm_contract_read (const GmContract *self,
                           const GmBlock *block,
                           const GmContractCall *call,
                           gpointer out,
                           GCancellable *cancellable,
                           GError **error);

typedef struct
{
  const char *const *abi;
  const char *name;
  const GmAbiField *fields;
} GmContractEvent;

/* NOT_FOUND: of another contract, or another event; BAD_DATA: not as the contract writes it, to the
 * byte. @out as above. */
gboolean gm_contract_decode_log (const GmContract *self,
                                 const GmContractEvent *event,
                                 const GmTxLog *log,
                                 gpointer out,
                                 GError **error);

G_END_DECLS
