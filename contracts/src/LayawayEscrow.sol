// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import { Marketplace } from "./Marketplace.sol";
import { Purse } from "./Purse.sol";
import { Ruled } from "./Roles.sol";
import { Authorization, Obstacle, Order, Permit, Plan } from "./Types.sol";

/// Keeps an exclusive asset for a buyer who pays over time. Step 0 is the deposit, steps 1 to n the installments, and
/// PAY_OFF + i all that is left from step i on. The seller has the money only when all of it is here; until then it is
/// the buyer's, but for the deposit, and that too if the seller or a moderator ends it.
contract LayawayEscrow is Purse, Ruled {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;

    enum State {
        None,
        Active,
        Completed,
        Cancelled,
        Defaulted,
        Voided
    }

    /// The terms are those of the day it was reserved. `next` is the step to be paid next.
    struct Layaway {
        address buyer;
        uint40 start;
        uint40 pausedBefore;
        State state;
        uint8 next;
        address seller;
        Plan plan;
        address token;
        uint128 price;
        uint128 paid;
        bytes32 assetId;
    }

    /// Whether a step can be paid now, will be payable if others are paid first, or never again.
    enum Standing {
        Due,
        Waiting,
        Over
    }

    event Reserved(
        bytes32 indexed layawayId, bytes32 indexed assetId, address indexed buyer, bytes32 orderId, uint256 price
    );
    event PaymentReceived(bytes32 indexed layawayId, uint256 step, uint256 amount, uint256 paid);
    event Completed(bytes32 indexed layawayId, bytes32 indexed orderId);
    event Cancelled(bytes32 indexed layawayId);
    event Defaulted(bytes32 indexed layawayId);
    event Voided(bytes32 indexed layawayId, address by);
    event Refunded(bytes32 indexed layawayId, address indexed account, uint256 amount);

    error NotDue();
    error NotActive();
    error NotTheBuyer();
    error NotTheSeller();
    error NotLate();
    error NotTheMarketplaces();
    /// The buyer's to decide: the step may still be paid once the rest has come.
    error StillOpen();

    uint256 public constant PAY_OFF = 1 << 128;
    uint256 public constant GRACE = 7 days;

    bytes32 private constant LAYAWAY_TYPEHASH = keccak256("Layaway(uint256 chainId,address escrow,bytes32 orderId)");

    Marketplace public immutable marketplace;

    mapping(bytes32 layawayId => Layaway) private layaways;

    constructor(Marketplace marketplace_) Ruled(marketplace_.roles()) {
        if (marketplace_.escrow() != address(this)) revert NotTheMarketplaces();
        marketplace = marketplace_;
    }

    // Reading

    function layawayIdOf(Order calldata order) public view returns (bytes32) {
        return keccak256(abi.encode(LAYAWAY_TYPEHASH, block.chainid, address(this), marketplace.orderId(order)));
    }

    /// What a signature over a step's payment has as its nonce, and what its settle address is made of.
    function paymentId(bytes32 layawayId, uint256 step) public pure returns (bytes32) {
        return keccak256(abi.encode(layawayId, step));
    }

    function layawayOf(bytes32 layawayId) external view returns (Layaway memory) {
        return layaways[layawayId];
    }

    /// Until when the next step can be paid, grace and paused time included.
    function deadlineOf(bytes32 layawayId) public view returns (uint256) {
        Layaway storage layaway = layaways[layawayId];
        uint256 paused = marketplace.pausedSeconds() - layaway.pausedBefore;
        return layaway.start + uint256(layaway.next) * layaway.plan.intervalDays * 1 days + GRACE + paused;
    }

    /// What a step costs. The last installment has what division leaves.
    function amountOf(Order calldata order, uint256 step) public view returns (uint256) {
        Plan memory plan = marketplace.recordOf(order.listingId, order.listingVersion).plan;
        uint256 deposit = _deposit(order.amount, plan);
        if (step == 0) return deposit;
        uint256 rest = order.amount - deposit;
        if (step >= PAY_OFF) return order.amount - layaways[layawayIdOf(order)].paid;
        if (step < plan.installments) return rest / plan.installments;
        return rest - rest / plan.installments * (plan.installments - 1);
    }

    // Paying

    /// Anyone may bring the payer's signature; its nonce is the id of this step of this layaway.
    function payWithAuthorization(Order calldata order, uint256 step, address payer, Authorization calldata auth)
        external
        nonReentrant
    {
        (bytes32 id, uint256 amount) = _advance(order, step);
        _takeAuthorized(order.token, payer, amount, paymentId(id, step), auth);
        _complete(order, id);
    }

    function pay(Order calldata order, uint256 step) external nonReentrant {
        _pay(order, step);
    }

    function payWithPermit(Order calldata order, uint256 step, Permit calldata permit) external nonReentrant {
        _permit(order.token, amountOf(order, step), permit);
        _pay(order, step);
    }

    /// Takes a step that was paid at its settle address, by anyone. If it cannot be paid any more, what came is the
    /// buyer's to claim.
    function settle(Order calldata order, uint256 step) external nonReentrant {
        bytes32 payment = paymentId(layawayIdOf(order), step);
        bool due = standing(order, step) == Standing.Due;
        if (!due || IERC20(order.token).balanceOf(settleAddress(payment)) < amountOf(order, step)) {
            return _recover(order, step, order.token);
        }
        (bytes32 id, uint256 amount) = _advance(order, step);
        uint256 received = _sweep(payment, order.token);
        if (received < amount) revert NotPaid(amount, received);
        _credit(order.buyer, order.token, received - amount);
        _complete(order, id);
    }

    /// As Marketplace.recover, for the settle address of a step.
    function recover(Order calldata order, uint256 step, address token) external nonReentrant {
        _recover(order, step, token);
    }

    function standing(Order calldata order, uint256 step) public view returns (Standing) {
        bytes32 id = layawayIdOf(order);
        Layaway memory layaway = layaways[id];
        if (layaway.state == State.None) {
            Obstacle why = marketplace.obstacle(order);
            if (why == Obstacle.None && step == 0) return Standing.Due;
            return why == Obstacle.None || why == Obstacle.Paused ? Standing.Waiting : Standing.Over;
        }
        if (layaway.state != State.Active || block.timestamp > deadlineOf(id)) return Standing.Over;
        uint256 nth = step >= PAY_OFF ? step - PAY_OFF : step;
        if (nth == layaway.next) return Standing.Due;
        return nth > layaway.next && nth <= layaway.plan.installments ? Standing.Waiting : Standing.Over;
    }

    // Ending

    /// By the buyer, at any time: everything back but the deposit.
    function cancel(bytes32 id) external nonReentrant {
        if (layaways[id].buyer != msg.sender) revert NotTheBuyer();
        _end(id, State.Cancelled);
        emit Cancelled(id);
    }

    /// By anyone, once the next step can no more be paid.
    function markDefaulted(bytes32 id) external nonReentrant {
        if (layaways[id].state == State.Active && block.timestamp <= deadlineOf(id)) revert NotLate();
        _end(id, State.Defaulted);
        emit Defaulted(id);
    }

    /// By the seller: everything back.
    function voidBySeller(bytes32 id) external nonReentrant {
        if (layaways[id].seller != msg.sender) revert NotTheSeller();
        _end(id, State.Voided);
        emit Voided(id, msg.sender);
    }

    /// By a moderator, who takes the asset down: everything back.
    function voidByAdmin(bytes32 id) external nonReentrant only(MODERATOR) {
        _end(id, State.Voided);
        emit Voided(id, msg.sender);
    }

    function _pay(Order calldata order, uint256 step) private {
        (bytes32 id, uint256 amount) = _advance(order, step);
        _takeAllowed(order.token, amount);
        _complete(order, id);
    }

    /// Counts a step as paid, reserving first if it is the deposit.
    function _advance(Order calldata order, uint256 step) private returns (bytes32 id, uint256 amount) {
        id = layawayIdOf(order);
        Layaway storage layaway = layaways[id];
        if (step == 0 && layaway.state == State.None) _reserve(order, id);
        else if (standing(order, step) != Standing.Due) revert NotDue();

        amount = amountOf(order, step);
        layaway.paid += amount.toUint128();
        layaway.next = step >= PAY_OFF ? layaway.plan.installments + 1 : step.toUint8() + 1;
        emit PaymentReceived(id, step, amount, layaway.paid);
    }

    function _reserve(Order calldata order, bytes32 id) private {
        (address seller, Plan memory plan) = marketplace.reserve(order, id);
        layaways[id] = Layaway({
            buyer: order.buyer,
            start: uint40(block.timestamp),
            pausedBefore: uint40(marketplace.pausedSeconds()),
            state: State.Active,
            next: 0,
            seller: seller,
            plan: plan,
            token: order.token,
            price: order.amount.toUint128(),
            paid: 0,
            assetId: order.assetId
        });
        emit Reserved(id, order.assetId, order.buyer, marketplace.orderId(order), order.amount);
    }

    /// With the last step the money goes on to the marketplace, which records the sale as any other.
    function _complete(Order calldata order, bytes32 id) private {
        Layaway storage layaway = layaways[id];
        if (layaway.next <= layaway.plan.installments) return;
        layaway.state = State.Completed;
        IERC20(order.token).forceApprove(address(marketplace), order.amount);
        marketplace.recordFromEscrow(order, id);
        emit Completed(id, marketplace.orderId(order));
    }

    function _end(bytes32 id, State state) private {
        Layaway storage layaway = layaways[id];
        if (layaway.state != State.Active) revert NotActive();
        layaway.state = state;
        uint256 kept = state == State.Voided ? 0 : _deposit(layaway.price, layaway.plan);
        uint256 back = layaway.paid - kept;
        _credit(layaway.seller, layaway.token, kept);
        _credit(layaway.buyer, layaway.token, back);
        marketplace.release(layaway.assetId, id);
        emit Refunded(id, layaway.buyer, back);
    }

    function _recover(Order calldata order, uint256 step, address token) private {
        if (token == order.token && msg.sender != order.buyer && standing(order, step) != Standing.Over) {
            revert StillOpen();
        }
        _credit(order.buyer, token, _sweep(paymentId(layawayIdOf(order), step), token));
    }

    /// Rounded up.
    function _deposit(uint256 price, Plan memory plan) private pure returns (uint256) {
        return (price * plan.deposit + 9_999) / 10_000;
    }
}
