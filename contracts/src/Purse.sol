// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { IERC3009 } from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { IERC20Permit } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Create2 } from "@openzeppelin/contracts/utils/Create2.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";
import { ReentrancyGuardTransient } from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import { Sweeper } from "./Sweeper.sol";
import { Authorization, Permit } from "./Types.sol";

/// How money comes in and goes out: what arrives is measured, what leaves is pulled.
abstract contract Purse is ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    event Credited(address indexed account, address indexed token, uint256 amount);
    event Claimed(address indexed account, address indexed token, address to, uint256 amount);

    error NothingToClaim();
    error NotPaid(uint256 expected, uint256 received);
    error UnexpectedEther();

    /// What an account may claim; token 0 is ETH.
    mapping(address account => mapping(address token => uint256 amount)) public credit;

    bytes32 private immutable sweeperHash = keccak256(type(Sweeper).creationCode);

    address private transient sweeping;

    /// ETH comes from a settle address that is being emptied, from nowhere else.
    receive() external payable {
        if (msg.sender != sweeping) revert UnexpectedEther();
    }

    /// Pays out the caller's credit to an account of their choice: their own may be frozen in the token.
    function claim(address token, address payable to) external nonReentrant returns (uint256 amount) {
        amount = credit[msg.sender][token];
        if (amount == 0) revert NothingToClaim();
        credit[msg.sender][token] = 0;
        emit Claimed(msg.sender, token, to, amount);
        if (token == address(0)) Address.sendValue(to, amount);
        else IERC20(token).safeTransfer(to, amount);
    }

    /// Where anyone, a bridge for instance, can pay what has this id. Same for everyone who computes it.
    function settleAddress(bytes32 id) public view returns (address) {
        return Create2.computeAddress(id, sweeperHash, address(this));
    }

    function _credit(address account, address token, uint256 amount) internal {
        if (amount == 0) return;
        credit[account][token] += amount;
        emit Credited(account, token, amount);
    }

    /// By a signature of `from` whose nonce is the id of what is paid, so it fits nothing else.
    function _takeAuthorized(address token, address from, uint256 amount, bytes32 id, Authorization calldata auth)
        internal
    {
        uint256 before = _balance(token);
        IERC3009(token)
            .receiveWithAuthorization(
                from, address(this), amount, auth.validAfter, auth.validBefore, id, auth.v, auth.r, auth.s
            );
        _requireReceived(token, before, amount);
    }

    /// By allowance of the caller; whoever could spend another's could name what it buys.
    function _takeAllowed(address token, uint256 amount) internal {
        if (amount == 0) return;
        uint256 before = _balance(token);
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        _requireReceived(token, before, amount);
    }

    /// Whoever saw the permit may have used it first; then the allowance is there already.
    function _permit(address token, uint256 amount, Permit calldata permit) internal {
        try IERC20Permit(token)
            .permit(msg.sender, address(this), amount, permit.deadline, permit.v, permit.r, permit.s) { }
            catch { }
    }

    /// Empties a settle address and says what came.
    function _sweep(bytes32 id, address token) internal returns (uint256) {
        address sweeper = settleAddress(id);
        uint256 before = _balance(token);
        if (sweeper.code.length == 0) new Sweeper{ salt: id }();
        sweeping = sweeper;
        Sweeper(payable(sweeper)).sweep(token);
        sweeping = address(0);
        return _balance(token) - before;
    }

    function _requireReceived(address token, uint256 before, uint256 amount) private view {
        uint256 received = _balance(token) - before;
        if (received != amount) revert NotPaid(amount, received);
    }

    function _balance(address token) private view returns (uint256) {
        return token == address(0) ? address(this).balance : IERC20(token).balanceOf(address(this));
    }
}
