// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    Attestation,
    AttestationRequest,
    AttestationRequestData,
    IEAS,
    RevocationRequest,
    RevocationRequestData
} from "@eas/IEAS.sol";
import { ISchemaResolver } from "@eas/resolver/ISchemaResolver.sol";
import { SchemaResolver } from "@eas/resolver/SchemaResolver.sol";

import { ILicenseIssuer } from "./ILicenseIssuer.sol";
import { Marketplace } from "./Marketplace.sol";
import { Ruled } from "./Roles.sol";
import { Sale } from "./Types.sol";

/// Writes the receipt of every sale and nothing else: it is the resolver of its schema and the only attester it lets
/// through, so nobody can write a receipt first, make it end early, or revoke it.
contract LicenseIssuer is SchemaResolver, Ruled, ILicenseIssuer {
    struct License {
        uint64 seq;
        bytes32 orderId;
        bytes32 assetId;
        bytes32 uid;
        bool revoked;
    }

    event LicenseIssued(bytes32 indexed orderId, bytes32 indexed assetId, address indexed buyer, bytes32 uid);
    event LicenseRevoked(bytes32 indexed orderId, bytes32 indexed assetId, address indexed buyer, string reason);

    error AlreadyIssued();
    error NoReceipt();
    error NotIssued();
    error NotTheMarketplaces();

    string public constant SCHEMA = "bytes32 orderId,bytes32 assetId,bytes32 manifestHash,address token,uint256 amount";

    Marketplace public immutable marketplace;
    bytes32 public immutable schema;

    /// The attestation of an order. A reorganization of the chain may give an order another one: ask, never remember.
    mapping(bytes32 orderId => bytes32 uid) public receiptOf;

    mapping(address buyer => uint64[]) private sales;
    mapping(address buyer => mapping(bytes32 assetId => uint256)) private valid;

    constructor(IEAS eas, Marketplace marketplace_) SchemaResolver(eas) Ruled(marketplace_.roles()) {
        if (address(marketplace_.issuer()) != address(this)) revert NotTheMarketplaces();
        marketplace = marketplace_;
        schema = eas.getSchemaRegistry().register(SCHEMA, ISchemaResolver(address(this)), true);
    }

    // Reading

    function isLicensed(address buyer, bytes32 assetId) external view returns (bool) {
        return valid[buyer][assetId] > 0;
    }

    function licenseCount(address buyer) external view returns (uint256) {
        return sales[buyer].length;
    }

    /// Up to n licenses of a buyer from the given one on, oldest first.
    function licensesOf(address buyer, uint256 from, uint256 n) external view returns (License[] memory licenses) {
        uint256 count = sales[buyer].length;
        if (from >= count) return licenses;
        if (n > count - from) n = count - from;
        licenses = new License[](n);
        for (uint256 i = 0; i < n; i++) {
            uint64 seq = sales[buyer][from + i];
            Sale memory sale = marketplace.saleAt(seq);
            bytes32 uid = receiptOf[sale.orderId];
            bool revoked = _eas.getAttestation(uid).revocationTime != 0;
            licenses[i] = License(seq, sale.orderId, sale.assetId, uid, revoked);
        }
    }

    // Writing

    /// Writes the receipt of a sale that has none, as the marketplace recorded it. Anyone may call, the marketplace
    /// does with every sale.
    function issue(uint64 seq) external returns (bytes32 uid) {
        Sale memory sale = marketplace.saleAt(seq);
        if (receiptOf[sale.orderId] != 0) revert AlreadyIssued();
        uid = _eas.attest(
            AttestationRequest({
                schema: schema,
                data: AttestationRequestData({
                    recipient: sale.buyer,
                    expirationTime: 0,
                    revocable: true,
                    refUID: 0,
                    data: abi.encode(sale.orderId, sale.assetId, sale.manifestHash, sale.token, sale.amount),
                    value: 0
                })
            })
        );
        if (uid == 0) revert NotIssued();
        receiptOf[sale.orderId] = uid;
        sales[sale.buyer].push(seq);
        valid[sale.buyer][sale.assetId]++;
        emit LicenseIssued(sale.orderId, sale.assetId, sale.buyer, uid);
    }

    /// For a takedown, or money that was charged back on another chain.
    function revoke(bytes32 orderId, string calldata reason) external only(ISSUER) {
        bytes32 uid = receiptOf[orderId];
        if (uid == 0) revert NoReceipt();
        Attestation memory receipt = _eas.getAttestation(uid);
        (, bytes32 assetId) = abi.decode(receipt.data, (bytes32, bytes32));
        valid[receipt.recipient][assetId]--;
        _eas.revoke(RevocationRequest(schema, RevocationRequestData(uid, 0)));
        emit LicenseRevoked(orderId, assetId, receipt.recipient, reason);
    }

    function onAttest(Attestation calldata attestation, uint256) internal view override returns (bool) {
        return attestation.attester == address(this);
    }

    function onRevoke(Attestation calldata attestation, uint256) internal view override returns (bool) {
        return attestation.attester == address(this);
    }
}
