// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    Attestation,
    AttestationRequest,
    AttestationRequestData,
    MultiAttestationRequest,
    RevocationRequest,
    RevocationRequestData
} from "@eas/IEAS.sol";
import { LicenseIssuer } from "../src/LicenseIssuer.sol";
import { Marketplace } from "../src/Marketplace.sol";
import { Ruled } from "../src/Roles.sol";
import { Kind, Order, Terms } from "../src/Types.sol";
import { Stage } from "./helpers/Stage.sol";
import { vm } from "./helpers/Vm.sol";

/// An EAS that does nothing but burn what it is given.
contract Burner {
    fallback() external payable {
        assembly {
            invalid()
        }
    }
}

contract ReceiptsTest is Stage {
    function _request(address recipient, uint64 expires) private view returns (AttestationRequest memory) {
        return AttestationRequest(
            issuer.schema(), AttestationRequestData(recipient, expires, true, 0, abi.encode(1, 2, 3, 4, 5), 0)
        );
    }

    function test_a_receipt_says_what_was_sold() public {
        Order memory order = _buy(standard, BUYER);
        bytes32 id = market.orderId(order);
        Attestation memory receipt = eas.getAttestation(issuer.receiptOf(id));
        vm.assertEq(receipt.recipient, buyer, "recipient");
        vm.assertEq(receipt.attester, address(issuer), "attester");
        vm.assertEq(receipt.schema, issuer.schema(), "schema");
        vm.assertEq(receipt.expirationTime, 0, "for ever");
        vm.assertEq(receipt.refUID, 0, "refers to nothing");
        vm.assertTrue(receipt.revocable, "revocable");
        bytes memory said = abi.encode(id, order.assetId, order.manifestHash, order.token, order.amount);
        vm.assertEq(keccak256(receipt.data), keccak256(said), "data");
        bytes32 uid = keccak256(abi.encodePacked(issuer.SCHEMA(), address(issuer), true));
        vm.assertEq(issuer.schema(), uid, "schema id");
    }

    function test_attack_a_stranger_writes_a_receipt_that_ends_at_once() public {
        AttestationRequest memory request = _request(buyer, uint64(block.timestamp + 1));
        vm.prank(thief);
        vm.expectRevert();
        eas.attest(request);

        AttestationRequestData[] memory data = new AttestationRequestData[](2);
        data[0] = request.data;
        data[1] = request.data;
        MultiAttestationRequest[] memory many = new MultiAttestationRequest[](1);
        many[0] = MultiAttestationRequest(request.schema, data);
        vm.prank(thief);
        vm.expectRevert();
        eas.multiAttest(many);
    }

    function test_attack_a_buyer_attests_a_license_to_himself() public {
        AttestationRequest memory request = _request(thief, 0);
        vm.prank(thief);
        vm.expectRevert();
        eas.attest(request);
        Attestation memory forged = eas.getAttestation(0);
        forged.attester = address(issuer);
        vm.prank(thief);
        vm.expectRevert();
        issuer.attest(forged);
    }

    function test_attack_a_stranger_revokes_a_license() public {
        bytes32 id = market.orderId(_buy(standard, BUYER));
        bytes32 uid = issuer.receiptOf(id);
        bytes32 schema = issuer.schema();
        vm.startPrank(thief);
        vm.expectRevert();
        eas.revoke(RevocationRequest(schema, RevocationRequestData(uid, 0)));
        vm.expectRevert(abi.encodeWithSelector(Ruled.Denied.selector, thief, keccak256("ISSUER_ROLE")));
        issuer.revoke(id, "mine");
        vm.stopPrank();
    }

    function test_attack_a_receipt_is_written_twice() public {
        _buy(standard, BUYER);
        vm.expectRevert(LicenseIssuer.AlreadyIssued.selector);
        issuer.issue(0);
        vm.expectRevert(Marketplace.NoSuchSale.selector);
        issuer.issue(1);
    }

    function test_a_failing_eas_never_blocks_a_sale_and_anyone_writes_later() public {
        bytes memory good = address(eas).code;
        vm.etch(address(eas), address(new Burner()).code);
        Order memory order = _buy(standard, BUYER);
        vm.assertEq(market.saleCount(), 1, "sold");
        vm.assertTrue(!issuer.isLicensed(buyer, order.assetId), "no receipt yet");

        vm.etch(address(eas), good);
        vm.prank(thief);
        issuer.issue(0);
        vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "licensed");
    }

    function test_attack_a_relayer_gives_too_little_gas_for_the_receipt() public {
        Order memory order = _order(standard, buyer);
        bytes memory call = abi.encodeCall(market.buyWithAuthorization, (order, _signOrder(BUYER, order)));
        for (uint256 gas_ = 150_000; gas_ < 1_200_000; gas_ += 10_000) {
            vm.prank(thief);
            (bool sold,) = address(market).call{ gas: gas_ }(call);
            if (!sold) continue;
            vm.assertTrue(issuer.isLicensed(buyer, order.assetId), "sold with its receipt");
            return;
        }
        vm.assertTrue(false, "not sold at all");
    }

    function test_attack_an_eas_that_answers_nothing_counts_as_a_receipt() public {
        vm.mockCall(address(eas), abi.encodeWithSelector(eas.attest.selector), abi.encode(0));
        Order memory order = _buy(standard, BUYER);
        vm.assertTrue(!issuer.isLicensed(buyer, order.assetId), "no receipt");
        vm.clearMockedCalls();
        issuer.issue(0);
    }

    function test_a_license_is_revoked_with_a_reason() public {
        Order memory order = _buy(standard, BUYER);
        bytes32 id = market.orderId(order);
        issuer.revoke(id, "takedown");
        vm.assertTrue(!issuer.isLicensed(buyer, order.assetId), "not licensed");
        vm.assertTrue(eas.getAttestation(issuer.receiptOf(id)).revocationTime != 0, "revoked in EAS");
        vm.assertTrue(issuer.licensesOf(buyer, 0, 1)[0].revoked, "and listed so");
        vm.expectRevert();
        issuer.revoke(id, "again");
        vm.expectRevert(LicenseIssuer.NoReceipt.selector);
        issuer.revoke("unknown", "never");
        vm.expectRevert(LicenseIssuer.AlreadyIssued.selector);
        issuer.issue(0);
    }

    function test_two_licenses_of_an_asset_are_one_less_after_one_is_revoked() public {
        Order memory first = _buy(standard, BUYER);
        vm.prank(seller);
        market.closeListing(standard);
        vm.prank(seller);
        market.updateListing(standard, _tide());
        _buy(standard, BUYER);
        issuer.revoke(market.orderId(first), "charged back");
        vm.assertTrue(issuer.isLicensed(buyer, first.assetId), "by the second");
    }

    function _tide() private view returns (Terms memory) {
        return _terms(Kind.Standard, "tide");
    }

    function test_licenses_are_listed_page_by_page() public {
        for (uint256 i = 0; i < 5; i++) {
            vm.prank(seller);
            uint256 listing = market.createListing(_terms(Kind.Standard, bytes32(i + 10)));
            _buy(listing, BUYER);
        }
        vm.assertEq(issuer.licenseCount(buyer), 5, "count");
        vm.assertEq(issuer.licensesOf(buyer, 0, 2).length, 2, "page");
        LicenseIssuer.License[] memory rest = issuer.licensesOf(buyer, 3, 100);
        vm.assertEq(rest.length, 2, "rest");
        vm.assertEq(rest[1].seq, 4, "in order");
        vm.assertEq(rest[1].orderId, market.saleAt(4).orderId, "order");
        vm.assertEq(issuer.licensesOf(buyer, 5, 1).length, 0, "past the end");
        vm.assertEq(issuer.licensesOf(buyer, type(uint256).max, type(uint256).max).length, 0, "far past the end");
    }

    function test_contracts_that_were_not_made_for_each_other_refuse() public {
        vm.expectRevert(LicenseIssuer.NotTheMarketplaces.selector);
        new LicenseIssuer(eas, market);
    }
}
