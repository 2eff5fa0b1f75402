// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { Purse } from "../src/Purse.sol";
import { Kind, Order, Terms } from "../src/Types.sol";
import { Stage } from "./helpers/Stage.sol";
import { vm } from "./helpers/Vm.sol";
import { FeeToken, HookToken } from "./tokens/HostileToken.sol";
import { TestToken } from "./tokens/TestToken.sol";

/// Tokens that do not behave, should an admin ever allow one; and accounts the token has frozen.
contract HostileTest is Stage {
    FeeToken private feeToken;
    HookToken private hookToken;

    function setUp() public override {
        super.setUp();
        feeToken = new FeeToken();
        hookToken = new HookToken();
        market.setToken(address(feeToken), true);
        market.setToken(address(hookToken), true);
    }

    function _orderIn(TestToken token, Kind kind) private returns (Order memory order) {
        Terms memory terms = _terms(kind, "hostile");
        terms.prices[0].token = address(token);
        vm.prank(seller);
        order = _order(market.createListing(terms), buyer);
        order.token = address(token);
        order.amount = PRICE;
        token.mint(buyer, 10 * PRICE);
        vm.startPrank(buyer);
        token.approve(address(market), 10 * PRICE);
        token.approve(address(escrow), 10 * PRICE);
        vm.stopPrank();
    }

    function test_attack_a_token_keeps_a_part_of_the_price() public {
        Order memory order = _orderIn(feeToken, Kind.Exclusive);
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(Purse.NotPaid.selector, PRICE, PRICE - PRICE / 100));
        market.buy(order);
        vm.expectRevert();
        escrow.pay(order, 0);
        feeToken.transfer(market.settleAddress(market.orderId(order)), 2 * PRICE);
        market.settle(order);
        vm.stopPrank();
        vm.assertEq(market.earned(order.listingId, 1, address(feeToken)), PRICE, "what the seller has is there");
        uint256 owed = PRICE + market.credit(buyer, address(feeToken));
        vm.assertEq(feeToken.balanceOf(address(market)), owed, "and what the buyer has");
    }

    function test_attack_a_settle_address_that_loses_a_part_on_the_way_is_no_sale() public {
        Order memory order = _orderIn(feeToken, Kind.Standard);
        address where = market.settleAddress(market.orderId(order));
        feeToken.mint(where, PRICE);
        vm.expectRevert(abi.encodeWithSelector(Purse.NotPaid.selector, PRICE, PRICE - PRICE / 100));
        market.settle(order);
        vm.prank(buyer);
        market.recover(order, address(feeToken));
        vm.assertEq(market.credit(buyer, address(feeToken)), PRICE - PRICE / 100, "what arrived is the buyer's");
    }

    function test_attack_a_layaway_deposit_loses_a_part_on_the_way() public {
        Order memory order = _orderIn(feeToken, Kind.Exclusive);
        uint256 amount = escrow.amountOf(order, 0);
        feeToken.mint(escrow.settleAddress(escrow.paymentId(escrow.layawayIdOf(order), 0)), amount);
        vm.expectRevert(abi.encodeWithSelector(Purse.NotPaid.selector, amount, amount - amount / 100));
        escrow.settle(order, 0);
    }

    function test_attack_a_token_buys_again_while_it_is_paid() public {
        Order memory order = _orderIn(hookToken, Kind.Exclusive);
        Order memory second = order;
        hookToken.setHook(address(market), abi.encodeCall(market.buy, (second)));
        vm.prank(buyer);
        market.buy(order);
        vm.assertTrue(hookToken.called() && !hookToken.worked(), "refused");
        vm.assertEq(market.saleCount(), 1, "one sale");
    }

    function test_attack_a_token_claims_again_while_it_is_claimed() public {
        Order memory order = _orderIn(hookToken, Kind.Standard);
        vm.prank(buyer);
        market.buy(order);
        market.distribute(order.listingId, 1, address(hookToken));
        hookToken.setHook(address(market), abi.encodeCall(market.distribute, (order.listingId, 1, address(hookToken))));
        uint256 amount = _claim(seller, address(hookToken));
        vm.assertTrue(hookToken.called() && !hookToken.worked(), "refused");
        vm.assertEq(hookToken.balanceOf(seller), amount, "once");
    }

    function test_attack_a_token_reserves_what_it_is_just_buying() public {
        Order memory order = _orderIn(hookToken, Kind.Exclusive);
        hookToken.setHook(address(escrow), abi.encodeCall(escrow.pay, (order, 0)));
        vm.prank(buyer);
        market.buy(order);
        vm.assertTrue(hookToken.called() && !hookToken.worked(), "refused: it is sold already");
        vm.assertEq(market.holder(order.assetId), market.orderId(order), "to the first");
    }

    function test_attack_a_frozen_buyer_cannot_have_his_refund() public {
        Order memory order = _order(exclusive, buyer);
        vm.startPrank(buyer);
        usdc.approve(address(escrow), PRICE);
        escrow.pay(order, 0);
        escrow.pay(order, 1);
        vm.stopPrank();
        usdc.setFrozen(buyer, true);
        bytes32 id = escrow.layawayIdOf(order);
        vm.startPrank(buyer);
        escrow.cancel(id);
        escrow.claim(address(usdc), payable(other));
        vm.stopPrank();
        vm.assertEq(usdc.balanceOf(other), 1_000 * uint256(PRICE) + PRICE / 5, "sent elsewhere");
    }

    function test_a_paused_token_stops_nothing_but_itself() public {
        _buy(standard, BUYER);
        usdc.setPaused(true);
        market.distribute(standard, 1, address(usdc));
        vm.prank(seller);
        vm.expectRevert(TestToken.IsPaused.selector);
        market.claim(address(usdc), payable(seller));
        usdc.setPaused(false);
        _claim(seller, address(usdc));
    }
}
