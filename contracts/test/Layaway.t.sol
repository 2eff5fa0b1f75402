// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { LayawayEscrow } from "../src/LayawayEscrow.sol";
import { Marketplace } from "../src/Marketplace.sol";
import { Purse } from "../src/Purse.sol";
import { Ruled } from "../src/Roles.sol";
import { Authorization, Exclusivity, Kind, Obstacle, Order, Path, Permit, Plan, Terms } from "../src/Types.sol";
import { Stage } from "./helpers/Stage.sol";
import { vm } from "./helpers/Vm.sol";

contract LayawayTest is Stage {
    uint256 private constant DEPOSIT = uint256(PRICE) / 5;
    uint256 private constant INSTALLMENT = uint256(PRICE) / 5;

    Order private order;
    bytes32 private id;
    uint256 private payOff;

    function setUp() public override {
        super.setUp();
        order = _order(exclusive, buyer);
        id = escrow.layawayIdOf(order);
        payOff = escrow.PAY_OFF();
        address[2] memory people = [buyer, other];
        for (uint256 i = 0; i < 2; i++) {
            vm.prank(people[i]);
            usdc.approve(address(escrow), type(uint256).max);
        }
    }

    function _pay(uint256 step) private {
        vm.prank(buyer);
        escrow.pay(order, step);
    }

    function _sign(uint256 key, uint256 step) private view returns (Authorization memory) {
        return _authorize(key, order.token, address(escrow), escrow.amountOf(order, step), escrow.paymentId(id, step));
    }

    function _state() private view returns (LayawayEscrow.State) {
        return escrow.layawayOf(id).state;
    }

    function _refund() private view returns (uint256) {
        return escrow.credit(buyer, order.token);
    }

    function test_all_installments_make_a_license() public {
        _pay(0);
        (Exclusivity kept,,) = market.assets(order.assetId);
        vm.assertTrue(kept == Exclusivity.Reserved, "reserved");
        vm.assertEq(market.holder(order.assetId), id, "for this layaway");
        for (uint256 i = 1; i <= 4; i++) {
            vm.assertTrue(!issuer.isLicensed(buyer, order.assetId), "not yet");
            vm.warp(block.timestamp + 30 days);
            _pay(i);
        }
        vm.assertTrue(_state() == LayawayEscrow.State.Completed, "completed");
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
        vm.assertEq(usdc.balanceOf(address(escrow)), 0, "nothing stays");
        vm.assertEq(market.earned(exclusive, 1, address(usdc)), PRICE, "the seller's");
        vm.assertTrue(market.saleAt(0).path == Path.Layaway, "path");
        vm.assertEq(market.saleAt(0).orderId, market.orderId(order), "the order it began with");
        vm.assertEq(market.holder(order.assetId), market.orderId(order), "sold");
    }

    function test_the_rest_is_paid_off_at_once() public {
        _pay(0);
        _pay(1);
        _pay(payOff + 2);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
        vm.assertEq(usdc.balanceOf(buyer), 999 * uint256(PRICE), "the price, once");
    }

    function test_signatures_pay_and_anyone_may_give() public {
        escrow.payWithAuthorization(order, 0, buyer, _sign(BUYER, 0));
        escrow.payWithAuthorization(order, 1, other, _sign(OTHER, 1));
        vm.prank(other);
        escrow.pay(order, 2);
        Permit memory permit = _signPermit(BUYER, address(usdc), address(escrow), INSTALLMENT);
        vm.prank(buyer);
        escrow.payWithPermit(order, 3, permit);
        escrow.payWithAuthorization(order, payOff + 4, buyer, _sign(BUYER, payOff + 4));
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "the buyer's license");
    }

    function test_attack_a_signed_installment_pays_another_layaway_or_step() public {
        _pay(0);
        Authorization memory auth = _sign(BUYER, 1);
        escrow.payWithAuthorization(order, 1, buyer, auth);
        vm.expectRevert();
        escrow.payWithAuthorization(order, 2, buyer, auth);
        vm.expectRevert(LayawayEscrow.NotDue.selector);
        escrow.payWithAuthorization(order, 1, buyer, auth);

        vm.startPrank(thief);
        Order memory own = _order(market.createListing(_terms(Kind.Exclusive, "own")), thief);
        vm.stopPrank();
        auth = _sign(BUYER, 2);
        vm.expectRevert();
        escrow.payWithAuthorization(own, 0, buyer, auth);
    }

    function test_attack_steps_are_paid_out_of_order() public {
        vm.prank(buyer);
        vm.expectRevert(LayawayEscrow.NotDue.selector);
        escrow.pay(order, 1);
        _pay(0);
        uint256[5] memory steps = [uint256(0), 2, payOff, payOff + 2, 5];
        for (uint256 i = 0; i < steps.length; i++) {
            vm.prank(buyer);
            vm.expectRevert(LayawayEscrow.NotDue.selector);
            escrow.pay(order, steps[i]);
        }
    }

    function test_attack_a_reserved_asset_is_sold_to_another() public {
        Authorization memory bought = _signOrder(OTHER, _order(exclusive, other));
        Order memory theirs = _order(exclusive, other);
        vm.prank(seller);
        uint256 lease = market.createListing(_terms(Kind.Standard, "storm"));
        _pay(0);

        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Taken));
        market.buyWithAuthorization(theirs, bought);
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Taken));
        escrow.pay(theirs, 0);
        vm.assertTrue(market.obstacle(_order(lease, other)) == Obstacle.Taken, "nor leased");
        Order memory outside = _order(exclusive, other);
        outside.token = external_;
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Taken));
        market.recordExternal(outside);
    }

    function test_attack_a_standard_listing_or_an_external_price_is_reserved() public {
        Order memory lease = _order(standard, buyer);
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Terms));
        escrow.pay(lease, 0);
        order.token = external_;
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Terms));
        escrow.pay(order, 0);
    }

    function test_attack_someone_pretends_to_be_the_escrow() public {
        vm.startPrank(thief);
        vm.expectRevert(Marketplace.NotTheEscrow.selector);
        market.reserve(order, id);
        vm.expectRevert(Marketplace.NotTheEscrow.selector);
        market.recordFromEscrow(order, id);
        vm.stopPrank();
        vm.startPrank(address(escrow));
        vm.expectRevert(Marketplace.NotReserved.selector);
        market.recordFromEscrow(order, id);
        vm.expectRevert(Marketplace.NotReserved.selector);
        market.release(order.assetId, id);
        vm.stopPrank();
        vm.expectRevert(LayawayEscrow.NotTheMarketplaces.selector);
        new LayawayEscrow(market);
    }

    function test_a_buyer_cancels_at_any_time_and_loses_the_deposit_only() public {
        _pay(0);
        _pay(1);
        vm.prank(thief);
        vm.expectRevert(LayawayEscrow.NotTheBuyer.selector);
        escrow.cancel(id);
        vm.prank(buyer);
        escrow.cancel(id);
        vm.assertEq(_refund(), INSTALLMENT, "back");
        vm.assertEq(escrow.credit(seller, order.token), DEPOSIT, "the seller's");
        (Exclusivity kept,,) = market.assets(order.assetId);
        vm.assertTrue(kept == Exclusivity.Free, "free again");
        _buy(exclusive, OTHER);
        vm.prank(buyer);
        vm.expectRevert(LayawayEscrow.NotActive.selector);
        escrow.cancel(id);
    }

    function test_attack_a_default_races_a_payment() public {
        _pay(0);
        uint256 deadline = escrow.deadlineOf(id);
        vm.assertEq(deadline, block.timestamp + 37 days, "due and grace");
        vm.warp(deadline);
        vm.prank(thief);
        vm.expectRevert(LayawayEscrow.NotLate.selector);
        escrow.markDefaulted(id);
        _pay(1);

        vm.warp(escrow.deadlineOf(id) + 1);
        vm.prank(buyer);
        vm.expectRevert(LayawayEscrow.NotDue.selector);
        escrow.pay(order, 2);
        escrow.markDefaulted(id);
        vm.assertTrue(_state() == LayawayEscrow.State.Defaulted, "defaulted");
        vm.assertEq(_refund(), INSTALLMENT, "all but the deposit");
        vm.expectRevert(LayawayEscrow.NotActive.selector);
        escrow.markDefaulted(id);
    }

    function test_attack_an_outage_makes_buyers_default() public {
        _pay(0);
        vm.warp(block.timestamp + 20 days);
        market.pause();
        vm.warp(block.timestamp + 40 days);
        vm.expectRevert(LayawayEscrow.NotLate.selector);
        escrow.markDefaulted(id);
        _pay(1);
        market.unpause();
        vm.assertEq(escrow.deadlineOf(id), block.timestamp - 60 days + 107 days, "moved by the pause");
    }

    function test_attack_a_pause_stops_the_last_payment() public {
        _pay(0);
        market.pause();
        _pay(payOff + 1);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "completed while paused");

        Order memory next = _order(standard, other);
        vm.assertTrue(market.obstacle(next) == Obstacle.Paused, "only selling stopped");
    }

    function test_a_pause_stops_reserving() public {
        market.pause();
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Paused));
        escrow.pay(order, 0);
        vm.assertTrue(escrow.standing(order, 0) == LayawayEscrow.Standing.Waiting, "until it ends");
    }

    function test_attack_terms_change_under_a_running_layaway() public {
        _pay(0);
        Terms memory terms = _terms(Kind.Exclusive, "storm");
        terms.prices[0].amount = 10 * PRICE;
        terms.plan = Plan(5_000, 1, 7);
        vm.startPrank(seller);
        market.updateListing(exclusive, terms);
        market.closeListing(exclusive);
        vm.stopPrank();
        market.setFee(1_000);
        market.setToken(address(usdc), false);
        market.takeDown(order.assetId, true);
        vm.assertEq(escrow.amountOf(order, 1), INSTALLMENT, "the price is fixed");
        _pay(1);
        _pay(payOff + 2);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "completed");
        market.distribute(exclusive, 1, address(usdc));
        vm.assertEq(market.credit(treasury, address(usdc)), PRICE * 250 / 10_000, "and so is the fee");
    }

    function test_a_takedown_returns_everything() public {
        _pay(0);
        _pay(1);
        vm.prank(thief);
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, keccak256("MODERATOR_ROLE")));
        escrow.voidByAdmin(id);
        escrow.voidByAdmin(id);
        vm.assertEq(_refund(), DEPOSIT + INSTALLMENT, "with the deposit");
    }

    function test_a_seller_who_ends_it_keeps_nothing() public {
        _pay(0);
        vm.prank(thief);
        vm.expectRevert(LayawayEscrow.NotTheSeller.selector);
        escrow.voidBySeller(id);
        vm.prank(seller);
        escrow.voidBySeller(id);
        vm.assertEq(_refund(), DEPOSIT, "with the deposit");
        vm.prank(buyer);
        vm.assertEq(escrow.claim(order.token, payable(buyer)), DEPOSIT, "claimed");
    }

    function test_a_layaway_that_ended_is_not_begun_again() public {
        _pay(0);
        vm.prank(buyer);
        escrow.cancel(id);
        vm.prank(buyer);
        vm.expectRevert(LayawayEscrow.NotDue.selector);
        escrow.pay(order, 0);
        order.secret = "again";
        id = escrow.layawayIdOf(order);
        _pay(0);
        vm.assertTrue(_state() == LayawayEscrow.State.Active, "but a new one is");
    }

    // Settle addresses

    function _send(uint256 step, uint256 amount) private {
        address where = escrow.settleAddress(escrow.paymentId(id, step));
        vm.prank(relayer);
        usdc.transfer(where, amount);
    }

    function test_money_from_anywhere_pays_each_step() public {
        _send(0, DEPOSIT + 3);
        escrow.settle(order, 0);
        vm.assertEq(_refund(), 3, "too much is the buyer's");
        _send(1, INSTALLMENT);
        escrow.settle(order, 1);
        _send(payOff + 2, 3 * INSTALLMENT);
        escrow.settle(order, payOff + 2);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
    }

    function test_attack_an_installment_in_parts_or_early_is_taken_apart_by_a_stranger() public {
        _send(0, DEPOSIT - 1);
        vm.prank(thief);
        vm.expectRevert(LayawayEscrow.StillOpen.selector);
        escrow.settle(order, 0);
        _send(0, 1);
        escrow.settle(order, 0);
        _send(2, INSTALLMENT);
        vm.prank(thief);
        vm.expectRevert(LayawayEscrow.StillOpen.selector);
        escrow.settle(order, 2);
        vm.prank(thief);
        vm.expectRevert(LayawayEscrow.StillOpen.selector);
        escrow.recover(order, 2, address(usdc));
        _pay(1);
        escrow.settle(order, 2);
        vm.assertEq(escrow.layawayOf(id).next, 3, "paid in order");
    }

    function test_attack_money_for_a_step_that_is_over_is_lost() public {
        _pay(0);
        _send(0, 11);
        _send(1, 7);
        vm.deal(escrow.settleAddress(escrow.paymentId(id, 1)), 1 ether);
        escrow.settle(order, 0);
        vm.prank(buyer);
        escrow.recover(order, 1, address(usdc));
        escrow.recover(order, 1, address(0));
        vm.assertEq(_refund(), 18, "the buyer's");
        vm.prank(buyer);
        escrow.claim(address(0), payable(buyer));
        vm.assertEq(buyer.balance, 1 ether, "ether too");

        vm.prank(buyer);
        escrow.cancel(id);
        _send(1, INSTALLMENT);
        vm.prank(thief);
        escrow.settle(order, 1);
        vm.assertEq(_refund(), 18 + INSTALLMENT, "after the end too");
    }

    function test_attack_money_for_an_order_that_can_no_more_be_reserved_is_lost() public {
        _send(0, DEPOSIT);
        _send(1, 5);
        _buy(exclusive, OTHER);
        vm.prank(thief);
        escrow.settle(order, 0);
        escrow.settle(order, 1);
        vm.assertEq(_refund(), DEPOSIT + 5, "the buyer's");
    }

    function testFuzz_steps_are_the_price(uint96 price, uint16 deposit, uint8 installments, uint256 paid) public {
        Terms memory terms = _terms(Kind.Exclusive, "fuzz");
        terms.prices[0].amount = price;
        terms.plan = Plan(1_000 + deposit % 4_001, 1 + installments % 24, 7);
        vm.prank(seller);
        uint256 listing = market.createListing(terms);
        usdc.mint(buyer, price);
        order = _order(listing, buyer);
        id = escrow.layawayIdOf(order);
        uint256 had = usdc.balanceOf(buyer);
        uint256 last = paid % (uint256(terms.plan.installments) + 1);
        for (uint256 i = 0; i <= last; i++) {
            _pay(i);
        }
        if (last < terms.plan.installments) _pay(payOff + last + 1);
        vm.assertEq(had - usdc.balanceOf(buyer), price, "the price");
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
    }
}
