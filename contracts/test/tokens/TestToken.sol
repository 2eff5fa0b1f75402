// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC3009 } from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import { Nonces } from "@openzeppelin/contracts/utils/Nonces.sol";
import { ECDSA } from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// Test money with what the real dollars have: permit, authorizations, a pause, frozen accounts, six decimals.
/// Anyone mints, pauses and freezes. A used authorization reverts, as USDC does it.
contract TestToken is ERC20, Nonces, ERC3009 {
    error Frozen(address account);
    error IsPaused();
    error Late();
    error NotTheOwner();

    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    bool public paused;
    mapping(address account => bool) public frozen;

    constructor(string memory name, string memory symbol, string memory version_)
        ERC20(name, symbol)
        EIP712(name, version_)
    { }

    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
    {
        if (block.timestamp > deadline) revert Late();
        bytes32 hash = keccak256(abi.encode(PERMIT_TYPEHASH, owner, spender, value, _useNonce(owner), deadline));
        if (ECDSA.recover(_hashTypedDataV4(hash), v, r, s) != owner) revert NotTheOwner();
        _approve(owner, spender, value);
    }

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
    constructor(string memory name, string memory symbol, string memory version_) TestToken(name, symbol, version_) { }

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
