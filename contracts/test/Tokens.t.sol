// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { vm } from "./helpers/Vm.sol";
import { SilentToken, TestToken } from "./tokens/TestToken.sol";

/// The doubles behave as the real dollars do, where it matters to us.
contract TokensTest {
    uint256 private constant KEY = 0xb0b;

    function _receive(TestToken token, uint256 validAfter, uint256 validBefore) private {
        bytes32 hash = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                vm.addr(KEY),
                address(this),
                10,
                validAfter,
                validBefore,
                bytes32("nonce")
            )
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(KEY, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), hash)));
        token.receiveWithAuthorization(vm.addr(KEY), address(this), 10, validAfter, validBefore, "nonce", v, r, s);
    }

    function receive_(TestToken token, uint256 validAfter, uint256 validBefore) external {
        _receive(token, validAfter, validBefore);
    }

    function _made(TestToken token) private returns (TestToken) {
        token.mint(vm.addr(KEY), 100);
        return token;
    }

    function test_a_used_authorization_reverts_in_one_and_does_nothing_in_the_other() public {
        TestToken loud = _made(new TestToken("USD Coin", "USDC", "2"));
        _receive(loud, 0, block.timestamp + 1);
        vm.expectRevert();
        this.receive_(loud, 0, block.timestamp + 1);
        vm.assertEq(loud.balanceOf(address(this)), 10, "loud");

        TestToken silent = _made(new SilentToken("PayPal USD", "PYUSD", "1"));
        _receive(silent, 0, block.timestamp + 1);
        _receive(silent, 0, block.timestamp + 1);
        vm.assertEq(silent.balanceOf(address(this)), 10, "silent");
    }

    function test_times_are_times_with_bit_47_set_too() public {
        TestToken token = _made(new TestToken("USD Coin", "USDC", "2"));
        vm.expectRevert();
        this.receive_(token, 1 << 47, (1 << 47) + block.number + 1);
        _receive(token, 0, 1 << 47);
    }

    function test_a_paused_or_frozen_token_moves_nothing() public {
        TestToken token = _made(new TestToken("USD Coin", "USDC", "2"));
        vm.assertEq(token.decimals(), 6, "decimals");
        token.setPaused(true);
        vm.expectRevert(TestToken.IsPaused.selector);
        token.mint(address(this), 1);
        token.setPaused(false);
        token.setFrozen(vm.addr(KEY), true);
        vm.expectRevert(abi.encodeWithSelector(TestToken.Frozen.selector, vm.addr(KEY)));
        this.receive_(token, 0, block.timestamp + 1);
        token.setFrozen(vm.addr(KEY), false);
        token.setFrozen(address(this), true);
        vm.expectRevert(abi.encodeWithSelector(TestToken.Frozen.selector, address(this)));
        this.receive_(token, 0, block.timestamp + 1);
    }
}
