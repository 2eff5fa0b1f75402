// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { Crowd } from "./helpers/Crowd.sol";
import { vm } from "./helpers/Vm.sol";

/// What holds whatever anybody does; FOUNDRY_PROFILE=slow lets them do it longer.
contract InvariantsTest {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Crowd private crowd;

    function setUp() external {
        crowd = new Crowd();
        crowd.setUp();
        for (uint256 listing = 0; listing < 5; listing++) {
            for (uint256 who = 0; who < 3; who++) {
                crowd.order(listing, who, 3, bytes32(who));
            }
        }
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(crowd);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[16] memory all = [
            crowd.order.selector,
            crowd.buyWithAuthorization.selector,
            crowd.buy.selector,
            crowd.send.selector,
            crowd.settle.selector,
            crowd.recover.selector,
            crowd.pay.selector,
            crowd.payNext.selector,
            crowd.sendStep.selector,
            crowd.settleStep.selector,
            crowd.end.selector,
            crowd.distribute.selector,
            crowd.claim.selector,
            crowd.pause.selector,
            crowd.pass.selector,
            crowd.change.selector
        ];
        bytes4[] memory selectors = new bytes4[](all.length);
        for (uint256 i = 0; i < all.length; i++) {
            selectors[i] = all[i];
        }
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(crowd), selectors);
    }

    function invariant_the_books_agree_whatever_anybody_does() external {
        crowd.checkMarket();
        crowd.checkEscrow();
        crowd.checkCoins();
        crowd.checkSales();
        crowd.checkExclusives();
    }

    function test_a_crowd_that_does_everything_is_balanced() external {
        crowd.buyWithAuthorization(0);
        crowd.buy(1);
        crowd.pay(3, 0, false);
        crowd.payNext(3);
        crowd.pay(3, 2, true);
        crowd.pay(12, 0, false);
        crowd.send(4, 20_000_000);
        crowd.pause(true);
        crowd.end(12, 0);
        crowd.claim(0, true);
        crowd.distribute(0, 0);
        crowd.claim(0, false);
        crowd.pause(false);
        crowd.recover(4, true);
        crowd.claim(2, false);
        crowd.checkMarket();
        crowd.checkEscrow();
        crowd.checkCoins();
        crowd.checkSales();
        crowd.checkExclusives();
        vm.assertTrue(crowd.distributed() > 0, "something happened");
    }
}
