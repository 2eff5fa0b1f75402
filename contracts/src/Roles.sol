// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    AccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";

/// Who may do what, once for all contracts of a store on a chain. The admin changes in two steps, with a delay.
contract Roles is AccessControlDefaultAdminRules {
    constructor(uint48 adminDelay, address admin) AccessControlDefaultAdminRules(adminDelay, admin) { }
}

/// A contract that asks them. What each role can do is in docs/contracts.md.
abstract contract Ruled {
    error Denied(address account, bytes32 role);

    bytes32 internal constant ADMIN = 0;
    bytes32 internal constant PAUSER = keccak256("PAUSER_ROLE");
    bytes32 internal constant MODERATOR = keccak256("MODERATOR_ROLE");
    bytes32 internal constant RECORDER = keccak256("RECORDER_ROLE");
    bytes32 internal constant RELEASER = keccak256("RELEASER_ROLE");
    bytes32 internal constant ISSUER = keccak256("ISSUER_ROLE");

    Roles public immutable roles;

    constructor(Roles roles_) {
        roles = roles_;
    }

    modifier only(bytes32 role) {
        _requireRole(role);
        _;
    }

    function _requireRole(bytes32 role) private view {
        if (!roles.hasRole(role, msg.sender)) revert Denied(msg.sender, role);
    }
}
