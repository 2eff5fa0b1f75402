// schemas.mjs - the EAS schemas of a store besides the receipt's, which LicenseIssuer registers itself; docs/contracts.md says
// where each string is from.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
export const schemas = {
  'vendor-profile': 'address vendor,string name,string profileCid,uint256 timestamp',
  'vendor-status':
    'address vendor,string status,uint256 reputation,uint256 totalSales,uint256 totalRevenue,uint256 timestamp',
  payment: 'bytes32 orderId,address payer,address token,uint256 amount,uint256 sourceChainId,bytes32 sourceTxHash',
  'content-flag':
    'address flagger,string assetId,string reason,string evidence,uint256 timestamp,string severity',
  'wallet-verification':
    'address wallet,address verifier,string verificationType,string level,uint256 timestamp,uint256 expiresAt',
};
