// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { Purse } from "./Purse.sol";
import { Roles, Ruled } from "./Roles.sol";
import { Authorization } from "./Types.sol";

/// On Ethereum: takes the money of an order on Base and keeps it until that sale is final there. What is not paid out
/// within a week is the payer's again. Payments are told apart by payer and order, so nobody can stand in another's way.
contract ExternalTill is Purse, Ruled {
    struct Payment {
        uint128 amount;
        uint64 paidAt;
        bool done;
    }

    struct Share {
        address account;
        uint256 amount;
    }

    event Paid(bytes32 indexed orderId, address indexed payer, address token, uint256 amount);
    event Released(bytes32 indexed orderId, address indexed payer, uint256 amount);
    event TakenBack(bytes32 indexed orderId, address indexed payer, uint256 amount);

    error AlreadyPaid();
    error NothingHeld();
    error NotTheWhole();
    error TooEarly();

    uint256 public constant HELD_FOR = 7 days;

    address public immutable token;
    mapping(address payer => mapping(bytes32 orderId => Payment)) public payments;

    constructor(Roles roles_, address token_) Ruled(roles_) {
        token = token_;
    }

    /// Anyone may bring the payer's signature; its nonce is the order id on Base, the hash of every term.
    function pay(bytes32 orderId, address payer, uint128 amount, Authorization calldata auth) external nonReentrant {
        Payment storage payment = payments[payer][orderId];
        if (payment.paidAt != 0) revert AlreadyPaid();
        payments[payer][orderId] = Payment(amount, uint64(block.timestamp), false);
        _takeAuthorized(token, payer, amount, orderId, auth);
        emit Paid(orderId, payer, token, amount);
    }

    /// To the payees of the sale, after it is final on Base; all of it.
    function release(address payer, bytes32 orderId, Share[] calldata shares) external nonReentrant only(RELEASER) {
        uint256 left = _finish(payer, orderId);
        emit Released(orderId, payer, left);
        for (uint256 i = 0; i < shares.length; i++) {
            if (shares[i].amount > left) revert NotTheWhole();
            left -= shares[i].amount;
            _credit(shares[i].account, token, shares[i].amount);
        }
        if (left != 0) revert NotTheWhole();
    }

    /// To the payer's credit, if the week is over; anyone may call.
    function takeBack(address payer, bytes32 orderId) external nonReentrant {
        if (block.timestamp < payments[payer][orderId].paidAt + HELD_FOR) revert TooEarly();
        uint256 amount = _finish(payer, orderId);
        _credit(payer, token, amount);
        emit TakenBack(orderId, payer, amount);
    }

    function _finish(address payer, bytes32 orderId) private returns (uint256) {
        Payment storage payment = payments[payer][orderId];
        if (payment.paidAt == 0 || payment.done) revert NothingHeld();
        payment.done = true;
        return payment.amount;
    }
}
