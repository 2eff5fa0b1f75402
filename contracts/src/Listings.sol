// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import { Nonces } from "@openzeppelin/contracts/utils/Nonces.sol";
import { EIP712 } from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import { SignatureChecker } from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import { Ruled } from "./Roles.sol";
import { Exclusivity, Kind, Payee, Plan, Price, Terms } from "./Types.sol";

/// What is for sale. An asset's id contains its seller, so nobody else can list it. Every change of a listing is a new
/// version, and what a version said stays readable for ever.
abstract contract Listings is Ruled, EIP712, Nonces {
    struct Head {
        address seller;
        uint64 version;
        bool open;
        Kind kind;
    }

    /// One version of a listing. The fee is what it was when the version was made.
    struct Record {
        bytes32 assetSalt;
        bytes32 manifestHash;
        bytes32 licenseHash;
        Kind kind;
        bool acceptExternal;
        uint16 fee;
        Plan plan;
        Price[] prices;
        Payee[] payees;
    }

    /// `external_` tokens are on another chain, behind a till there.
    struct Token {
        uint8 index;
        bool known;
        bool allowed;
        bool external_;
    }

    struct Asset {
        Exclusivity exclusivity;
        bool takenDown;
        uint64 leases;
    }

    /// A seller's word that the caller may do this one thing for them.
    struct Consent {
        address seller;
        uint256 nonce;
        uint256 deadline;
        bytes signature;
    }

    event Listed(uint256 indexed listingId, bytes32 indexed assetId, address indexed seller, uint64 version);
    event Closed(uint256 indexed listingId, uint64 version);
    event EnvelopeSet(bytes32 indexed assetId, bytes32 digest);
    event TokenSet(address indexed token, bool allowed, bool external_);
    event FeeSet(uint16 fee);
    event TakenDown(bytes32 indexed assetId, bool takenDown);

    error NotTheSeller();
    error NotOpen();
    error BadTerms();
    error BadToken(address token);
    error BadConsent();
    error TooHigh();

    uint16 internal constant WHOLE = 10_000;
    uint16 internal constant MAX_FEE = 1_000;
    uint256 internal constant MAX_PAYEES = 8;

    bytes32 private constant PAYEE_TYPEHASH = keccak256("Payee(address account,uint16 share)");
    bytes32 private constant PLAN_TYPEHASH = keccak256("Plan(uint16 deposit,uint8 installments,uint8 intervalDays)");
    bytes32 private constant PRICE_TYPEHASH = keccak256("Price(address token,uint128 amount)");
    bytes32 private constant TERMS_TYPEHASH = keccak256(
        "Terms(bytes32 assetSalt,uint8 kind,bool acceptExternal,bytes32 manifestHash,bytes32 licenseHash,Plan plan,Price[] prices,Payee[] payees)Payee(address account,uint16 share)Plan(uint16 deposit,uint8 installments,uint8 intervalDays)Price(address token,uint128 amount)"
    );
    bytes32 private constant LIST_TYPEHASH = keccak256(
        "List(address operator,uint256 listingId,uint64 version,Terms terms,uint256 nonce,uint256 deadline)Payee(address account,uint16 share)Plan(uint16 deposit,uint8 installments,uint8 intervalDays)Price(address token,uint128 amount)Terms(bytes32 assetSalt,uint8 kind,bool acceptExternal,bytes32 manifestHash,bytes32 licenseHash,Plan plan,Price[] prices,Payee[] payees)"
    );
    bytes32 private constant CLOSE_TYPEHASH =
        keccak256("Close(address operator,uint256 listingId,uint64 version,uint256 nonce,uint256 deadline)");

    uint16 public fee;
    uint256 public listingCount;
    address[] public tokenAt;
    mapping(address token => Token) public tokens;
    mapping(uint256 listingId => Head) public heads;
    mapping(bytes32 assetId => Asset) public assets;

    mapping(uint256 listingId => mapping(uint64 version => Record)) internal records;

    /// The hash of what a version offers in a token, so that a sale reads one slot.
    mapping(uint256 listingId => mapping(uint64 version => mapping(address token => bytes32 hash))) internal offers;

    function assetIdOf(address seller, bytes32 assetSalt) public view returns (bytes32) {
        return keccak256(abi.encode("gm-asset-1", block.chainid, address(this), seller, assetSalt));
    }

    function recordOf(uint256 listingId, uint64 version) external view returns (Record memory) {
        return records[listingId][version];
    }

    /// What a version asks in a token, and whether it takes that token at all.
    function priceOf(uint256 listingId, uint64 version, address token) public view returns (uint256, bool) {
        Price[] storage prices = records[listingId][version].prices;
        for (uint256 i = 0; i < prices.length; i++) {
            if (prices[i].token == token) return (prices[i].amount, true);
        }
        return (0, false);
    }

    // By the seller

    function createListing(Terms calldata terms) external returns (uint256) {
        return _list(msg.sender, 0, terms);
    }

    /// Also opens a closed listing again.
    function updateListing(uint256 listingId, Terms calldata terms) external {
        _list(msg.sender, listingId, terms);
    }

    function closeListing(uint256 listingId) external {
        if (heads[listingId].seller != msg.sender) revert NotTheSeller();
        _close(listingId);
    }

    /// Where the sealed keys of an asset are: the SHA-256, hence the CID, of its envelope.
    function setEnvelope(bytes32 assetSalt, bytes32 digest) external {
        emit EnvelopeSet(assetIdOf(msg.sender, assetSalt), digest);
    }

    // By an operator the seller signed for

    /// Creates a listing if `listingId` is 0. The signature names operator, version, nonce and deadline, so an old one
    /// can never bring back an old price.
    function listFor(uint256 listingId, Terms calldata terms, Consent calldata consent) external returns (uint256) {
        _requireConsent(
            consent,
            keccak256(
                abi.encode(
                    LIST_TYPEHASH,
                    msg.sender,
                    listingId,
                    heads[listingId].version,
                    _hashTerms(terms),
                    consent.nonce,
                    consent.deadline
                )
            )
        );
        return _list(consent.seller, listingId, terms);
    }

    function closeFor(uint256 listingId, Consent calldata consent) external {
        if (heads[listingId].seller != consent.seller) revert NotTheSeller();
        _requireConsent(
            consent,
            keccak256(
                abi.encode(
                    CLOSE_TYPEHASH, msg.sender, listingId, heads[listingId].version, consent.nonce, consent.deadline
                )
            )
        );
        _close(listingId);
    }

    // By the store's administration

    /// For listing versions made from now on.
    function setFee(uint16 newFee) external only(ADMIN) {
        if (newFee > MAX_FEE) revert TooHigh();
        fee = newFee;
        emit FeeSet(newFee);
    }

    function setToken(address token, bool allowed) external only(ADMIN) {
        if (token.code.length == 0) revert BadToken(token);
        _setToken(token, allowed, false);
    }

    /// A token on another chain, behind a till there. Orders and prices name it by the address this returns.
    function setExternalToken(uint256 chainId, address till, address token, bool allowed)
        external
        only(ADMIN)
        returns (address id)
    {
        id = externalToken(chainId, till, token);
        _setToken(id, allowed, true);
    }

    function externalToken(uint256 chainId, address till, address token) public pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode("gm-external-1", chainId, till, token)))));
    }

    /// Stops every sale of an asset, or lets it be sold again.
    function takeDown(bytes32 assetId, bool down) external only(MODERATOR) {
        assets[assetId].takenDown = down;
        emit TakenDown(assetId, down);
    }

    function _list(address seller, uint256 listingId, Terms calldata terms) private returns (uint256) {
        Head storage head;
        if (listingId == 0) {
            listingId = ++listingCount;
            head = heads[listingId];
            head.seller = seller;
        } else {
            head = heads[listingId];
            if (head.seller != seller) revert NotTheSeller();
            if (records[listingId][1].assetSalt != terms.assetSalt) revert BadTerms();
        }
        bytes32 assetId = assetIdOf(seller, terms.assetSalt);
        if (assets[assetId].exclusivity == Exclusivity.Sold) revert BadTerms();
        _requireSound(terms);

        uint64 version = ++head.version;
        head.open = true;
        head.kind = terms.kind;
        Record storage record = records[listingId][version];
        record.assetSalt = terms.assetSalt;
        record.manifestHash = terms.manifestHash;
        record.licenseHash = terms.licenseHash;
        record.kind = terms.kind;
        record.acceptExternal = terms.acceptExternal;
        record.fee = fee;
        record.plan = terms.plan;
        for (uint256 i = 0; i < terms.payees.length; i++) {
            record.payees.push(terms.payees[i]);
        }
        for (uint256 i = 0; i < terms.prices.length; i++) {
            Price calldata price = terms.prices[i];
            _requireToken(price.token, terms.acceptExternal);
            mapping(address => bytes32) storage made = offers[listingId][version];
            if (made[price.token] != 0) revert BadToken(price.token);
            made[price.token] = _offer(assetId, price.amount, terms.manifestHash, terms.licenseHash);
            record.prices.push(price);
        }
        emit Listed(listingId, assetId, seller, version);
        return listingId;
    }

    function _close(uint256 listingId) internal {
        Head storage head = heads[listingId];
        if (!head.open) revert NotOpen();
        head.open = false;
        emit Closed(listingId, ++head.version);
    }

    function _offer(bytes32 assetId, uint256 amount, bytes32 manifestHash, bytes32 licenseHash)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(assetId, amount, manifestHash, licenseHash));
    }

    function _requireToken(address token, bool acceptExternal) private view {
        Token memory known = tokens[token];
        if (!known.allowed || (known.external_ && !acceptExternal)) revert BadToken(token);
    }

    function _setToken(address token, bool allowed, bool external_) private {
        Token memory known = tokens[token];
        if (known.known && known.external_ != external_) revert BadToken(token);
        if (!known.known) {
            if (tokenAt.length > type(uint8).max) revert TooHigh();
            known.index = uint8(tokenAt.length);
            tokenAt.push(token);
        }
        tokens[token] = Token(known.index, true, allowed, external_);
        emit TokenSet(token, allowed, external_);
    }

    function _requireSound(Terms calldata terms) private pure {
        uint256 count = terms.payees.length;
        if (count == 0 || count > MAX_PAYEES) revert BadTerms();
        uint256 shares = 0;
        for (uint256 i = 0; i < count; i++) {
            if (terms.payees[i].account == address(0)) revert BadTerms();
            shares += terms.payees[i].share;
        }
        if (shares != WHOLE) revert BadTerms();

        Plan calldata plan = terms.plan;
        if (plan.deposit == 0) return;
        if (terms.kind != Kind.Exclusive || plan.deposit < 1_000 || plan.deposit > 5_000) revert BadTerms();
        if (plan.installments < 1 || plan.installments > 24) revert BadTerms();
        if (plan.intervalDays < 7 || plan.intervalDays > 92) revert BadTerms();
        if (uint256(plan.installments) * plan.intervalDays > 730) revert BadTerms();
    }

    function _requireConsent(Consent calldata consent, bytes32 structHash) private {
        if (block.timestamp > consent.deadline) revert BadConsent();
        _useCheckedNonce(consent.seller, consent.nonce);
        if (!SignatureChecker.isValidSignatureNow(consent.seller, _hashTypedDataV4(structHash), consent.signature)) {
            revert BadConsent();
        }
    }

    function _hashTerms(Terms calldata terms) private pure returns (bytes32) {
        bytes32[] memory prices = new bytes32[](terms.prices.length);
        for (uint256 i = 0; i < prices.length; i++) {
            prices[i] = keccak256(abi.encode(PRICE_TYPEHASH, terms.prices[i]));
        }
        bytes32[] memory payees = new bytes32[](terms.payees.length);
        for (uint256 i = 0; i < payees.length; i++) {
            payees[i] = keccak256(abi.encode(PAYEE_TYPEHASH, terms.payees[i]));
        }
        return keccak256(
            abi.encode(
                TERMS_TYPEHASH,
                terms.assetSalt,
                terms.kind,
                terms.acceptExternal,
                terms.manifestHash,
                terms.licenseHash,
                keccak256(abi.encode(PLAN_TYPEHASH, terms.plan)),
                keccak256(abi.encodePacked(prices)),
                keccak256(abi.encodePacked(payees))
            )
        );
    }
}
