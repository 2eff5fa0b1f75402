// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// What Base asks for the data that goes to Ethereum, at a price that never changes: for the devnet, which has none.
contract FeeOracle {
    uint256 private constant WEI_PER_BYTE = 10_000_000;

    function getL1Fee(bytes calldata transaction) external pure returns (uint256) {
        return transaction.length * WEI_PER_BYTE;
    }

    function getL1FeeUpperBound(uint256 size) external pure returns (uint256) {
        return size * WEI_PER_BYTE;
    }
}
