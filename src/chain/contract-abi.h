/* contract-abi.h - what our contracts, EAS and a dollar token are called by; made from
 * contracts/abi.
 *
 * Each is a list of texts, ended by NULL, as abi-signature.h reads them after the first word:
 *
 *   "function saleOf(uint256 listingId,uint64 version,address buyer) returns (bytes32)"
 *   "event Closed(uint256 indexed listingId,uint64 version)"   "error NotOpen()"
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

extern const char *const gm_contract_abi_eas[];
extern const char *const gm_contract_abi_layaway_escrow[];
extern const char *const gm_contract_abi_license_issuer[];
extern const char *const gm_contract_abi_marketplace[];
extern const char *const gm_contract_abi_test_token[]; /* has all of a real dollar that we use */

extern const char *const *const gm_contract_abi_all[]; /* ended by NULL */

/* What is put at a settle address, hexadecimal digits. */
extern const char gm_contract_abi_sweeper_code[];

G_END_DECLS
