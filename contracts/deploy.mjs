// deploy.mjs - puts the contracts of a store on a chain and sets them up.
//
// Every step first asks the chain whether it is done, so a run that broke off is simply run again. What was made is in
// `state` (a plain object), given to `save` after each step with an effect.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { Contract, ContractFactory, ZeroAddress, getAddress, getCreateAddress, id, solidityPackedKeccak256 } from 'ethers';
import { committed } from './artifacts.mjs';
import { schemas } from './schemas.mjs';

export const EAS = '0x4200000000000000000000000000000000000021';
export const SCHEMA_REGISTRY = '0x4200000000000000000000000000000000000020';

const REGISTRY_ABI = [
  'function register(string schema, address resolver, bool revocable) returns (bytes32)',
  'function getSchema(bytes32 uid) view returns (tuple(bytes32 uid, address resolver, bool revocable, string schema))',
];

export class Deployment {
  /** plan: { admin, adminDelay, treasury, fee, roles: { PAUSER: address, … } }; log gets a line for each step. */
  constructor (signer, plan, state, { save = () => {}, log = () => {} } = {}) {
    Object.assign (this, { signer, plan, state, save, log });
    this.state.contracts ??= {};
    this.gas = 0n;
  }

  at (name) {
    return new Contract (this.state.contracts[name].address, committed (name).abi, this.signer);
  }

  async make (name, ...args) {
    const made = this.state.contracts[name];
    if (made && (await this.signer.provider.getCode (made.address)) !== '0x')
      return this.at (name);

    const { abi, bytecode } = committed (name);
    const contract = await new ContractFactory (abi, bytecode, this.signer).deploy (...args);
    const transaction = contract.deploymentTransaction ();
    this.state.contracts[name] = { address: contract.target, transaction: transaction.hash, arguments: args.map (String) };
    this.save (this.state);
    await this.mined (`${name} at ${contract.target}`, transaction);
    return this.at (name);
  }

  async mined (what, transaction) {
    const receipt = await transaction.wait ();
    this.gas += receipt.gasUsed;
    this.log (`${what}, ${receipt.gasUsed} gas`);
  }

  /** Calls method unless `is` already holds. */
  async ensure (contract, is, method, ...args) {
    if (!(await is ()))
      await this.mined (`${method} ${args.join (' ')}`, await contract[method] (...args));
  }

  async roles () {
    const roles = await this.make ('Roles', this.plan.adminDelay, this.signer.address);
    for (const [name, account] of Object.entries (this.plan.roles)) {
      const role = id (`${name}_ROLE`);
      await this.ensure (roles, () => roles.hasRole (role, account), 'grantRole', role, account);
    }
    return roles;
  }

  /** The three that know each other: the addresses of the last two follow from the nonce of the first. */
  async store () {
    const { contracts } = this.state;
    const roles = await this.roles ();
    if (!contracts.Marketplace) {
      const nonce = await this.signer.getNonce ();
      contracts.LayawayEscrow = { address: getCreateAddress ({ from: this.signer.address, nonce: nonce + 1 }) };
      contracts.LicenseIssuer = { address: getCreateAddress ({ from: this.signer.address, nonce: nonce + 2 }) };
    }
    const marketplace = await this.make (
      'Marketplace', roles.target, this.plan.treasury, contracts.LicenseIssuer.address, contracts.LayawayEscrow.address,
    );
    for (const [name, ...args] of [['LayawayEscrow', marketplace.target], ['LicenseIssuer', EAS, marketplace.target]]) {
      const { address } = contracts[name];
      const promised = getCreateAddress ({ from: this.signer.address, nonce: await this.signer.getNonce () });
      if ((await this.signer.provider.getCode (address)) === '0x' && promised !== address)
        throw new Error (`the deployer sent something else meanwhile: ${name} cannot be at ${address} any more, begin anew`);
      await this.make (name, ...args);
    }
    return marketplace;
  }

  async sell (tokens) {
    const marketplace = this.at ('Marketplace');
    const fee = async () => (await marketplace.fee ()) === BigInt (this.plan.fee);
    await this.ensure (marketplace, fee, 'setFee', this.plan.fee);
    for (const token of tokens)
      await this.ensure (marketplace, async () => (await marketplace.tokens (token)).allowed, 'setToken', token, true);
  }

  /** A till on another chain, whose token listings may then take. */
  async sellFrom (chainId, till, token, perDay) {
    const marketplace = this.at ('Marketplace');
    const name = await marketplace.externalToken (chainId, till, token);
    const allowed = async () => (await marketplace.tokens (name)).allowed;
    await this.ensure (marketplace, allowed, 'setExternalToken', chainId, till, token, true);
    const cap = async () => (await marketplace.externalCap ()) === BigInt (perDay);
    await this.ensure (marketplace, cap, 'setExternalCap', perDay);
    this.state.external = { chainId, till, token, name, perDay: String (perDay) };
    this.save (this.state);
  }

  async till (token) {
    const roles = await this.roles ();
    return this.make ('ExternalTill', roles.target, token);
  }

  async schemas () {
    Object.assign (this.state, { eas: EAS, schemaRegistry: SCHEMA_REGISTRY });
    const registry = new Contract (SCHEMA_REGISTRY, REGISTRY_ABI, this.signer);
    const issuer = this.at ('LicenseIssuer');
    this.state.schemas = {
      'license-receipt': { uid: await issuer.schema (), resolver: issuer.target, schema: await issuer.SCHEMA () },
    };
    for (const [name, schema] of Object.entries (schemas)) {
      const uid = solidityPackedKeccak256 (['string', 'address', 'bool'], [schema, ZeroAddress, true]);
      const known = async () => (await registry.getSchema (uid)).uid === uid;
      await this.ensure (registry, known, 'register', schema, ZeroAddress, true);
      this.state.schemas[name] = { uid, resolver: ZeroAddress, schema };
    }
    this.save (this.state);
  }

  /** The deployer gives the store away last; the new admin accepts after the delay. */
  async handOver () {
    const roles = this.at ('Roles');
    const admin = getAddress (this.plan.admin);
    const done = async () =>
      (await roles.defaultAdmin ()) === admin || (await roles.pendingDefaultAdmin ()).newAdmin === admin;
    await this.ensure (roles, done, 'beginDefaultAdminTransfer', admin);
  }
}
