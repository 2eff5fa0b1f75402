// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { IEAS } from "@eas/IEAS.sol";

import { ExternalTill } from "../../src/ExternalTill.sol";
import { LayawayEscrow } from "../../src/LayawayEscrow.sol";
import { LicenseIssuer } from "../../src/LicenseIssuer.sol";
import { Listings } from "../../src/Listings.sol";
import { Marketplace } from "../../src/Marketplace.sol";
import { Roles } from "../../src/Roles.sol";
import { Authorization, Kind, Order, Payee, Permit, Plan, Price, Terms } from "../../src/Types.sol";
import { SilentToken, TestToken } from "../tokens/TestToken.sol";
import { vm } from "./Vm.sol";

/// A store with everything in it, on the real EAS: a seller with a standard and an exclusive listing, two buyers who
/// have money, a thief, and whoever brings signatures to the chain.
abstract contract Stage {
    uint256 internal constant SELLER = 0x5e11e4;
    uint256 internal constant BUYER = 0xb0b;
    uint256 internal constant OTHER = 0x07e4;
    uint256 internal constant THIEF = 0x7e1ef;
    uint128 internal constant PRICE = 25_000_000;
    uint256 internal constant FAR = type(uint48).max;

    address internal seller = vm.addr(SELLER);
    address internal buyer = vm.addr(BUYER);
    address internal other = vm.addr(OTHER);
    address internal thief = vm.addr(THIEF);
    address internal relayer = address(0x4e1a);
    address internal treasury = address(0x7ea5);
    address internal label = address(0x1abe1);

    IEAS internal eas;
    Roles internal roles;
    Marketplace internal market;
    LayawayEscrow internal escrow;
    LicenseIssuer internal issuer;
    ExternalTill internal till;
    TestToken internal usdc;
    SilentToken internal pyusd;
    address internal external_;

    uint256 internal standard;
    uint256 internal exclusive;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        _deploy();
        vm.startPrank(seller);
        standard = market.createListing(_terms(Kind.Standard, "tide"));
        exclusive = market.createListing(_terms(Kind.Exclusive, "storm"));
        vm.stopPrank();
        address[4] memory people = [buyer, other, thief, relayer];
        for (uint256 i = 0; i < people.length; i++) {
            usdc.mint(people[i], 1_000 * PRICE);
            pyusd.mint(people[i], 1_000 * PRICE);
        }
    }

    function _deploy() private {
        string memory path = "node_modules/@ethereum-attestation-service/eas-contracts/artifacts/contracts/";
        address registry = _create(vm.getCode(string.concat(path, "SchemaRegistry.sol/SchemaRegistry.json")));
        eas = IEAS(_create(bytes.concat(vm.getCode(string.concat(path, "EAS.sol/EAS.json")), abi.encode(registry))));

        usdc = new TestToken("USD Coin", "USDC", "2");
        pyusd = new SilentToken("PayPal USD", "PYUSD", "1");
        roles = new Roles(2 days, address(this));
        uint256 nonce = vm.getNonce(address(this));
        address escrow_ = vm.computeCreateAddress(address(this), nonce + 1);
        address issuer_ = vm.computeCreateAddress(address(this), nonce + 2);
        market = new Marketplace(roles, treasury, LicenseIssuer(payable(issuer_)), escrow_);
        escrow = new LayawayEscrow(market);
        issuer = new LicenseIssuer(eas, market);
        till = new ExternalTill(roles, address(pyusd));
        string[5] memory names = ["PAUSER_ROLE", "MODERATOR_ROLE", "RECORDER_ROLE", "RELEASER_ROLE", "ISSUER_ROLE"];
        for (uint256 i = 0; i < names.length; i++) {
            roles.grantRole(keccak256(bytes(names[i])), address(this));
        }
        market.setFee(250);
        market.setToken(address(usdc), true);
        market.setToken(address(pyusd), true);
        external_ = market.setExternalToken(1, address(till), address(pyusd), true);
        market.setExternalCap(10 * PRICE);
    }

    function _create(bytes memory code) internal returns (address made) {
        assembly {
            made := create(0, add(code, 32), mload(code))
        }
        require(made != address(0), "not created");
    }

    function _terms(Kind kind, bytes32 salt) internal view returns (Terms memory terms) {
        terms.assetSalt = salt;
        terms.kind = kind;
        terms.acceptExternal = true;
        terms.manifestHash = keccak256(abi.encode("manifest", salt));
        terms.licenseHash = keccak256("license");
        if (kind == Kind.Exclusive) terms.plan = Plan(2_000, 4, 30);
        terms.prices = new Price[](3);
        terms.prices[0] = Price(address(usdc), PRICE);
        terms.prices[1] = Price(address(pyusd), PRICE);
        terms.prices[2] = Price(external_, PRICE);
        terms.payees = new Payee[](2);
        terms.payees[0] = Payee(seller, 7_000);
        terms.payees[1] = Payee(label, 3_000);
    }

    /// A listing as it is now, in the dollars that revert.
    function _order(uint256 listingId, address who) internal view returns (Order memory order) {
        (address listed, uint64 version,,) = market.heads(listingId);
        Listings.Record memory record = market.recordOf(listingId, version);
        (uint256 amount,) = market.priceOf(listingId, version, address(usdc));
        order = Order({
            listingId: listingId,
            listingVersion: version,
            assetId: market.assetIdOf(listed, record.assetSalt),
            buyer: who,
            payer: who,
            token: address(usdc),
            amount: amount,
            manifestHash: record.manifestHash,
            licenseHash: record.licenseHash,
            secret: keccak256(abi.encode(listingId, who)),
            expiresAt: uint64(block.timestamp + 1 hours),
            maxPriorLeases: 0
        });
    }

    function _authorize(uint256 key, address token, address to, uint256 amount, bytes32 nonce)
        internal
        view
        returns (Authorization memory auth)
    {
        bytes32 hash = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                vm.addr(key),
                to,
                amount,
                0,
                FAR,
                nonce
            )
        );
        auth.validBefore = FAR;
        (auth.v, auth.r, auth.s) = vm.sign(key, _digest(TestToken(token).DOMAIN_SEPARATOR(), hash));
    }

    function _signOrder(uint256 key, Order memory order) internal view returns (Authorization memory) {
        return _authorize(key, order.token, address(market), order.amount, market.orderId(order));
    }

    function _signPermit(uint256 key, address token, address spender, uint256 amount)
        internal
        view
        returns (Permit memory permit)
    {
        address owner = vm.addr(key);
        bytes32 hash = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                owner,
                spender,
                amount,
                TestToken(token).nonces(owner),
                FAR
            )
        );
        permit.deadline = FAR;
        (permit.v, permit.r, permit.s) = vm.sign(key, _digest(TestToken(token).DOMAIN_SEPARATOR(), hash));
    }

    function _digest(bytes32 domain, bytes32 hash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domain, hash));
    }

    function _buy(uint256 listingId, uint256 key) internal returns (Order memory order) {
        order = _order(listingId, vm.addr(key));
        order.maxPriorLeases = type(uint64).max;
        Authorization memory auth = _signOrder(key, order);
        vm.prank(relayer);
        market.buyWithAuthorization(order, auth);
    }

    /// That a person owns what they claim, all of it.
    function _claim(address who, address token) internal returns (uint256) {
        vm.prank(who);
        return market.claim(token, payable(who));
    }

    function bytesOf(bytes4 selector, uint256 argument) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, argument);
    }
}
