// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

interface ILicenseIssuer {
    /// Writes the receipt of the sale of this number.
    function issue(uint64 seq) external returns (bytes32 uid);
}
