// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { ExternalTill } from "../src/ExternalTill.sol";
import { Authorization, Kind, Order, Permit } from "../src/Types.sol";
import { Stage } from "./helpers/Stage.sol";
import { vm } from "./helpers/Vm.sol";

/// What each public path costs as a transaction of its own (isolated, storage cold), in a store that has sold before.
/// snapshots/gas.json remembers the whole transaction; the limits are for what the contracts do with it, that is
/// without the 21,000 and the calldata every transaction pays.
contract GasTest is Stage {
    uint256 internal constant LIMIT_SALE = 140_000;
    uint256 internal constant LIMIT_LICENSED = 500_000;

    function _snap(string memory name) internal returns (uint256) {
        return vm.snapshotGasLastCall("gas", name);
    }

    function _intrinsic(bytes memory data) internal pure returns (uint256 gas) {
        gas = 21_000;
        for (uint256 i = 0; i < data.length; i++) {
            gas += data[i] == 0 ? 4 : 16;
        }
    }

    /// forge-config: default.isolate = true
    function test_gas_of_buying() public {
        _buy(standard, OTHER);
        vm.prank(seller);
        uint256 second = market.createListing(_terms(Kind.Standard, "second"));
        _buy(second, OTHER);
        _buy(second, BUYER);

        Order memory order = _order(standard, buyer);
        Authorization memory auth = _signOrder(BUYER, order);
        vm.prank(relayer);
        market.buyWithAuthorization(order, auth);
        uint256 licensed = _snap("buyWithAuthorization, with its receipt");

        vm.mockCallRevert(address(issuer), abi.encodeWithSelector(issuer.issue.selector), "");
        order = _order(standard, thief);
        auth = _signOrder(THIEF, order);
        vm.prank(relayer);
        market.buyWithAuthorization(order, auth);
        uint256 sale = _snap("buyWithAuthorization, without its receipt");
        vm.clearMockedCalls();
        issuer.issue(4);
        _snap("issue");

        uint256 intrinsic = _intrinsic(abi.encodeCall(market.buyWithAuthorization, (order, auth)));
        vm.assertLe(sale - intrinsic, LIMIT_SALE, "a sale");
        vm.assertLe(licensed - intrinsic, LIMIT_LICENSED, "a sale with its receipt");
    }

    /// forge-config: default.isolate = true
    function test_gas_of_the_other_ways_to_buy() public {
        _buy(standard, OTHER);
        Order memory order = _order(standard, buyer);
        vm.prank(buyer);
        usdc.approve(address(market), PRICE);
        vm.prank(buyer);
        market.buy(order);
        _snap("buy");

        order = _order(standard, thief);
        Permit memory permit = _signPermit(THIEF, address(usdc), address(market), PRICE);
        vm.prank(thief);
        market.buyWithPermit(order, permit);
        _snap("buyWithPermit");

        order = _order(standard, relayer);
        address where = market.settleAddress(market.orderId(order));
        vm.prank(other);
        usdc.transfer(where, PRICE);
        market.settle(order);
        _snap("settle");
        vm.prank(other);
        usdc.transfer(where, PRICE);
        market.recover(order, address(usdc));
        _snap("recover");
        vm.prank(relayer);
        market.claim(address(usdc), payable(relayer));
        _snap("claim");
        market.distribute(standard, 1, address(usdc));
        _snap("distribute, to two payees and the treasury");

        _buy(exclusive, BUYER);
        _snap("buyWithAuthorization, an exclusive");

        order = _order(standard, label);
        order.token = external_;
        market.recordExternal(order);
        _snap("recordExternal");
    }

    /// forge-config: default.isolate = true
    function test_gas_of_selling() public {
        vm.startPrank(seller);
        market.createListing(_terms(Kind.Standard, "a"));
        _snap("createListing, three prices and two payees");
        market.updateListing(standard, _terms(Kind.Standard, "tide"));
        _snap("updateListing");
        market.closeListing(standard);
        _snap("closeListing");
        market.setEnvelope("a", "digest");
        _snap("setEnvelope");
        vm.stopPrank();
        bytes32 id = market.orderId(_buy(exclusive, BUYER));
        issuer.revoke(id, "takedown");
        _snap("revoke");
    }

    /// forge-config: default.isolate = true
    function test_gas_of_layaways() public {
        Order memory order = _order(exclusive, buyer);
        bytes32 id = escrow.layawayIdOf(order);
        Authorization memory auth = _step(order, 0);
        vm.prank(relayer);
        escrow.payWithAuthorization(order, 0, buyer, auth);
        _snap("layaway: payWithAuthorization, the deposit");
        auth = _step(order, 1);
        vm.prank(relayer);
        escrow.payWithAuthorization(order, 1, buyer, auth);
        _snap("layaway: payWithAuthorization, an installment");
        uint256 rest = escrow.PAY_OFF() + 2;
        auth = _step(order, rest);
        vm.prank(relayer);
        escrow.payWithAuthorization(order, rest, buyer, auth);
        _snap("layaway: payWithAuthorization, the rest, with its receipt");

        vm.prank(seller);
        uint256 second = market.createListing(_terms(Kind.Exclusive, "b"));
        order = _order(second, buyer);
        id = escrow.layawayIdOf(order);
        vm.startPrank(buyer);
        usdc.approve(address(escrow), PRICE);
        escrow.pay(order, 0);
        _snap("layaway: pay, the deposit");
        escrow.pay(order, 1);
        _snap("layaway: pay, an installment");
        escrow.cancel(id);
        _snap("layaway: cancel");
        vm.stopPrank();
    }

    /// forge-config: default.isolate = true
    function test_gas_of_the_till() public {
        bytes32 id = keccak256("order");
        Authorization memory auth = _authorize(BUYER, address(pyusd), address(till), PRICE, id);
        vm.prank(relayer);
        till.pay(id, buyer, PRICE, auth);
        _snap("till: pay");
        ExternalTill.Share[] memory shares = new ExternalTill.Share[](1);
        shares[0] = ExternalTill.Share(seller, PRICE);
        till.release(buyer, id, shares);
        _snap("till: release, to one payee");
    }

    function _step(Order memory order, uint256 step) private view returns (Authorization memory) {
        bytes32 id = escrow.paymentId(escrow.layawayIdOf(order), step);
        return _authorize(BUYER, address(usdc), address(escrow), escrow.amountOf(order, step), id);
    }
}
