// test-deploy.mjs - a store is put on a chain as an operator would: a rehearsal that leaves nothing, a run that breaks off, one
// that goes on, one that finds everything done; and what an explorer compiles is what is there. TAP.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contract, Wallet } from 'ethers';
import { place, placeEas, startChain, stopChains } from './anvil.mjs';
import { committed } from './artifacts.mjs';
import { Deployment, EAS, SCHEMA_REGISTRY } from './deploy.mjs';
import { here } from './forge.mjs';
import { compile } from './verification.mjs';

const USDC = '0x036CbD53842c5426634e7929541eC2318f3dCF7e';
const MULTISIG = '0x00000000000000000000000000000000000a1b2c';
const folder = mkdtempSync (join (tmpdir (), 'gm-deploy-'));
const at = (name) => join (folder, name);
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

const { provider, url } = await startChain (84532, '0', '--network', 'optimism');
await placeEas (provider, SCHEMA_REGISTRY, EAS);
await place (provider, USDC, committed ('TestToken'), ['USDC', 'USDC', '2'], 8);
const deployer = Wallet.createRandom ();
await provider.send ('anvil_setBalance', [deployer.address, '0x8ac7230489e80000']);
writeFileSync (at ('key.json'), deployer.encryptSync ('correct horse', { scrypt: { N: 1024 } }));
writeFileSync (at ('password'), 'correct horse\n');

const settings = {
  admin: MULTISIG, adminDelay: 172800, treasury: MULTISIG, fee: 250, roles: { PAUSER: MULTISIG, MODERATOR: MULTISIG },
  tokens: [USDC], external: { chainId: 11155111, till: MULTISIG, token: USDC, perDay: '10000000000' },
};

/** { status, said } of one run, to whose questions `answer` is given. */
async function run (settings_, answer, ...more) {
  writeFileSync (at ('settings.json'), JSON.stringify (settings_));
  const child = spawn (process.execPath, [
    join (here, 'deploy-store.mjs'), '--chain', 'base-sepolia', '--rpc', url, '--keystore', at ('key.json'),
    '--password-file', at ('password'), '--settings', at ('settings.json'), '--deployments', at ('deployments'), ...more,
  ]);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on ('data', (data) => (said += data));
  child.stdin.end (answer);
  const status = await new Promise ((resolve) => child.once ('close', resolve));
  return { status, said };
}

const sent = () => provider.getTransactionCount (deployer.address);
const made = () => JSON.parse (readFileSync (at ('deployments/base-sepolia.json')));

await check ('a rehearsal says what it costs and sends nothing', async () => {
  const { status, said } = await run (settings, '', '--dry-run');
  expect (status === 0 && /\d+ gas, at most [\d.]+ ETH/.test (said) && said.includes ('Nothing was sent.'), said);
  console.log (`# ${/.* gas, at most.*/.exec (said)[0]}`);
  expect ((await sent ()) === 0 && !existsSync (at ('deployments')), 'something was sent');
});

await check ('nothing is sent unless the chain is named', async () => {
  const { status, said } = await run (settings, 'base\n');
  expect (status === 1 && said.includes ('nothing was sent'), said);
  expect ((await sent ()) === 0, 'something was sent');
});

await check ('a run that broke off goes on where it was', async () => {
  // As if it had ended after the marketplace: what comes after is not there, and will be where it was promised.
  const state = { chainId: 84532, deployer: deployer.address };
  const half = new Deployment (deployer.connect (provider), settings, state);
  half.make = async function make (name, ...args) {
    if (name === 'LayawayEscrow')
      throw new Error ('broke off');
    return Deployment.prototype.make.call (this, name, ...args);
  };
  await half.store ().then (() => expect (false, 'it did not'), (error) => expect (error.message === 'broke off', error.message));
  mkdirSync (at ('deployments'));
  writeFileSync (at ('deployments/base-sepolia.json'), JSON.stringify (state));
  const promised = state.contracts.LicenseIssuer.address;

  const { status, said } = await run (settings, '', '--yes');
  expect (status === 0, said);
  expect (made ().contracts.Marketplace.address === state.contracts.Marketplace.address, 'another marketplace');
  const marketplace = new Contract (made ().contracts.Marketplace.address, committed ('Marketplace').abi, provider);
  expect ((await marketplace.issuer ()) === promised && (await provider.getCode (promised)) !== '0x', 'no issuer');
  expect ((await marketplace.fee ()) === 250n && (await marketplace.tokens (USDC)).allowed, 'not set up');
  const roles = new Contract (made ().contracts.Roles.address, committed ('Roles').abi, provider);
  const { newAdmin } = await roles.pendingDefaultAdmin ();
  expect (BigInt (newAdmin) === BigInt (MULTISIG), 'not handed over');
});

await check ('a second run finds everything done', async () => {
  const before = await sent ();
  const { status, said } = await run (settings, '', '--yes');
  expect (status === 0 && said.includes ('Everything is there already.'), said);
  expect ((await sent ()) === before, 'something was sent');
});

await check ('an explorer that compiles what is given to it gets what is there', async () => {
  for (const name of ['Roles', 'Marketplace', 'LayawayEscrow', 'LicenseIssuer']) {
    const given = JSON.parse (readFileSync (at (`deployments/base-sepolia-verify/${name}.json`)));
    expect (compile (given) === committed (name).bytecode, name);
    expect (given.address === made ().contracts[name].address, 'address');
  }
});

stopChains ();
rmSync (folder, { recursive: true });
console.log (`1..${number}`);
