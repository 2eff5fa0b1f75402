/* abi-error.h - why a contract refused: the data of a revert as a sentence.
 *
 * Source: Solidity documentation, "Panic via assert and Error via require" and "revert". Text from
 * a contract is from outside: control and direction characters come out as U+FFFD, at most
 * GM_ABI_ERROR_MAX_CHARS of it.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "evm/abi-signature.h"

G_BEGIN_DECLS

#define GM_ABI_ERROR_MAX_CHARS 300

/* @known are the custom errors of the contract, ended by NULL; may be NULL itself. Never NULL:
 *   "no reason given" · "transfer amount exceeds balance" · "arithmetic overflow (panic 0x11)"
 *   "NotForSale(listing: 7)" · "unknown error 0x12345678" */
char *gm_abi_error_dup_sentence (GBytes *data, const GmAbiSignature *const *known);

G_END_DECLS
