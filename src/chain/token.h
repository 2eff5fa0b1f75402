/* token.h - a dollar token: what moves it, and what it says of an account.
 *
 * Sources: ERC-20, EIP-2612 (permit), EIP-3009 (authorizations). The messages that are signed are
 * composed by evm/permit.h; here is what carries them to the contract. Where an authorization was
 * used some tokens revert and some do nothing: only authorization_state () and balances tell.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chain/contract.h"
#include "evm/permit.h"
#include "evm/signature.h"

G_BEGIN_DECLS

GBytes *gm_token_transfer (const GmAddress *to, const GmU256 *units);
GBytes *gm_token_approve (const GmAddress *spender, const GmU256 *units);
GBytes *gm_token_permit (const GmPermitAllowance *allowance, const GmSignature *signature);
/* By the receiver alone, and by anyone; also in @transfer's names. */
GBytes *gm_token_receive (const GmPermitTransfer *transfer, const GmSignature *signature);
GBytes *gm_token_cancel (const GmAddress *authorizer,
                         const GmHash *nonce,
                         const GmSignature *signature);

gboolean gm_token_balance (const GmContract *self,
                           const GmBlock *block,
                           const GmAddress *account,
                           GmU256 *out,
                           GCancellable *cancellable,
                           GError **error);
gboolean gm_token_allowance (const GmContract *self,
                             const GmBlock *block,
                             const GmAddress *owner,
                             const GmAddress *spender,
                             GmU256 *out,
                             GCancellable *cancellable,
                             GError **error);
/* Of the next permit. */
gboolean gm_token_nonce (const GmContract *self,
                         const GmBlock *block,
                         const GmAddress *owner,
                         GmU256 *out,
                         GCancellable *cancellable,
                         GError **error);
/* TRUE: used or cancelled. */
gboolean gm_token_authorization_state (const GmContract *self,
                                       const GmBlock *block,
                                       const GmAddress *authorizer,
                                       const GmHash *nonce,
                                       gboolean *out,
                                       GCancellable *cancellable,
                                       GError **error);
/* What its EIP-712 domain hashes to; compare before signing. */
gboolean gm_token_domain_separator (const GmContract *self,
                                    const GmBlock *block,
                                    GmHash *out,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
