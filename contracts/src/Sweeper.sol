// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeERC20 } from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import { Address } from "@openzeppelin/contracts/utils/Address.sol";

/// The contract at a settle address: it holds what was sent there and gives it to its maker alone.
contract Sweeper {
    error OnlyMaker();

    address payable private immutable maker = payable(msg.sender);

    receive() external payable { }

    /// Everything it has of a token; of ETH for token 0.
    function sweep(address token) external {
        if (msg.sender != maker) revert OnlyMaker();
        if (token == address(0)) return Address.sendValue(maker, address(this).balance);
        SafeERC20.safeTransfer(IERC20(token), maker, IERC20(token).balanceOf(address(this)));
    }
}
