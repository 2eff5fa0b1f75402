// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { Marketplace } from "../src/Marketplace.sol";
import { Purse } from "../src/Purse.sol";
import { Sweeper } from "../src/Sweeper.sol";
import { Authorization, Kind, Obstacle, Order, Terms } from "../src/Types.sol";
import { Stage } from "./helpers/Stage.sol";
import { vm } from "./helpers/Vm.sol";

contract SettlingTest is Stage {
    Order private order;
    address private where;

    function setUp() public override {
        super.setUp();
        order = _order(standard, buyer);
        where = market.settleAddress(market.orderId(order));
    }

    function _pay(uint256 amount) private {
        vm.prank(relayer);
        usdc.transfer(where, amount);
    }

    function test_a_settle_address_is_what_anyone_computes() public view {
        bytes32 hash = keccak256(type(Sweeper).creationCode);
        bytes32 id = market.orderId(order);
        bytes32 made = keccak256(abi.encodePacked(bytes1(0xff), address(market), id, hash));
        vm.assertEq(where, address(uint160(uint256(made))), "CREATE2");
    }

    function test_money_from_anywhere_buys() public {
        _pay(PRICE);
        vm.prank(thief);
        market.settle(order);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
        vm.assertEq(market.earned(standard, 1, address(usdc)), PRICE, "earned");
    }

    function test_what_is_too_much_is_the_buyers() public {
        _pay(PRICE + 7);
        market.settle(order);
        vm.assertEq(market.credit(buyer, address(usdc)), 7, "credit");
    }

    function test_attack_an_order_id_is_used_up_through_a_listing_of_ones_own() public {
        vm.startPrank(thief);
        Terms memory terms = _terms(Kind.Standard, "trap");
        terms.prices[0].amount = 0;
        uint256 trap = market.createListing(terms);
        Order memory squat = _order(trap, buyer);
        squat.payer = thief;
        squat.secret = order.secret;
        market.buy(squat);
        vm.stopPrank();

        _pay(PRICE);
        market.settle(order);
        vm.assertEq(market.saleOf(standard, 1, buyer), market.orderId(order), "sold all the same");
    }

    function test_attack_a_payment_in_parts_is_taken_apart_by_a_stranger() public {
        _pay(PRICE / 2);
        vm.startPrank(thief);
        vm.expectRevert(Marketplace.StillOpen.selector);
        market.settle(order);
        vm.expectRevert(Marketplace.StillOpen.selector);
        market.recover(order, address(usdc));
        vm.stopPrank();

        _pay(PRICE - PRICE / 2);
        vm.prank(thief);
        vm.expectRevert(Marketplace.StillOpen.selector);
        market.recover(order, address(usdc));
        market.settle(order);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
    }

    function test_a_buyer_recovers_an_underpayment_at_once() public {
        _pay(PRICE - 1);
        vm.prank(buyer);
        market.recover(order, address(usdc));
        vm.assertEq(_claim(buyer, address(usdc)), PRICE - 1, "all that came");
    }

    function test_attack_a_late_or_second_payment_is_lost() public {
        _pay(PRICE);
        market.settle(order);
        _pay(PRICE);
        market.settle(order);
        _pay(5);
        vm.prank(thief);
        market.recover(order, address(usdc));
        vm.assertEq(_claim(buyer, address(usdc)), PRICE + 5, "the buyer's");
    }

    function test_attack_money_comes_after_the_order_expired() public {
        vm.warp(order.expiresAt + 1);
        _pay(PRICE);
        vm.prank(thief);
        market.settle(order);
        vm.assertTrue(!issuer.isLicensed(buyer, order.assetId), "not sold");
        vm.assertEq(_claim(buyer, address(usdc)), PRICE, "the buyer's");
    }

    function test_another_token_and_ether_come_back_before_and_after() public {
        vm.prank(relayer);
        pyusd.transfer(where, 3);
        vm.deal(where, 1 ether);
        market.recover(order, address(pyusd));
        market.recover(order, address(0));
        vm.deal(relayer, 1 ether);
        vm.prank(relayer);
        (bool sent,) = where.call{ value: 1 ether }("");
        vm.assertTrue(sent, "once it is there too");
        _pay(PRICE);
        market.settle(order);
        market.recover(order, address(0));
        vm.assertEq(_claim(buyer, address(pyusd)), 3, "token");
        vm.assertEq(_claim(buyer, address(0)), 2 ether, "ether");
        vm.assertEq(buyer.balance, 2 ether, "sent");
    }

    function test_attack_a_stranger_empties_a_settle_address() public {
        _pay(PRICE);
        market.settle(order);
        _pay(PRICE);
        vm.prank(thief);
        vm.expectRevert(Sweeper.OnlyMaker.selector);
        Sweeper(payable(where)).sweep(address(usdc));
    }

    function test_attack_ether_is_sent_where_nobody_could_claim_it() public {
        vm.deal(thief, 1 ether);
        vm.prank(thief);
        (bool sent,) = address(market).call{ value: 1 ether }("");
        vm.assertTrue(!sent, "refused");
    }

    function test_a_lost_race_for_an_exclusive_is_claimed_back() public {
        Order memory late = _order(exclusive, other);
        address there = market.settleAddress(market.orderId(late));
        vm.prank(other);
        usdc.transfer(there, PRICE);
        _buy(exclusive, BUYER);
        vm.prank(thief);
        market.settle(late);
        vm.assertEq(_claim(other, address(usdc)), PRICE, "refunded");
        vm.assertTrue(!issuer.isLicensed(other, late.assetId), "one exclusive license");
    }

    function test_a_pause_leaves_the_money_to_the_buyer() public {
        _pay(PRICE);
        market.pause();
        vm.prank(thief);
        vm.expectRevert(Marketplace.StillOpen.selector);
        market.settle(order);
        vm.prank(buyer);
        market.recover(order, address(usdc));
        vm.assertEq(_claim(buyer, address(usdc)), PRICE, "claimed while paused");
    }

    function test_one_order_is_one_sale_over_two_paths() public {
        Authorization memory auth = _signOrder(BUYER, order);
        _pay(PRICE);
        market.settle(order);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Bought));
        market.buyWithAuthorization(order, auth);
        vm.assertEq(market.saleCount(), 1, "one sale");
    }

    function testFuzz_every_unit_is_sold_or_claimed(uint96 first, uint96 second, bool early) public {
        usdc.mint(relayer, uint256(first) + second);
        uint256 had = usdc.balanceOf(buyer);
        if (!early) vm.warp(order.expiresAt + 1);
        _pay(first);
        vm.prank(buyer);
        market.settle(order);
        _pay(second);
        vm.prank(buyer);
        market.settle(order);
        vm.prank(buyer);
        market.recover(order, address(usdc));
        if (market.credit(buyer, address(usdc)) > 0) _claim(buyer, address(usdc));
        uint256 sold = market.earned(standard, 1, address(usdc));
        vm.assertEq(usdc.balanceOf(buyer) - had + sold, uint256(first) + second, "all of it");
    }
}
