// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { Authorization, Kind, Order, Permit, Terms } from "../src/Types.sol";
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
}
