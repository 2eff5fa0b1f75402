// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { Multicall } from "@openzeppelin/contracts/utils/Multicall.sol";
import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import { ILicenseIssuer } from "./ILicenseIssuer.sol";
import { Listings } from "./Listings.sol";
import { Purse } from "./Purse.sol";
import { Roles, Ruled } from "./Roles.sol";
import { Authorization, Exclusivity, Kind, Obstacle, Order, Path, Payee, Permit, Plan, Sale } from "./Types.sol";

/// Sells licenses. One order id is one sale, whatever way it is paid, and it is the hash of every term, so a signature
/// over it fits nothing else. Money waits per listing version and is split when it is taken out.
contract Marketplace is Listings, Purse, Multicall {
    /// One slot a sale; the rest is the listing's version, which never changes.
    struct Entry {
        address buyer;
        uint48 listingId;
        uint32 version;
        uint8 token;
        Path path;
    }

    struct Clock {
        uint64 sales;
        uint64 pausedAt;
        uint64 pausedBefore;
    }

    event PurchaseRecorded(
        bytes32 indexed orderId,
        bytes32 indexed assetId,
        address indexed buyer,
        uint256 listingId,
        address token,
        uint256 amount,
        bytes32 manifestHash,
        uint8 path,
        uint64 seq
    );
    event Distributed(uint256 indexed listingId, uint64 version, address token, uint256 amount, uint256 fee);
    event Paused(uint64 since);
    event Unpaused(uint64 when);
    event TreasurySet(address treasury);
    event ExternalCapSet(uint256 perDay);

    error NotForSale(Obstacle why);
    /// The buyer's to decide: the order may still be sold once the rest has come.
    error StillOpen();
    error NotThePayer();
    error NotTheEscrow();
    error NotReserved();
    error OverDailyCap();
    error AlreadyDone();
    error NoSuchSale();
    error MoreGas();

    /// What writing a receipt may take; a first one takes about 420,000.
    uint256 private constant RECEIPT_GAS = 550_000;

    bytes32 private constant ORDER_TYPEHASH = keccak256(
        "Order(uint256 chainId,address marketplace,uint256 listingId,uint64 listingVersion,bytes32 assetId,address buyer,address payer,address token,uint256 amount,bytes32 manifestHash,bytes32 licenseHash,bytes32 salt)"
    );

    /// Of an asset that is not free: the layaway it waits for, or the order that took it.
    mapping(bytes32 assetId => bytes32) public holder;

    ILicenseIssuer public immutable issuer;
    address public immutable escrow;

    address public treasury;
    uint256 public externalCap;
    mapping(uint256 day => uint256 amount) public externalOn;

    Clock private clock;
    mapping(bytes32 key => bytes32 orderId) private sold;
    mapping(uint64 seq => Entry) private entries;
    mapping(uint256 listingId => mapping(uint64 version => mapping(address token => uint256))) private earnings;

    /// Who writes receipts and who keeps layaways is made after this, at addresses known before, and never exchanged.
    constructor(Roles roles_, address treasury_, ILicenseIssuer issuer_, address escrow_)
        Ruled(roles_)
        EIP712("GotMusic", "1")
    {
        issuer = issuer_;
        escrow = escrow_;
        _setTreasury(treasury_);
    }

    // Reading

    function orderId(Order calldata order) public view returns (bytes32) {
        return keccak256(
            abi.encode(
                ORDER_TYPEHASH,
                block.chainid,
                address(this),
                order.listingId,
                order.listingVersion,
                order.assetId,
                order.buyer,
                order.payer,
                order.token,
                order.amount,
                order.manifestHash,
                order.licenseHash,
                keccak256(abi.encode(order.secret, order.expiresAt, order.maxPriorLeases))
            )
        );
    }

    /// Why an order cannot be sold here and now; None if it can.
    function obstacle(Order calldata order) public view returns (Obstacle) {
        Head memory head = heads[order.listingId];
        if (!head.open || head.version != order.listingVersion) return Obstacle.Closed;

        bytes32 offer = _offer(order.assetId, order.amount, order.manifestHash, order.licenseHash);
        if (order.buyer == address(0) || offer != offers[order.listingId][order.listingVersion][order.token]) {
            return Obstacle.Terms;
        }
        if (!tokens[order.token].allowed) return Obstacle.Token;
        if (block.timestamp > order.expiresAt) return Obstacle.Expired;

        Asset memory asset = assets[order.assetId];
        if (asset.exclusivity != Exclusivity.Free || asset.takenDown) return Obstacle.Taken;
        if (head.kind == Kind.Exclusive && asset.leases > order.maxPriorLeases) return Obstacle.Leases;
        if (saleOf(order.listingId, order.listingVersion, order.buyer) != 0) return Obstacle.Bought;
        return clock.pausedAt != 0 ? Obstacle.Paused : Obstacle.None;
    }

    /// The order by which a buyer bought this version of a listing, 0 if they did not.
    function saleOf(uint256 listingId, uint64 version, address buyer) public view returns (bytes32) {
        return sold[_key(listingId, version, buyer)];
    }

    function saleCount() external view returns (uint64) {
        return clock.sales;
    }

    /// Sales are numbered from 0 without a gap.
    function saleAt(uint64 seq) external view returns (Sale memory) {
        if (seq >= clock.sales) revert NoSuchSale();
        Entry memory entry = entries[seq];
        Record storage record = records[entry.listingId][entry.version];
        address seller = heads[entry.listingId].seller;
        address token = tokenAt[entry.token];
        (uint256 amount,) = priceOf(entry.listingId, entry.version, token);
        return Sale({
            orderId: saleOf(entry.listingId, entry.version, entry.buyer),
            assetId: assetIdOf(seller, record.assetSalt),
            buyer: entry.buyer,
            seller: seller,
            listingId: entry.listingId,
            listingVersion: entry.version,
            token: token,
            amount: amount,
            manifestHash: record.manifestHash,
            licenseHash: record.licenseHash,
            path: entry.path
        });
    }

    function earned(uint256 listingId, uint64 version, address token) external view returns (uint256) {
        return earnings[listingId][version][token];
    }

    function paused() external view returns (bool) {
        return clock.pausedAt != 0;
    }

    /// How long selling was stopped until now, all in all.
    function pausedSeconds() external view returns (uint64) {
        Clock memory now_ = clock;
        return now_.pausedBefore + (now_.pausedAt == 0 ? 0 : uint64(block.timestamp) - now_.pausedAt);
    }

    // Buying

    /// Anyone may bring the payer's signature; it says every term.
    function buyWithAuthorization(Order calldata order, Authorization calldata auth) external nonReentrant {
        bytes32 id = orderId(order);
        uint64 seq = _sell(order, id, Path.Authorization);
        _takeAuthorized(order.token, order.payer, order.amount, id, auth);
        _issue(seq);
    }

    function buy(Order calldata order) external nonReentrant {
        _buy(order);
    }

    function buyWithPermit(Order calldata order, Permit calldata permit) external nonReentrant {
        _permit(order.token, order.amount, permit);
        _buy(order);
    }

    /// Sells an order that was paid at its settle address, by anyone. If it cannot be sold any more, what came is the
    /// buyer's to claim.
    function settle(Order calldata order) external nonReentrant {
        bytes32 id = orderId(order);
        bool funded = IERC20(order.token).balanceOf(settleAddress(id)) >= order.amount;
        if (!funded || obstacle(order) != Obstacle.None) return _recover(order, id, order.token);

        uint64 seq = _sell(order, id, Path.Settle);
        uint256 received = _sweep(id, order.token);
        if (received < order.amount) revert NotPaid(order.amount, received);
        _credit(order.buyer, order.token, received - order.amount);
        _issue(seq);
    }

    /// Makes whatever is at an order's settle address, ETH for token 0, the buyer's to claim.
    /// While the order can still be sold, only its buyer takes its money out: a bridge may bring it in parts.
    function recover(Order calldata order, address token) external nonReentrant {
        _recover(order, orderId(order), token);
    }

    /// Splits what a listing version has earned; each payee then claims.
    function distribute(uint256 listingId, uint64 version, address token) external nonReentrant {
        uint256 amount = earnings[listingId][version][token];
        if (amount == 0) revert NothingToClaim();
        earnings[listingId][version][token] = 0;

        Record storage record = records[listingId][version];
        uint256 cut = amount * record.fee / WHOLE;
        _credit(treasury, token, cut);
        uint256 rest = amount - cut;
        for (uint256 i = record.payees.length - 1; i > 0; i--) {
            Payee memory payee = record.payees[i];
            uint256 share = (amount - cut) * payee.share / WHOLE;
            _credit(payee.account, token, share);
            rest -= share;
        }
        _credit(record.payees[0].account, token, rest);
        emit Distributed(listingId, version, token, amount, cut);
    }

    // By the recorder: what was paid into a till on another chain

    /// The payer's nonce at the till is the order id, and the token names chain, till and token: one payment, one sale.
    /// No money moves here, and holders of keys ask the till themselves.
    function recordExternal(Order calldata order) external nonReentrant only(RECORDER) {
        uint256 today = block.timestamp / 1 days;
        uint256 amount = externalOn[today] + order.amount;
        if (amount > externalCap) revert OverDailyCap();
        externalOn[today] = amount;
        _issue(_sell(order, orderId(order), Path.External));
    }

    // By the escrow

    /// Keeps an exclusive asset for a layaway. Everything an order needs to be sold is asked here, and never again.
    function reserve(Order calldata order, bytes32 layawayId) external returns (address seller, Plan memory plan) {
        _requireEscrow();
        Obstacle why = obstacle(order);
        if (why != Obstacle.None) revert NotForSale(why);
        plan = records[order.listingId][order.listingVersion].plan;
        if (plan.deposit == 0 || tokens[order.token].external_) revert NotForSale(Obstacle.Terms);
        assets[order.assetId].exclusivity = Exclusivity.Reserved;
        holder[order.assetId] = layawayId;
        seller = heads[order.listingId].seller;
    }

    function release(bytes32 assetId, bytes32 layawayId) external {
        _requireEscrow();
        _requireReserved(assetId, layawayId);
        assets[assetId].exclusivity = Exclusivity.Free;
        holder[assetId] = 0;
    }

    /// A layaway is paid. Nothing that may have changed since it was reserved can stop it.
    function recordFromEscrow(Order calldata order, bytes32 layawayId) external nonReentrant {
        _requireEscrow();
        _requireReserved(order.assetId, layawayId);
        uint64 seq = _record(order, orderId(order), Path.Layaway, Kind.Exclusive);
        _takeAllowed(order.token, order.amount);
        _issue(seq);
    }

    // By the administration

    function pause() external only(PAUSER) {
        if (clock.pausedAt != 0) revert AlreadyDone();
        clock.pausedAt = uint64(block.timestamp);
        emit Paused(clock.pausedAt);
    }

    function unpause() external only(PAUSER) {
        if (clock.pausedAt == 0) revert AlreadyDone();
        clock.pausedBefore += uint64(block.timestamp) - clock.pausedAt;
        clock.pausedAt = 0;
        emit Unpaused(uint64(block.timestamp));
    }

    function setTreasury(address newTreasury) external only(ADMIN) {
        _setTreasury(newTreasury);
    }

    /// In units of the external tokens, per day since 1970.
    function setExternalCap(uint256 perDay) external only(ADMIN) {
        externalCap = perDay;
        emit ExternalCapSet(perDay);
    }

    function _buy(Order calldata order) private {
        if (order.payer != msg.sender) revert NotThePayer();
        uint64 seq = _sell(order, orderId(order), Path.Allowance);
        _takeAllowed(order.token, order.amount);
        _issue(seq);
    }

    function _sell(Order calldata order, bytes32 id, Path path) private returns (uint64) {
        Obstacle why = obstacle(order);
        if (why != Obstacle.None) revert NotForSale(why);
        if (tokens[order.token].external_ != (path == Path.External)) revert NotForSale(Obstacle.Token);
        return _record(order, id, path, heads[order.listingId].kind);
    }

    function _record(Order calldata order, bytes32 id, Path path, Kind kind) private returns (uint64 seq) {
        seq = clock.sales++;
        sold[_key(order.listingId, order.listingVersion, order.buyer)] = id;
        entries[seq] = Entry({
            buyer: order.buyer,
            listingId: uint48(order.listingId),
            version: uint32(order.listingVersion),
            token: tokens[order.token].index,
            path: path
        });
        if (path != Path.External) earnings[order.listingId][order.listingVersion][order.token] += order.amount;
        if (kind == Kind.Exclusive) {
            assets[order.assetId].exclusivity = Exclusivity.Sold;
            holder[order.assetId] = id;
            if (heads[order.listingId].open) _close(order.listingId);
        } else {
            assets[order.assetId].leases++;
        }
        emit PurchaseRecorded(
            id,
            order.assetId,
            order.buyer,
            order.listingId,
            order.token,
            order.amount,
            order.manifestHash,
            uint8(path),
            seq
        );
    }

    /// A sale does not depend on its receipt: whatever fails there, anyone can have it written later. But it is not left
    /// out for want of gas, neither by who brings the transaction nor by a node that estimates the least that passes.
    function _issue(uint64 seq) private {
        if (gasleft() < RECEIPT_GAS + RECEIPT_GAS / 16) revert MoreGas();
        try issuer.issue{ gas: RECEIPT_GAS }(seq) { } catch { }
    }

    function _recover(Order calldata order, bytes32 id, address token) private {
        if (token == order.token && msg.sender != order.buyer) {
            Obstacle why = obstacle(order);
            if (why == Obstacle.None || why == Obstacle.Paused) revert StillOpen();
        }
        _credit(order.buyer, token, _sweep(id, token));
    }

    function _setTreasury(address newTreasury) private {
        if (newTreasury == address(0)) revert BadTerms();
        treasury = newTreasury;
        emit TreasurySet(newTreasury);
    }

    function _requireEscrow() private view {
        if (msg.sender != escrow) revert NotTheEscrow();
    }

    function _requireReserved(bytes32 assetId, bytes32 layawayId) private view {
        if (assets[assetId].exclusivity != Exclusivity.Reserved || holder[assetId] != layawayId) revert NotReserved();
    }

    function _key(uint256 listingId, uint64 version, address buyer) private pure returns (bytes32) {
        return keccak256(abi.encode(listingId, version, buyer));
    }
}
