// deploy-store.mjs - puts the contracts of a store on a real chain: shows what it would do, asks, does it, and can be run
// again after it broke off.
//
//   contracts/run deploy-store.mjs --chain NAME --rpc URL --keystore FILE --settings FILE [--password-file FILE]
//                                  [--deployments FOLDER] [--dry-run] [--yes]
//
// NAME: base, base-sepolia (the store) or ethereum, sepolia (its till). Settings, JSON:
//   { "admin": "0x…", "adminDelay": 172800, "treasury": "0x…", "fee": 250, "roles": { "PAUSER": "0x…", … },
//     "tokens": ["0x…"], "external": { "chainId": 1, "till": "0x…", "token": "0x…", "perDay": "10000000000" } }
//   and for a till { "admin", "adminDelay", "roles", "token": "0x…" }
//
// What it made is in FOLDER/NAME.json, beside FOLDER/NAME-verify/CONTRACT.json, which an explorer compiles to see the same.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { JsonRpcProvider, Wallet, formatEther, getAddress } from 'ethers';
import { startChain, stopChains } from './anvil.mjs';
import { Deployment } from './deploy.mjs';
import { forge, here } from './forge.mjs';
import { standardInput } from './verification.mjs';

const CHAINS = { base: 8453, 'base-sepolia': 84532, ethereum: 1, sepolia: 11155111 };

const { values: options } = parseArgs ({
  options: {
    chain: { type: 'string' }, rpc: { type: 'string' }, keystore: { type: 'string' }, settings: { type: 'string' },
    'password-file': { type: 'string' }, deployments: { type: 'string', default: join (here, 'deployments') },
    'dry-run': { type: 'boolean', default: false }, yes: { type: 'boolean', default: false },
  },
});

function fail (why) {
  console.error (`deploy: ${why}`);
  stopChains ();
  process.exit (1);
}

async function ask (question) {
  const terminal = createInterface ({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question (question);
  terminal.close ();
  return answer;
}

/** What is done, on whatever chain the signer is of. */
async function deploy (signer, settings, state, reports) {
  const deployment = new Deployment (signer, settings, state, reports);
  if (settings.tokens) {
    await deployment.store ();
    await deployment.sell (settings.tokens);
    if (settings.external) {
      const { chainId, till, token, perDay } = settings.external;
      await deployment.sellFrom (chainId, till, token, perDay);
    }
    await deployment.schemas ();
  } else {
    await deployment.till (settings.token);
  }
  await deployment.handOver ();
  return deployment;
}

/** The same on a copy of the chain, so the gas is what it will be; nothing of it stays. */
async function rehearse (chainId, address, settings, state) {
  const copy = await startChain (chainId, '0', '--fork-url', options.rpc);
  await copy.provider.send ('anvil_impersonateAccount', [address]);
  await copy.provider.send ('anvil_setBalance', [address, `0x${(10n ** 20n).toString (16)}`]);
  const signer = await copy.provider.getSigner (address);
  const { gas } = await deploy (signer, settings, structuredClone (state), { log: (line) => console.log (`  ${line}`) });
  stopChains ();
  return gas;
}

for (const name of ['chain', 'rpc', 'keystore', 'settings'])
  if (!options[name])
    fail (`--${name} is missing`);
const chainId = CHAINS[options.chain] ?? fail (`${options.chain} is none of ${Object.keys (CHAINS).join (', ')}`);
const settings = JSON.parse (readFileSync (options.settings));
const keystore = readFileSync (options.keystore, 'utf8');
const address = getAddress (`0x${JSON.parse (keystore).address.replace (/^0x/, '')}`);
const file = join (options.deployments, `${options.chain}.json`);
const state = existsSync (file) ? JSON.parse (readFileSync (file)) : { chainId, deployer: address };

function save (made) {
  mkdirSync (options.deployments, { recursive: true });
  writeFileSync (`${file}.new`, `${JSON.stringify (made, null, 2)}\n`);
  renameSync (`${file}.new`, file);
}

function writeVerification () {
  if (forge (['build']).status !== 0)
    fail ('the contracts do not compile');
  const folder = join (options.deployments, `${options.chain}-verify`);
  mkdirSync (folder, { recursive: true });
  for (const name of Object.keys (state.contracts)) {
    const { target, compiler, input } = standardInput (name);
    const about = { target, compiler, address: state.contracts[name].address, arguments: state.contracts[name].arguments };
    writeFileSync (join (folder, `${name}.json`), `${JSON.stringify ({ ...about, input })}\n`);
  }
}

try {
  const provider = new JsonRpcProvider (options.rpc, undefined, { cacheTimeout: -1 });
  provider.pollingInterval = 500;
  if ((await provider.getNetwork ()).chainId !== BigInt (chainId))
    fail (`the node is of another chain than ${options.chain}`);
  if (state.deployer !== address)
    fail (`${file} was begun by ${state.deployer}`);

  console.log (`From ${address}, on ${options.chain}:`);
  const gas = await rehearse (chainId, address, settings, state);
  const { maxFeePerGas, gasPrice } = await provider.getFeeData ();
  const price = maxFeePerGas ?? gasPrice;
  console.log (`${gas} gas, at most ${formatEther (gas * price)} ETH, and what the chain asks for data besides`);
  if (options['dry-run'] || gas === 0n) {
    console.log (gas === 0n ? 'Everything is there already.' : 'Nothing was sent.');
  } else {
    if ((await provider.getBalance (address)) < gas * price)
      fail ('the deployer has not enough ETH for this');
    if (!options.yes && (await ask ('Type the name of the chain to send it: ')) !== options.chain)
      fail ('nothing was sent');
    const password = options['password-file'] ? readFileSync (options['password-file'], 'utf8').trimEnd () : await ask ('Password: ');
    const signer = (await Wallet.fromEncryptedJson (keystore, password)).connect (provider);
    await deploy (signer, settings, state, { save, log: console.log });
    save (state);
    writeVerification ();
    console.log (`done, ${file}`);
  }
  provider.destroy ();
} catch (error) {
  fail (error.shortMessage ?? error.message);
}
