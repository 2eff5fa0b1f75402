// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

enum Kind {
    Standard,
    Exclusive
}

/// How a sale was paid.
enum Path {
    Authorization,
    Allowance,
    Settle,
    External,
    Layaway
}

/// Why an order cannot be sold now. Of these only Paused passes by itself.
enum Obstacle {
    None,
    Closed,
    Terms,
    Token,
    Expired,
    Taken,
    Leases,
    Bought,
    Paused
}

enum Exclusivity {
    Free,
    Reserved,
    Sold
}

/// What a buyer agrees to. `payer` pays, `buyer` gets the license.
/// The salt of the order id is keccak256(abi.encode(secret, expiresAt, maxPriorLeases)): 32 bytes the buyer
/// chooses, which also bind how long the order is good and how many standard licenses may precede an exclusive one.
struct Order {
    uint256 listingId;
    uint64 listingVersion;
    bytes32 assetId;
    address buyer;
    address payer;
    address token;
    uint256 amount;
    bytes32 manifestHash;
    bytes32 licenseHash;
    bytes32 secret;
    uint64 expiresAt;
    uint64 maxPriorLeases;
}

/// The signature of an EIP-3009 authorization; its nonce is the id of what is paid.
struct Authorization {
    uint256 validAfter;
    uint256 validBefore;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// The signature of an EIP-2612 permit.
struct Permit {
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

struct Price {
    address token;
    uint128 amount;
}

/// Shares are basis points; those of a listing are 10,000 together.
struct Payee {
    address account;
    uint16 share;
}

/// How an exclusive listing may be paid over time: a deposit in basis points (0: not at all), then equal installments.
struct Plan {
    uint16 deposit;
    uint8 installments;
    uint8 intervalDays;
}

struct Terms {
    bytes32 assetSalt;
    Kind kind;
    bool acceptExternal;
    bytes32 manifestHash;
    bytes32 licenseHash;
    Plan plan;
    Price[] prices;
    Payee[] payees;
}

/// A sale as anyone may read it.
struct Sale {
    bytes32 orderId;
    bytes32 assetId;
    address buyer;
    address seller;
    uint256 listingId;
    uint64 listingVersion;
    address token;
    uint256 amount;
    bytes32 manifestHash;
    bytes32 licenseHash;
    Path path;
}
