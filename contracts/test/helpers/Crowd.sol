// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { LayawayEscrow } from "../../src/LayawayEscrow.sol";
import { Authorization, Kind, Order, Sale, Terms } from "../../src/Types.sol";
import { Stage } from "./Stage.sol";
import { vm } from "./Vm.sol";

/// Everybody at once: sellers, buyers, bridges, strangers and the administration, in any order. It remembers what it
/// did, so that the books of the contracts can be compared with it.
contract Crowd is Stage {
    uint256[3] private keys = [BUYER, OTHER, THIEF];

    Order[] public orders;
    address[] public accounts;
    address[] public settleAddresses;
    bytes32[] public layawayIds;
    uint256 public distributed;
    uint256 public supply;
    mapping(bytes32 id => uint256) public times;
    mapping(bytes32 id => bool) private begun;
    mapping(address where => bool) private known;

    function setUp() public override {
        super.setUp();
        accounts = [seller, buyer, other, thief, relayer, treasury, label, address(this)];
        for (uint256 i = 0; i < keys.length; i++) {
            vm.startPrank(vm.addr(keys[i]));
            usdc.approve(address(market), type(uint256).max);
            usdc.approve(address(escrow), type(uint256).max);
            vm.stopPrank();
        }
        vm.startPrank(seller);
        market.createListing(_terms(Kind.Standard, "storm"));
        market.createListing(_terms(Kind.Exclusive, "storm"));
        market.createListing(_terms(Kind.Exclusive, "rain"));
        vm.stopPrank();
        supply = usdc.totalSupply();
    }

    // What is done

    function order(uint256 listing, uint256 who, uint64 leases, bytes32 secret) external {
        Order memory made = _order(1 + listing % market.listingCount(), vm.addr(keys[who % 3]));
        made.maxPriorLeases = leases % 4;
        made.secret = secret;
        made.expiresAt = uint64(block.timestamp + 60 days);
        if (made.amount > 0) orders.push(made);
    }

    function buyWithAuthorization(uint256 which) external {
        Order memory made = _pick(which);
        Authorization memory auth = _signOrder(_key(made.buyer), made);
        market.buyWithAuthorization(made, auth);
    }

    function buy(uint256 which) external {
        Order memory made = _pick(which);
        vm.prank(made.payer);
        market.buy(made);
    }

    function send(uint256 which, uint256 amount) external {
        _send(market.settleAddress(market.orderId(_pick(which))), amount);
    }

    function settle(uint256 which, bool byBuyer) external {
        Order memory made = _pick(which);
        if (byBuyer) vm.prank(made.buyer);
        market.settle(made);
    }

    function recover(uint256 which, bool byBuyer) external {
        Order memory made = _pick(which);
        if (byBuyer) vm.prank(made.buyer);
        market.recover(made, address(usdc));
    }

    function pay(uint256 which, uint256 step, bool off) external {
        Order memory made = _pick(which);
        _begin(made);
        step %= 5;
        if (off && step > 0) step += escrow.PAY_OFF();
        vm.prank(made.buyer);
        escrow.pay(made, step);
    }

    function payNext(uint256 which) external {
        Order memory made = _pick(which);
        uint256 next = escrow.layawayOf(_begin(made)).next;
        vm.prank(made.buyer);
        escrow.pay(made, next);
    }

    function sendStep(uint256 which, uint256 step, uint256 amount) external {
        Order memory made = _pick(which);
        _send(escrow.settleAddress(escrow.paymentId(escrow.layawayIdOf(made), step % 5)), amount);
    }

    function settleStep(uint256 which, uint256 step, bool byBuyer) external {
        Order memory made = _pick(which);
        _begin(made);
        if (byBuyer) vm.prank(made.buyer);
        escrow.settle(made, step % 5);
    }

    function end(uint256 which, uint256 how) external {
        Order memory made = _pick(which);
        bytes32 id = escrow.layawayIdOf(made);
        how %= 4;
        if (how == 0) {
            vm.prank(made.buyer);
            escrow.cancel(id);
        } else if (how == 1) {
            vm.prank(seller);
            escrow.voidBySeller(id);
        } else if (how == 2) {
            escrow.voidByAdmin(id);
        } else {
            escrow.markDefaulted(id);
        }
    }

    function distribute(uint256 listing, uint64 version) external {
        listing = 1 + listing % market.listingCount();
        (, uint64 newest,,) = market.heads(listing);
        version = 1 + version % newest;
        uint256 amount = market.earned(listing, version, address(usdc));
        market.distribute(listing, version, address(usdc));
        distributed += amount;
    }

    /// Paused or not, what is somebody's leaves when they ask.
    function claim(uint256 who, bool fromEscrow) external {
        address account = accounts[who % accounts.length];
        uint256 credit = fromEscrow ? escrow.credit(account, address(usdc)) : market.credit(account, address(usdc));
        vm.assume(credit > 0);
        uint256 had = usdc.balanceOf(account);
        vm.prank(account);
        if (fromEscrow) escrow.claim(address(usdc), payable(account));
        else market.claim(address(usdc), payable(account));
        vm.assertEq(usdc.balanceOf(account), had + credit, "all of it");
    }

    function pause(bool on) external {
        if (on) market.pause();
        else market.unpause();
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + time % 20 days);
    }

    function change(uint256 listing, uint128 price, bool close) external {
        listing = 1 + listing % market.listingCount();
        bytes32 salt = market.recordOf(listing, 1).assetSalt;
        Kind kind = market.recordOf(listing, 1).kind;
        Terms memory terms = _terms(kind, salt);
        terms.prices[0].amount = 1 + price % (2 * PRICE);
        vm.startPrank(seller);
        if (close) market.closeListing(listing);
        else market.updateListing(listing, terms);
        vm.stopPrank();
    }

    // What must hold

    /// What the marketplace has is what it owes.
    function checkMarket() external view {
        uint256 owed = 0;
        for (uint256 i = 0; i < accounts.length; i++) {
            owed += market.credit(accounts[i], address(usdc));
        }
        vm.assertEq(usdc.balanceOf(address(market)), owed + _earned(), "marketplace");
    }

    /// What the escrow has is what runs and what it owes.
    function checkEscrow() external view {
        uint256 owed = 0;
        for (uint256 i = 0; i < accounts.length; i++) {
            owed += escrow.credit(accounts[i], address(usdc));
        }
        for (uint256 i = 0; i < layawayIds.length; i++) {
            LayawayEscrow.Layaway memory layaway = escrow.layawayOf(layawayIds[i]);
            if (layaway.state == LayawayEscrow.State.Active) owed += layaway.paid;
        }
        vm.assertEq(usdc.balanceOf(address(escrow)), owed, "escrow");
    }

    /// No coin is anywhere else, and what was sold is what was earned.
    function checkCoins() external view {
        uint256 sum = usdc.balanceOf(address(market)) + usdc.balanceOf(address(escrow));
        for (uint256 i = 0; i < accounts.length; i++) {
            sum += usdc.balanceOf(accounts[i]);
        }
        for (uint256 i = 0; i < settleAddresses.length; i++) {
            sum += usdc.balanceOf(settleAddresses[i]);
        }
        vm.assertEq(sum, supply, "coins");

        uint256 sold = 0;
        for (uint64 i = 0; i < market.saleCount(); i++) {
            sold += market.saleAt(i).amount;
        }
        vm.assertEq(sold, distributed + _earned(), "sold and earned");
    }

    /// An order is sold once over all paths, and every sale has its license.
    function checkSales() external {
        uint64 count = market.saleCount();
        bytes32[] memory ids = new bytes32[](count);
        for (uint64 i = 0; i < count; i++) {
            Sale memory sale = market.saleAt(i);
            vm.assertEq(market.saleOf(sale.listingId, sale.listingVersion, sale.buyer), sale.orderId, "its sale");
            vm.assertTrue(issuer.receiptOf(sale.orderId) != 0, "its receipt");
            vm.assertTrue(issuer.isLicensed(sale.buyer, sale.assetId), "its license");
            ids[i] = sale.orderId;
            vm.assertEq(++times[sale.orderId], 1, "once");
        }
        for (uint64 i = 0; i < count; i++) {
            times[ids[i]] = 0;
        }
    }

    /// After an exclusive license of an asset there is no other.
    function checkExclusives() external view {
        uint64 count = market.saleCount();
        for (uint64 i = 0; i < count; i++) {
            Sale memory first = market.saleAt(i);
            if (market.recordOf(first.listingId, first.listingVersion).kind != Kind.Exclusive) continue;
            vm.assertEq(market.holder(first.assetId), first.orderId, "holder");
            for (uint64 j = i + 1; j < count; j++) {
                vm.assertTrue(market.saleAt(j).assetId != first.assetId, "the last of its asset");
            }
        }
    }

    function _earned() private view returns (uint256 sum) {
        for (uint256 listing = 1; listing <= market.listingCount(); listing++) {
            (, uint64 newest,,) = market.heads(listing);
            for (uint64 version = 1; version <= newest; version++) {
                sum += market.earned(listing, version, address(usdc));
            }
        }
    }

    function _send(address where, uint256 amount) private {
        if (!known[where]) settleAddresses.push(where);
        known[where] = true;
        vm.prank(relayer);
        usdc.transfer(where, amount % (PRICE + PRICE / 4));
    }

    function _begin(Order memory made) private returns (bytes32 id) {
        id = escrow.layawayIdOf(made);
        if (!begun[id]) layawayIds.push(id);
        begun[id] = true;
    }

    function _pick(uint256 which) private view returns (Order memory) {
        vm.assume(orders.length > 0);
        return orders[which % orders.length];
    }

    function _key(address who) private view returns (uint256) {
        for (uint256 i = 0; i < keys.length; i++) {
            if (vm.addr(keys[i]) == who) return keys[i];
        }
        return 0;
    }
}
