// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { Listings } from "../src/Listings.sol";
import { Marketplace } from "../src/Marketplace.sol";
import { Ruled } from "../src/Roles.sol";
import { Authorization, Kind, Obstacle, Order, Payee, Plan, Price, Terms } from "../src/Types.sol";
import { Stage } from "./helpers/Stage.sol";
import { vm } from "./helpers/Vm.sol";

contract ListingsTest is Stage {
    address private operator = address(0x09e4a704);

    function test_a_listing_reads_as_it_was_written_in_every_version() public {
        Terms memory terms = _terms(Kind.Standard, "tide");
        terms.prices[0].amount = 1;
        terms.manifestHash = "new master";
        vm.prank(seller);
        market.updateListing(standard, terms);
        (uint256 old, bool offered) = market.priceOf(standard, 1, address(usdc));
        vm.assertEq(old, PRICE, "old price");
        vm.assertTrue(offered, "offered");
        (uint256 now_,) = market.priceOf(standard, 2, address(usdc));
        vm.assertEq(now_, 1, "new price");
        (, offered) = market.priceOf(standard, 2, address(eas));
        vm.assertTrue(!offered, "not in that token");
        vm.assertEq(market.recordOf(standard, 2).manifestHash, "new master", "manifest");
        vm.assertEq(market.recordOf(standard, 2).payees.length, 2, "payees");
        vm.assertEq(market.listingCount(), 2, "listings");
    }

    function test_attack_a_foreign_seller_lists_an_asset() public {
        bytes32 assetId = _order(standard, buyer).assetId;
        vm.prank(thief);
        uint256 copy = market.createListing(_terms(Kind.Standard, "tide"));
        vm.assertTrue(_order(copy, buyer).assetId != assetId, "another asset");
        _buy(copy, THIEF);
        vm.assertTrue(!issuer.isLicensed(thief, assetId), "opens nothing");

        Order memory forged = _order(copy, thief);
        forged.buyer = other;
        forged.assetId = assetId;
        Authorization memory auth = _signOrder(THIEF, forged);
        vm.expectRevert(abi.encodeWithSelector(Marketplace.NotForSale.selector, Obstacle.Terms));
        market.buyWithAuthorization(forged, auth);
    }

    function test_attack_a_stranger_changes_or_closes_a_listing() public {
        Terms memory terms = _terms(Kind.Standard, "tide");
        vm.startPrank(thief);
        vm.expectRevert(Listings.NotTheSeller.selector);
        market.updateListing(standard, terms);
        vm.expectRevert(Listings.NotTheSeller.selector);
        market.closeListing(standard);
        vm.stopPrank();
    }

    function test_a_listing_keeps_its_asset() public {
        Terms memory terms = _terms(Kind.Standard, "storm");
        vm.prank(seller);
        vm.expectRevert(Listings.BadTerms.selector);
        market.updateListing(standard, terms);
    }

    function test_a_closed_listing_closes_once_and_opens_again() public {
        vm.startPrank(seller);
        market.closeListing(standard);
        vm.expectRevert(Listings.NotOpen.selector);
        market.closeListing(standard);
        market.updateListing(standard, _terms(Kind.Standard, "tide"));
        vm.stopPrank();
        (, uint64 version, bool open,) = market.heads(standard);
        vm.assertTrue(open, "open");
        vm.assertEq(version, 3, "each a version");
    }

    function test_terms_have_limits() public {
        Terms memory terms = _terms(Kind.Standard, "x");
        terms.payees = new Payee[](0);
        _refused(terms, "no payee");
        terms.payees = new Payee[](9);
        _refused(terms, "nine payees");

        terms = _terms(Kind.Standard, "x");
        terms.payees[0].account = address(0);
        _refused(terms, "nobody");
        terms = _terms(Kind.Standard, "x");
        terms.payees[0].share--;
        _refused(terms, "not the whole");
        terms = _terms(Kind.Standard, "x");
        terms.prices[0].token = address(eas);
        _refused(terms, "token");
        terms = _terms(Kind.Standard, "x");
        terms.prices[1].token = address(usdc);
        _refused(terms, "twice");
        terms = _terms(Kind.Standard, "x");
        terms.acceptExternal = false;
        _refused(terms, "external without opting in");
    }

    function test_attack_a_layaway_plan_traps_the_buyer() public {
        Plan[8] memory plans = [
            Plan(999, 4, 30),
            Plan(5_001, 4, 30),
            Plan(2_000, 0, 30),
            Plan(2_000, 25, 7),
            Plan(2_000, 4, 6),
            Plan(2_000, 4, 93),
            Plan(2_000, 8, 92),
            Plan(9_900, 1, 30)
        ];
        for (uint256 i = 0; i < plans.length; i++) {
            Terms memory bad = _terms(Kind.Exclusive, "x");
            bad.plan = plans[i];
            _refused(bad, "plan");
        }
        Terms memory terms = _terms(Kind.Standard, "x");
        terms.plan = Plan(2_000, 4, 30);
        _refused(terms, "of a standard listing");
    }

    function _refused(Terms memory terms, string memory what) private {
        vm.prank(seller);
        try market.createListing(terms) {
            vm.assertTrue(false, what);
        } catch { }
    }

    function test_an_envelope_is_announced_for_ones_own_asset_only() public {
        vm.recordLogs();
        vm.prank(thief);
        market.setEnvelope("tide", "digest");
        vm.assertTrue(
            vm.getRecordedLogs()[0].topics[1] != _order(standard, buyer).assetId, "a thief's is of another asset"
        );
    }

    // An operator with the seller's signature

    function _consent(uint256 listingId, Terms memory terms, uint256 nonce)
        private
        view
        returns (Listings.Consent memory)
    {
        (, uint64 version,,) = market.heads(listingId);
        bytes32 hash = keccak256(
            abi.encode(
                keccak256(
                    "List(address operator,uint256 listingId,uint64 version,Terms terms,uint256 nonce,uint256 deadline)Payee(address account,uint16 share)Plan(uint16 deposit,uint8 installments,uint8 intervalDays)Price(address token,uint128 amount)Terms(bytes32 assetSalt,uint8 kind,bool acceptExternal,bytes32 manifestHash,bytes32 licenseHash,Plan plan,Price[] prices,Payee[] payees)"
                ),
                operator,
                listingId,
                version,
                _hash(terms),
                nonce,
                block.timestamp + 60
            )
        );
        return _signed(hash, nonce);
    }

    function _signed(bytes32 hash, uint256 nonce) private view returns (Listings.Consent memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("GotMusic"),
                keccak256("1"),
                block.chainid,
                market
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SELLER, _digest(domain, hash));
        return Listings.Consent(seller, nonce, block.timestamp + 60, abi.encodePacked(r, s, v));
    }

    function _hash(Terms memory terms) private pure returns (bytes32) {
        bytes memory prices;
        bytes memory payees;
        bytes32 price = keccak256("Price(address token,uint128 amount)");
        bytes32 payee = keccak256("Payee(address account,uint16 share)");
        for (uint256 i = 0; i < terms.prices.length; i++) {
            prices = bytes.concat(prices, keccak256(abi.encode(price, terms.prices[i])));
        }
        for (uint256 i = 0; i < terms.payees.length; i++) {
            payees = bytes.concat(payees, keccak256(abi.encode(payee, terms.payees[i])));
        }
        bytes32 plan = keccak256("Plan(uint16 deposit,uint8 installments,uint8 intervalDays)");
        return keccak256(
            abi.encode(
                keccak256(
                    "Terms(bytes32 assetSalt,uint8 kind,bool acceptExternal,bytes32 manifestHash,bytes32 licenseHash,Plan plan,Price[] prices,Payee[] payees)Payee(address account,uint16 share)Plan(uint16 deposit,uint8 installments,uint8 intervalDays)Price(address token,uint128 amount)"
                ),
                terms.assetSalt,
                terms.kind,
                terms.acceptExternal,
                terms.manifestHash,
                terms.licenseHash,
                keccak256(abi.encode(plan, terms.plan)),
                keccak256(prices),
                keccak256(payees)
            )
        );
    }

    function test_an_operator_lists_a_batch_in_one_transaction() public {
        bytes[] memory calls = new bytes[](3);
        for (uint256 i = 0; i < 3; i++) {
            Terms memory terms = _terms(Kind.Standard, bytes32(i + 1));
            calls[i] = abi.encodeCall(market.listFor, (0, terms, _consent(0, terms, i)));
        }
        vm.prank(operator);
        market.multicall(calls);
        vm.assertEq(market.listingCount(), 5, "three more");
        (address listed,,,) = market.heads(5);
        vm.assertEq(listed, seller, "of the seller");
    }

    function test_attack_an_old_listing_signature_brings_back_an_old_price() public {
        Terms memory terms = _terms(Kind.Standard, "tide");
        Listings.Consent memory consent = _consent(standard, terms, 0);
        vm.prank(operator);
        market.listFor(standard, terms, consent);
        vm.prank(operator);
        vm.expectRevert();
        market.listFor(standard, terms, consent);

        Listings.Consent memory unused = _consent(standard, terms, 1);
        vm.prank(seller);
        market.closeListing(standard);
        vm.prank(operator);
        vm.expectRevert(Listings.BadConsent.selector);
        market.listFor(standard, terms, unused);
    }

    function test_attack_a_listing_signature_is_used_late_by_another_or_for_other_terms() public {
        Terms memory terms = _terms(Kind.Standard, "new");
        Listings.Consent memory consent = _consent(0, terms, 0);
        vm.prank(thief);
        vm.expectRevert(Listings.BadConsent.selector);
        market.listFor(0, terms, consent);
        Terms memory other_ = _terms(Kind.Standard, "new");
        other_.payees[0].account = thief;
        vm.prank(operator);
        vm.expectRevert(Listings.BadConsent.selector);
        market.listFor(0, other_, consent);
        vm.warp(block.timestamp + 61);
        vm.prank(operator);
        vm.expectRevert(Listings.BadConsent.selector);
        market.listFor(0, terms, consent);
    }

    function test_an_operator_closes_with_a_signature() public {
        bytes32 hash = keccak256(
            abi.encode(
                keccak256("Close(address operator,uint256 listingId,uint64 version,uint256 nonce,uint256 deadline)"),
                operator,
                standard,
                1,
                0,
                block.timestamp + 60
            )
        );
        Listings.Consent memory consent = _signed(hash, 0);
        vm.prank(thief);
        vm.expectRevert(Listings.BadConsent.selector);
        market.closeFor(standard, consent);
        vm.prank(operator);
        market.closeFor(standard, consent);
        (,, bool open,) = market.heads(standard);
        vm.assertTrue(!open, "closed");

        consent.seller = thief;
        vm.expectRevert(Listings.NotTheSeller.selector);
        market.closeFor(standard, consent);
    }

    // Administration

    function test_only_roles_administer() public {
        vm.startPrank(thief);
        bytes32 admin = 0;
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, admin));
        market.setFee(1);
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, admin));
        market.setToken(address(usdc), false);
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, admin));
        market.setExternalToken(1, thief, thief, true);
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, admin));
        market.setTreasury(thief);
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, admin));
        market.setExternalCap(1);
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, keccak256("MODERATOR_ROLE")));
        market.takeDown(0, true);
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, keccak256("PAUSER_ROLE")));
        market.pause();
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, keccak256("PAUSER_ROLE")));
        market.unpause();
        vm.expectRevert(Marketplace.NotTheEscrow.selector);
        market.release(0, 0);
        vm.stopPrank();
    }

    function test_an_admin_is_followed_in_two_steps_and_after_a_delay() public {
        roles.beginDefaultAdminTransfer(other);
        vm.prank(other);
        vm.expectRevert();
        roles.acceptDefaultAdminTransfer();
        vm.warp(block.timestamp + 2 days + 1);
        vm.prank(other);
        roles.acceptDefaultAdminTransfer();
        vm.assertEq(roles.defaultAdmin(), other, "admin");
        vm.expectRevert();
        market.setFee(1);
    }

    function test_the_fee_has_a_cap_and_tokens_are_contracts_of_one_kind() public {
        vm.expectRevert(Listings.TooHigh.selector);
        market.setFee(1_001);
        vm.expectRevert(abi.encodeWithSelector(Listings.BadToken.selector, thief));
        market.setToken(thief, true);
        vm.etch(external_, hex"00");
        vm.expectRevert(abi.encodeWithSelector(Listings.BadToken.selector, external_));
        market.setToken(external_, true);
        vm.expectRevert(Listings.BadTerms.selector);
        market.setTreasury(address(0));
        market.setTreasury(other);
        vm.assertEq(market.treasury(), other, "treasury");
        for (uint160 i = 3; i < 256; i++) {
            market.setExternalToken(2, address(i), address(i), true);
        }
        vm.expectRevert(Listings.TooHigh.selector);
        market.setExternalToken(2, address(1), address(1), true);
    }

    function test_a_pause_begins_and_ends_once() public {
        vm.expectRevert(Marketplace.AlreadyDone.selector);
        market.unpause();
        market.pause();
        vm.expectRevert(Marketplace.AlreadyDone.selector);
        market.pause();
    }
}
