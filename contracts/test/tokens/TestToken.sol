// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC20Permit } from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import { ERC3009 } from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

/// Test money with what the real dollars have: permit, authorizations, a pause, frozen accounts, six decimals.
/// Anyone mints, pauses and freezes. A used authorization reverts, as USDC does it.
contract TestToken is ERC20, ERC20Permit, ERC3009 {
    error Frozen(address account);
    error IsPaused();

    bool public paused;
    mapping(address account => bool) public frozen;

    constructor(string memory name, string memory symbol) ERC20(name, symbol) ERC20Permit(name) { }

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setPaused(bool on) external {
        paused = on;
    }

    function setFrozen(address account, bool on) external {
        frozen[account] = on;
    }

    function _update(address from, address to, uint256 amount) internal virtual override {
        if (paused) revert IsPaused();
        if (frozen[from]) revert Frozen(from);
        if (frozen[to]) revert Frozen(to);
        super._update(from, to, amount);
    }

    /// Times are times, whatever their bit 47: the library would read block numbers where no real dollar does.
    function _checkValidity(uint256 validAfter, uint256 validBefore) internal view override {
        if (block.timestamp <= validAfter || block.timestamp >= validBefore) {
            revert ERC3009InvalidAuthorizationTime(validAfter, validBefore);
        }
    }
}

/// As a token may do it: a used authorization is no error, and moves nothing.
contract SilentToken is TestToken {
    constructor(string memory name, string memory symbol) TestToken(name, symbol) { }

    function _transferWithAuthorization(
        address from,
        address to,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce
    ) internal override {
        if (authorizationState(from, nonce)) return;
        super._transferWithAuthorization(from, to, amount, validAfter, validBefore, nonce);
    }
}
