// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { ExternalTill } from "../src/ExternalTill.sol";
import { Marketplace } from "../src/Marketplace.sol";
import { Purse } from "../src/Purse.sol";
import { Ruled } from "../src/Roles.sol";
import { Authorization, Kind, Obstacle, Order, Path, Terms } from "../src/Types.sol";
import { Stage } from "./helpers/Stage.sol";
import { vm } from "./helpers/Vm.sol";
import { SilentToken } from "./tokens/TestToken.sol";

contract TillTest is Stage {
    Order private order;
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        order = _order(standard, buyer);
        order.token = external_;
        id = market.orderId(order);
    }

    function _pay() private {
        Authorization memory auth = _authorize(BUYER, address(pyusd), address(till), PRICE, id);
        vm.prank(relayer);
        till.pay(id, buyer, PRICE, auth);
    }

    function _shares(uint256 amount) private view returns (ExternalTill.Share[] memory shares) {
        shares = new ExternalTill.Share[](2);
        shares[0] = ExternalTill.Share(seller, amount - 5);
        shares[1] = ExternalTill.Share(label, 5);
    }

    function test_paid_there_recorded_here_released_to_the_payees() public {
        _pay();
        market.recordExternal(order);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
        vm.assertTrue(market.saleAt(0).path == Path.External, "path, which holders of keys look at");
        vm.assertEq(market.earned(standard, 1, external_), 0, "no money moved here");

        till.release(buyer, id, _shares(PRICE));
        vm.prank(seller);
        vm.assertEq(till.claim(address(pyusd), payable(seller)), PRICE - 5, "seller");
        vm.prank(label);
        vm.assertEq(till.claim(address(pyusd), payable(label)), 5, "label");
        vm.warp(block.timestamp + 8 days);
        vm.expectRevert(ExternalTill.NothingHeld.selector);
        till.takeBack(buyer, id);
    }

    function test_attack_a_store_records_a_payment_as_often_as_it_likes() public {
        market.recordExternal(order);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Bought));
        market.recordExternal(order);
        vm.prank(thief);
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, keccak256("RECORDER_ROLE")));
        market.recordExternal(order);
    }

    function test_attack_a_stolen_recorder_prints_licenses_without_end() public {
        market.setExternalCap(2 * PRICE - 1);
        market.recordExternal(order);
        order.buyer = other;
        vm.expectRevert(Marketplace.OverDailyCap.selector);
        market.recordExternal(order);
        vm.warp(block.timestamp + 1 days);
        order.expiresAt = uint64(block.timestamp + 1);
        market.recordExternal(order);
    }

    function test_attack_a_listing_that_did_not_opt_in_is_sold_elsewhere() public {
        Terms memory terms = _terms(Kind.Standard, "here");
        terms.acceptExternal = false;
        terms.prices[2].token = address(new SilentToken("Local", "LOC", "1"));
        market.setToken(terms.prices[2].token, true);
        vm.prank(seller);
        uint256 here = market.createListing(terms);
        Order memory wrong = _order(here, buyer);
        wrong.token = external_;
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Terms));
        market.recordExternal(wrong);
        wrong.token = address(usdc);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Token));
        market.recordExternal(wrong);
    }

    function test_attack_an_external_price_is_paid_with_nothing_here() public {
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Token));
        market.buy(order);
    }

    function test_attack_another_payer_stands_in_the_way() public {
        Authorization memory auth = _authorize(THIEF, address(pyusd), address(till), 1, id);
        till.pay(id, thief, 1, auth);
        _pay();
        (uint128 amount,,) = till.payments(buyer, id);
        vm.assertEq(amount, PRICE, "held apart");
    }

    function test_attack_one_signature_pays_twice_in_a_silent_token() public {
        Authorization memory auth = _authorize(BUYER, address(pyusd), address(till), PRICE, id);
        till.pay(id, buyer, PRICE, auth);
        vm.expectRevert(ExternalTill.AlreadyPaid.selector);
        till.pay(id, buyer, PRICE, auth);

        bytes32 second = "second";
        auth = _authorize(BUYER, address(pyusd), address(till), PRICE, second);
        vm.prank(address(till));
        pyusd.receiveWithAuthorization(buyer, address(till), PRICE, 0, FAR, second, auth.v, auth.r, auth.s);
        vm.expectRevert(abi.encodeWithSelector(Purse.NotPaid.selector, PRICE, 0));
        till.pay(second, buyer, PRICE, auth);
    }

    function test_what_is_not_released_in_a_week_is_the_payers() public {
        vm.expectRevert(ExternalTill.NothingHeld.selector);
        till.takeBack(buyer, id);
        _pay();
        vm.expectRevert(ExternalTill.TooEarly.selector);
        till.takeBack(buyer, id);
        vm.warp(block.timestamp + 7 days);
        vm.prank(thief);
        till.takeBack(buyer, id);
        vm.prank(buyer);
        vm.assertEq(till.claim(address(pyusd), payable(other)), PRICE, "all of it");
        ExternalTill.Share[] memory shares = _shares(PRICE);
        vm.expectRevert(ExternalTill.NothingHeld.selector);
        till.release(buyer, id, shares);
    }

    function test_a_release_is_by_role_and_of_the_whole() public {
        _pay();
        ExternalTill.Share[] memory shares = _shares(PRICE);
        vm.prank(thief);
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, keccak256("RELEASER_ROLE")));
        till.release(buyer, id, shares);
        shares = _shares(PRICE - 1);
        vm.expectRevert(ExternalTill.NotTheWhole.selector);
        till.release(buyer, id, shares);
        shares = _shares(PRICE + 1);
        vm.expectRevert(ExternalTill.NotTheWhole.selector);
        till.release(buyer, id, shares);
    }

    function test_an_exclusive_lost_to_another_is_taken_back() public {
        Order memory late = _order(exclusive, buyer);
        late.token = external_;
        bytes32 lateId = market.orderId(late);
        Authorization memory auth = _authorize(BUYER, address(pyusd), address(till), PRICE, lateId);
        till.pay(lateId, buyer, PRICE, auth);
        _buy(exclusive, OTHER);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Closed));
        market.recordExternal(late);
        vm.warp(block.timestamp + 7 days);
        till.takeBack(buyer, lateId);
        vm.assertEq(till.credit(buyer, address(pyusd)), PRICE, "claimable");
    }
}
