// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { Marketplace } from "../src/Marketplace.sol";
import { Purse } from "../src/Purse.sol";
import { Authorization, Kind, Obstacle, Order, Path, Permit, Sale, Terms } from "../src/Types.sol";
import { Stage } from "./helpers/Stage.sol";
import { vm } from "./helpers/Vm.sol";

contract BuyingTest is Stage {
    function _expect(Obstacle why) private {
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, why));
    }

    function test_a_signature_buys_and_anyone_may_bring_it() public {
        Order memory order = _buy(standard, BUYER);

        vm.assertEq(usdc.balanceOf(address(market)), PRICE, "paid");
        vm.assertEq(market.saleOf(standard, 1, buyer), market.orderId(order), "sale");
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
        Sale memory sale = market.saleAt(0);
        vm.assertEq(sale.orderId, market.orderId(order), "order");
        vm.assertEq(sale.assetId, order.assetId, "asset");
        vm.assertEq(sale.buyer, buyer, "buyer");
        vm.assertEq(sale.seller, seller, "seller");
        vm.assertEq(sale.amount, PRICE, "amount");
        vm.assertEq(sale.token, address(usdc), "token");
        vm.assertEq(sale.manifestHash, order.manifestHash, "manifest");
        vm.assertEq(sale.licenseHash, order.licenseHash, "terms");
        vm.assertTrue(sale.path == Path.Authorization, "path");
        vm.expectRevert(Marketplace.NoSuchSale.selector);
        market.saleAt(1);
    }

    function test_an_order_id_is_the_hash_the_application_computes() public view {
        Order memory order = _order(standard, buyer);
        bytes32 salt = keccak256(abi.encode(order.secret, order.expiresAt, order.maxPriorLeases));
        bytes32 typehash = keccak256(
            "Order(uint256 chainId,address marketplace,uint256 listingId,uint64 listingVersion,bytes32 assetId,address buyer,address payer,address token,uint256 amount,bytes32 manifestHash,bytes32 licenseHash,bytes32 salt)"
        );
        bytes memory terms = abi.encode(order);
        bytes memory first9 = new bytes(9 * 32);
        for (uint256 i = 0; i < first9.length; i++) {
            first9[i] = terms[i];
        }
        bytes32 id = keccak256(bytes.concat(abi.encode(typehash, block.chainid, market), first9, salt));
        vm.assertEq(market.orderId(order), id, "id");
    }

    function test_attack_a_listing_owner_takes_a_signed_payment_for_his_junk() public {
        Authorization memory auth = _signOrder(BUYER, _order(standard, buyer));
        vm.startPrank(thief);
        uint256 junk = market.createListing(_terms(Kind.Standard, "junk"));
        Order memory swapped = _order(junk, buyer);
        vm.expectRevert();
        market.buyWithAuthorization(swapped, auth);
        vm.stopPrank();
    }

    function test_attack_the_license_of_a_signed_payment_goes_to_someone_else() public {
        Order memory order = _order(standard, buyer);
        Authorization memory auth = _signOrder(BUYER, order);
        order.buyer = thief;
        vm.prank(thief);
        vm.expectRevert();
        market.buyWithAuthorization(order, auth);
    }

    function testFuzz_attack_any_term_is_changed_under_a_signature(uint256 which, uint256 value) public {
        Order memory order = _order(standard, buyer);
        Authorization memory auth = _signOrder(BUYER, order);
        bytes32 before = market.orderId(order);
        which %= 12;
        if (which == 0) order.listingId = value;
        if (which == 1) order.listingVersion = uint64(value);
        if (which == 2) order.assetId = bytes32(value);
        if (which == 3) order.buyer = address(uint160(value));
        if (which == 4) order.payer = address(uint160(value));
        if (which == 5) order.token = address(uint160(value));
        if (which == 6) order.amount = value;
        if (which == 7) order.manifestHash = bytes32(value);
        if (which == 8) order.licenseHash = bytes32(value);
        if (which == 9) order.secret = bytes32(value);
        if (which == 10) order.expiresAt = uint64(value);
        if (which == 11) order.maxPriorLeases = uint64(value);
        vm.assume(market.orderId(order) != before);
        vm.expectRevert();
        market.buyWithAuthorization(order, auth);
    }

    function test_attack_two_orders_charge_for_one_item() public {
        _buy(standard, BUYER);
        Order memory again = _order(standard, buyer);
        again.secret = "another";
        Authorization memory auth = _signOrder(BUYER, again);
        _expect(Obstacle.Bought);
        market.buyWithAuthorization(again, auth);

        again.token = address(pyusd);
        vm.startPrank(buyer);
        pyusd.approve(address(market), PRICE);
        _expect(Obstacle.Bought);
        market.buy(again);
        vm.stopPrank();
    }

    function test_attack_a_changed_listing_is_sold_to_an_old_signature() public {
        Order memory order = _order(standard, buyer);
        Authorization memory auth = _signOrder(BUYER, order);
        vm.prank(seller);
        market.updateListing(standard, _terms(Kind.Standard, "tide"));
        _expect(Obstacle.Closed);
        market.buyWithAuthorization(order, auth);

        vm.prank(seller);
        market.closeListing(standard);
        _expect(Obstacle.Closed);
        market.buyWithAuthorization(order, auth);
    }

    function test_attack_a_used_authorization_pays_again_in_a_silent_token() public {
        Order memory order = _order(standard, buyer);
        order.token = address(pyusd);
        Authorization memory auth = _signOrder(BUYER, order);
        bytes32 id = market.orderId(order);
        vm.prank(address(market));
        pyusd.receiveWithAuthorization(buyer, address(market), PRICE, 0, FAR, id, auth.v, auth.r, auth.s);
        vm.expectRevert(abi.encodeWithSelector(Purse.NotPaid.selector, PRICE, 0));
        market.buyWithAuthorization(order, auth);
    }

    function test_attack_the_payment_is_taken_from_the_mempool() public {
        Order memory order = _order(standard, buyer);
        Authorization memory auth = _signOrder(BUYER, order);
        bytes32 id = market.orderId(order);
        vm.prank(thief);
        vm.expectRevert();
        usdc.receiveWithAuthorization(buyer, address(market), PRICE, 0, FAR, id, auth.v, auth.r, auth.s);
        vm.prank(thief);
        vm.expectRevert();
        usdc.transferWithAuthorization(buyer, address(market), PRICE, 0, FAR, id, auth.v, auth.r, auth.s);
        vm.prank(thief);
        market.buyWithAuthorization(order, auth);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "front-running only pays the buyer's gas");
    }

    function test_attack_block_numbers_pass_as_times() public {
        Order memory order = _order(standard, buyer);
        Authorization memory auth = _signOrder(BUYER, order);
        auth.validAfter = 1 << 47;
        auth.validBefore = (1 << 47) + block.number + 10;
        vm.expectRevert();
        market.buyWithAuthorization(order, auth);
    }

    function test_an_allowance_buys() public {
        Order memory order = _order(standard, buyer);
        vm.startPrank(buyer);
        usdc.approve(address(market), PRICE);
        market.buy(order);
        vm.stopPrank();
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
    }

    function test_attack_someone_spends_the_allowance_of_another() public {
        vm.prank(buyer);
        usdc.approve(address(market), 10 * PRICE);
        Order memory order = _order(standard, thief);
        order.payer = buyer;
        vm.prank(thief);
        vm.expectRevert(Marketplace.NotThePayer.selector);
        market.buy(order);
    }

    function test_a_permit_buys_in_one_call() public {
        Order memory order = _order(standard, buyer);
        Permit memory permit = _signPermit(BUYER, address(usdc), address(market), PRICE);
        vm.prank(buyer);
        market.buyWithPermit(order, permit);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
    }

    function test_attack_a_permit_is_used_first_by_another() public {
        Order memory order = _order(standard, buyer);
        Permit memory permit = _signPermit(BUYER, address(usdc), address(market), PRICE);
        vm.prank(thief);
        usdc.permit(buyer, address(market), PRICE, FAR, permit.v, permit.r, permit.s);
        vm.prank(buyer);
        market.buyWithPermit(order, permit);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed all the same");
    }

    function test_a_free_listing_is_claimed_and_can_be_given() public {
        Terms memory terms = _terms(Kind.Standard, "free");
        terms.prices[0].amount = 0;
        vm.prank(seller);
        uint256 free = market.createListing(terms);
        Order memory order = _order(free, buyer);
        vm.prank(buyer);
        market.buy(order);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
    }

    function test_a_gift_is_licensed_to_whom_it_is_for() public {
        Order memory order = _order(standard, other);
        order.payer = buyer;
        market.buyWithAuthorization(order, _signOrder(BUYER, order));
        vm.assertTrue(issuer.isLicensed(other, order.assetId), "the other");
        vm.assertTrue(!issuer.isLicensed(buyer, order.assetId), "not the payer");
    }

    function test_an_order_expires() public {
        Order memory order = _order(standard, buyer);
        Authorization memory auth = _signOrder(BUYER, order);
        vm.warp(order.expiresAt + 1);
        _expect(Obstacle.Expired);
        market.buyWithAuthorization(order, auth);
    }

    function test_an_order_needs_what_the_listing_says() public view {
        Order memory order = _order(standard, buyer);
        order.manifestHash = "other";
        vm.assertTrue(market.obstacle(order) == Obstacle.Terms, "manifest");
        order = _order(standard, buyer);
        order.licenseHash = "other";
        vm.assertTrue(market.obstacle(order) == Obstacle.Terms, "license");
        order = _order(standard, buyer);
        order.assetId = "other";
        vm.assertTrue(market.obstacle(order) == Obstacle.Terms, "asset");
        order = _order(standard, address(0));
        vm.assertTrue(market.obstacle(order) == Obstacle.Terms, "nobody");
        order = _order(standard, buyer);
        order.amount--;
        vm.assertTrue(market.obstacle(order) == Obstacle.Terms, "price");
        order = _order(standard, buyer);
        order.token = address(eas);
        vm.assertTrue(market.obstacle(order) == Obstacle.Terms, "token");
        order.listingId = 99;
        vm.assertTrue(market.obstacle(order) == Obstacle.Closed, "listing");
    }

    function test_a_token_that_is_no_more_allowed_buys_nothing() public {
        market.setToken(address(usdc), false);
        Order memory order = _order(standard, buyer);
        Authorization memory auth = _signOrder(BUYER, order);
        _expect(Obstacle.Token);
        market.buyWithAuthorization(order, auth);
    }

    // Exclusive

    function test_the_first_payment_has_the_exclusive_and_the_listing_closes() public {
        Order memory late = _order(exclusive, other);
        Authorization memory auth = _signOrder(OTHER, late);
        Order memory order = _buy(exclusive, BUYER);
        (,, bool open,) = market.heads(exclusive);
        vm.assertTrue(!open, "closed");
        vm.assertEq(market.holder(order.assetId), market.orderId(order), "holder");
        _expect(Obstacle.Closed);
        market.buyWithAuthorization(late, auth);
        vm.assertEq(usdc.balanceOf(other), 1_000 * uint256(PRICE), "nothing was taken");
    }

    function test_attack_a_second_exclusive_listing_of_one_asset() public {
        vm.prank(seller);
        uint256 second = market.createListing(_terms(Kind.Exclusive, "storm"));
        vm.prank(seller);
        uint256 lease = market.createListing(_terms(Kind.Standard, "storm"));
        _buy(exclusive, BUYER);

        uint256[2] memory listings = [second, lease];
        for (uint256 i = 0; i < 2; i++) {
            Order memory order = _order(listings[i], other);
            Authorization memory auth = _signOrder(OTHER, order);
            _expect(Obstacle.Taken);
            market.buyWithAuthorization(order, auth);
        }
        vm.prank(seller);
        vm.expectRevert();
        market.createListing(_terms(Kind.Exclusive, "storm"));
    }

    function test_attack_leases_are_sold_before_an_exclusive() public {
        vm.prank(seller);
        uint256 lease = market.createListing(_terms(Kind.Standard, "storm"));
        Order memory order = _order(exclusive, buyer);
        order.maxPriorLeases = 1;
        Authorization memory auth = _signOrder(BUYER, order);
        _buy(lease, OTHER);
        vm.assertTrue(market.obstacle(order) == Obstacle.None, "one is accepted");
        _buy(lease, THIEF);
        _expect(Obstacle.Leases);
        market.buyWithAuthorization(order, auth);
    }

    function test_what_is_taken_down_is_not_sold() public {
        Order memory order = _order(standard, buyer);
        market.takeDown(order.assetId, true);
        Authorization memory auth = _signOrder(BUYER, order);
        _expect(Obstacle.Taken);
        market.buyWithAuthorization(order, auth);
        market.takeDown(order.assetId, false);
        market.buyWithAuthorization(order, auth);
    }

    // Money out

    function test_earnings_are_split_when_they_are_taken() public {
        _buy(standard, BUYER);
        _buy(standard, OTHER);
        vm.assertEq(market.earned(standard, 1, address(usdc)), 2 * PRICE, "earned");
        market.distribute(standard, 1, address(usdc));

        uint256 cut = 2 * PRICE * 250 / 10_000;
        uint256 share = (2 * PRICE - cut) * 3_000 / 10_000;
        vm.assertEq(_claim(treasury, address(usdc)), cut, "fee");
        vm.assertEq(_claim(label, address(usdc)), share, "label");
        vm.assertEq(_claim(seller, address(usdc)), 2 * PRICE - cut - share, "seller");
        vm.assertEq(usdc.balanceOf(address(market)), 0, "all of it");
        vm.expectRevert(Purse.NothingToClaim.selector);
        market.distribute(standard, 1, address(usdc));
        vm.expectRevert(Purse.NothingToClaim.selector);
        _claim(seller, address(usdc));
    }

    function test_attack_a_fee_or_a_split_changes_what_was_already_earned() public {
        _buy(standard, BUYER);
        market.setFee(1_000);
        Terms memory terms = _terms(Kind.Standard, "tide");
        terms.payees[0].account = thief;
        vm.prank(seller);
        market.updateListing(standard, terms);
        market.distribute(standard, 1, address(usdc));
        vm.assertEq(market.credit(treasury, address(usdc)), PRICE * 250 / 10_000, "the fee of that version");
        vm.assertEq(market.credit(thief, address(usdc)), 0, "the payees of that version");
    }

    function test_a_frozen_payee_names_another_account() public {
        _buy(standard, BUYER);
        market.distribute(standard, 1, address(usdc));
        usdc.setFrozen(label, true);
        vm.prank(label);
        vm.expectRevert();
        market.claim(address(usdc), payable(label));
        vm.prank(label);
        uint256 amount = market.claim(address(usdc), payable(other));
        vm.assertEq(usdc.balanceOf(other), 1_000 * uint256(PRICE) + amount, "there");
    }

    function testFuzz_every_unit_is_split(uint96 amount, uint16 share, uint16 fee) public {
        share = share % 10_001;
        market.setFee(fee % 1_001);
        Terms memory terms = _terms(Kind.Standard, "fuzz");
        terms.prices[0].amount = amount;
        terms.payees[0].share = 10_000 - share;
        terms.payees[1].share = share;
        vm.prank(seller);
        uint256 listing = market.createListing(terms);
        usdc.mint(buyer, amount);
        _buy(listing, BUYER);
        vm.assume(amount > 0);
        market.distribute(listing, 1, address(usdc));
        uint256 sum = market.credit(treasury, address(usdc)) + market.credit(label, address(usdc))
            + market.credit(seller, address(usdc));
        vm.assertEq(sum, amount, "no unit is lost");
    }

    // Pause

    function test_a_pause_stops_selling_and_never_taking_money_out() public {
        _buy(standard, BUYER);
        market.pause();
        Order memory order = _order(standard, other);
        Authorization memory auth = _signOrder(OTHER, order);
        _expect(Obstacle.Paused);
        market.buyWithAuthorization(order, auth);
        market.distribute(standard, 1, address(usdc));
        _claim(seller, address(usdc));

        vm.warp(block.timestamp + 100);
        vm.assertEq(market.pausedSeconds(), 100, "counted while it lasts");
        vm.assertTrue(market.paused(), "paused");
        market.unpause();
        vm.warp(block.timestamp + 100);
        vm.assertEq(market.pausedSeconds(), 100, "and afterwards");
        market.buyWithAuthorization(order, auth);
    }
}
