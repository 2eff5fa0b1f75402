// test-devnet.mjs - the devnet is what it says: a purchase on real EAS from a signature to the license, money in the till
// recorded and paid out, and nothing left when it is told to stop. TAP.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Contract, JsonRpcProvider, Signature, Wallet, keccak256, toUtf8Bytes, AbiCoder } from 'ethers';
import { committed } from './artifacts.mjs';
import { here } from './forge.mjs';

const LIMIT_MS = 15_000;
const PRICE = 25_000_000n;
const FAR = 2n ** 40n;
const RECEIVE = {
  ReceiveWithAuthorization: [
    { name: 'from', type: 'address' }, { name: 'to', type: 'address' }, { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' }, { name: 'validBefore', type: 'uint256' }, { name: 'nonce', type: 'bytes32' },
  ],
};
const hash = (text) => keccak256 (toUtf8Bytes (text));
const folder = mkdtempSync (join (tmpdir (), 'gm-devnet-'));
const file = join (folder, 'devnet.json');
let number = 0;

async function check (name, work) {
  try {
    await work ();
    console.log (`ok ${++number} - ${name}`);
  } catch (error) {
    console.log (`not ok ${++number} - ${name}\n# ${String (error.stack).replace (/\n/g, '\n# ')}`);
    process.exitCode = 1;
  }
}

function expect (condition, what) {
  if (!condition)
    throw new Error (what);
}

const devnet = spawn (process.execPath, [join (here, 'devnet.mjs'), '--json', file], { stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise ((resolve) => devnet.once ('exit', resolve));
process.on ('exit', () => devnet.kill ());
const began = Date.now ();
const line = await Promise.race ([
  new Promise ((resolve) => createInterface ({ input: devnet.stdout }).once ('line', resolve)),
  ended.then ((status) => `ended with ${status}`),
]);
const took = Date.now () - began;
const waiting = Math.max (1, loadavg ()[0] / cpus ().length);      // others want the machine too

await check ('is ready in time', () => {
  console.log (`# ready after ${took} ms`);
  expect (line === `ready ${file}`, line);
  expect (took <= LIMIT_MS * waiting, `${took} ms`);
});

const net = JSON.parse (readFileSync (file));
const account = Object.fromEntries (net.accounts.map ((entry) => [entry.name, entry]));
const nodes = [net, net.ethereum].map (({ rpc, chainId }) => {
  const node = new JsonRpcProvider (rpc[0], chainId, { staticNetwork: true, cacheTimeout: -1 });
  node.pollingInterval = 20;
  return node;
});
const [base, ethereum] = nodes;
const contract = (node, address, name, who) =>
  new Contract (address, committed (name).abi, who ? new Wallet (account[who].privateKey, node) : node);
const market = (who) => contract (base, net.contracts.Marketplace.address, 'Marketplace', who);
const issuer = contract (base, net.contracts.LicenseIssuer.address, 'LicenseIssuer');
const done = async (call) => (await call).wait ();

async function authorize (chain, token, to, nonce) {
  const wallet = new Wallet (account.buyer.privateKey);
  const domain = { name: token.name, version: token.version, chainId: chain.chainId, verifyingContract: token.address };
  const message = { from: wallet.address, to, value: PRICE, validAfter: 0, validBefore: FAR, nonce };
  const { v, r, s } = Signature.from (await wallet.signTypedData (domain, RECEIVE, message));
  return { validAfter: 0, validBefore: FAR, v, r, s };
}

function order (salt, token) {
  return market ().assetIdOf (account.seller.address, hash (salt)).then ((assetId) => ({
    listingId: salt === 'tide' ? 1 : 2, listingVersion: 1, assetId, buyer: account.buyer.address,
    payer: account.buyer.address, token, amount: PRICE, manifestHash: hash ('manifest'), licenseHash: hash ('license'),
    secret: hash ('secret'), expiresAt: FAR, maxPriorLeases: 0,
  }));
}

for (const salt of ['tide', 'storm'])
  await done (market ('seller').createListing ({
    assetSalt: hash (salt), kind: 0, acceptExternal: true, manifestHash: hash ('manifest'), licenseHash: hash ('license'),
    plan: { deposit: 0, installments: 0, intervalDays: 0 },
    prices: [{ token: net.tokens.USDC.address, amount: PRICE }, { token: net.external.name, amount: PRICE }],
    payees: [{ account: account.seller.address, share: 10_000 }],
  }));

await check ('a signature buys a license on the real EAS', async () => {
  const bought = await order ('tide', net.tokens.USDC.address);
  const id = await market ().orderId (bought);
  const auth = await authorize (net, net.tokens.USDC, net.contracts.Marketplace.address, id);
  const receipt = await done (market ('relayer').buyWithAuthorization (bought, auth));
  console.log (`# ${receipt.gasUsed} gas`);
  expect (await issuer.isLicensed (account.buyer.address, bought.assetId), 'not licensed');

  const eas = new Contract (net.eas, [
    'function getAttestation(bytes32) view returns (tuple(bytes32 uid, bytes32 schema, uint64 time, uint64 expirationTime, uint64 revocationTime, bytes32 refUID, address recipient, address attester, bool revocable, bytes data))',
  ], base);
  const license = await eas.getAttestation (await issuer.receiptOf (id));
  expect (license.recipient === account.buyer.address && license.attester === issuer.target, 'of another');
  expect (license.schema === net.schemas['license-receipt'].uid, 'another schema');
  const [said] = AbiCoder.defaultAbiCoder ().decode (['bytes32'], license.data);
  expect (said === id, 'another order');
});

await check ('money in the till is recorded on Base and paid out', async () => {
  const bought = await order ('storm', net.external.name);
  const id = await market ().orderId (bought);
  const pyusd = net.ethereum.tokens.PYUSD;
  const till = (who) => contract (ethereum, net.ethereum.contracts.ExternalTill.address, 'ExternalTill', who);
  const auth = await authorize (net.ethereum, pyusd, till ().target, id);
  await done (till ('relayer').pay (id, account.buyer.address, PRICE, auth));
  await done (market ('recorder').recordExternal (bought));
  expect (await issuer.isLicensed (account.buyer.address, bought.assetId), 'not licensed');
  const shares = [{ account: account.seller.address, amount: PRICE }];
  await done (till ('releaser').release (account.buyer.address, id, shares));
  await done (till ('seller').claim (pyusd.address, account.seller.address));
  const token = contract (ethereum, pyusd.address, 'SilentToken');
  expect ((await token.balanceOf (account.seller.address)) === 1_000_000_000_000n + PRICE, 'not paid');
});

await check ('every schema is registered', async () => {
  const registry = new Contract (net.schemaRegistry, [
    'function getSchema(bytes32) view returns (tuple(bytes32 uid, address resolver, bool revocable, string schema))',
  ], base);
  for (const [name, { uid, resolver, schema }] of Object.entries (net.schemas)) {
    const known = await registry.getSchema (uid);
    expect (known.schema === schema && known.resolver === resolver && known.revocable, name);
  }
  expect (Object.keys (net.schemas).length === 6, 'six');
});

await check ('nothing stays when it stops', async () => {
  nodes.forEach ((node) => node.destroy ());
  devnet.kill ('SIGTERM');
  expect ((await ended) === 0, 'another status');
  expect (!existsSync (file), 'the file');
  for (const { rpc } of [net, net.ethereum]) {
    const port = new URL (rpc[0]).port;
    expect (spawnSync ('bash', ['-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`], { stdio: 'ignore' }).status !== 0, rpc[0]);
  }
});
rmSync (folder, { recursive: true });
console.log (`1..${number}`);
