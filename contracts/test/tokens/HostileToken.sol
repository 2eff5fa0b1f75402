// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { TestToken } from "./TestToken.sol";

/// Keeps one percent of every transfer.
contract FeeToken is TestToken {
    constructor() TestToken("Fee", "FEE", "1") { }

    function _update(address from, address to, uint256 amount) internal override {
        if (from == address(0) || to == address(0)) return super._update(from, to, amount);
        super._update(from, address(this), amount / 100);
        super._update(from, to, amount - amount / 100);
    }
}

/// Calls somewhere else in the middle of every transfer, and remembers whether that worked.
contract HookToken is TestToken {
    address private callee;
    bytes private data;
    bool public called;
    bool public worked;

    constructor() TestToken("Hook", "HOOK", "1") { }

    function setHook(address callee_, bytes calldata data_) external {
        callee = callee_;
        data = data_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (callee == address(0)) return;
        address where = callee;
        callee = address(0);
        called = true;
        (worked,) = where.call(data);
    }
}
