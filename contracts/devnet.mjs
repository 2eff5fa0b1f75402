// devnet.mjs - Base and Ethereum on this machine, with everything a store has on chain: the real EAS where Base has it, our
// contracts, test dollars where the real ones are, and accounts that have some.
//
//   contracts/run devnet.mjs [--json FILE] [--base-port N] [--ethereum-port N]
//
// Prints "ready FILE" once FILE says where everything is, and runs until it is told to stop.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ContractFactory, HDNodeWallet, JsonRpcProvider, Mnemonic, Wallet } from 'ethers';
import { committed } from './artifacts.mjs';
import { Deployment, EAS, SCHEMA_REGISTRY } from './deploy.mjs';
import { here } from './forge.mjs';

// Of every development chain; nothing of worth is ever behind it.
const PHRASE = 'test test test test test test test test test test test junk';
const NAMES = ['admin', 'seller', 'buyer', 'other-buyer', 'relayer', 'recorder', 'releaser', 'treasury'];
const MONEY = 1_000_000_000_000n;      // a million dollars
const PER_DAY = 10_000_000_000n;

const require = createRequire (import.meta.url);
const machine = { x64: 'amd64', arm64: 'arm64' }[process.arch];
const anvil = require.resolve (`@foundry-rs/anvil-${process.platform}-${machine}/bin/anvil`);

// Where the real ones are, so that the application's table of networks holds here too.
const DOLLARS = {
  base: [{ code: 'USDC', name: 'USD Coin', version: '2', address: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', kind: 'TestToken' }],
  ethereum: [
    { code: 'PYUSD', name: 'PayPal USD', version: '1', address: '0x6c3ea9036406852006290770BEdFcAbA0e23A0e8', kind: 'SilentToken' },
    { code: 'USDC', name: 'USD Coin', version: '2', address: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48', kind: 'TestToken' },
  ],
};

const { values: options } = parseArgs ({
  options: {
    json: { type: 'string', default: join (here, 'cache', 'devnet.json') },
    'base-port': { type: 'string', default: '0' },
    'ethereum-port': { type: 'string', default: '0' },
  },
});
const file = resolve (options.json);
const children = [];

/** A chain of this id; anvil chooses a free port for 0 and says which. */
async function start (chainId, port, ...more) {
  const child = spawn (anvil, ['--host', '127.0.0.1', '--port', port, '--chain-id', String (chainId), '--slots-in-an-epoch', '4', ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push (child);
  const url = await new Promise ((found, failed) => {
    child.once ('error', failed);
    child.once ('exit', (status) => failed (new Error (`anvil ended with ${status}`)));
    createInterface ({ input: child.stdout }).on ('line', (line) => {
      if (line.startsWith ('Listening on '))
        found (`http://${line.slice (13)}`);
    });
  });
  child.removeAllListeners ('exit');
  child.on ('exit', () => stop (1));
  const provider = new JsonRpcProvider (url, chainId, { staticNetwork: true, cacheTimeout: -1 });
  provider.pollingInterval = 20;
  return { chainId, url, provider };
}

function stop (status) {
  for (const child of children) {
    child.removeAllListeners ('exit');
    child.kill ();
  }
  rmSync (file, { force: true });
  process.exit (status);
}

/** A contract made elsewhere, then put where it belongs, with what its constructor wrote into the first slots. */
async function place (provider, address, { abi, bytecode }, args, slots = 0) {
  const maker = await provider.getSigner (9);
  const made = await new ContractFactory (abi, bytecode, maker).deploy (...args);
  await made.waitForDeployment ();
  await provider.send ('anvil_setCode', [address, await provider.getCode (made.target)]);
  for (let slot = 0; slot < slots; slot++) {
    const value = await provider.getStorage (made.target, slot);
    await provider.send ('anvil_setStorageAt', [address, `0x${slot.toString (16).padStart (64, '0')}`, value]);
  }
  return made.attach (address);
}

function easArtifact (name) {
  const folder = '@ethereum-attestation-service/eas-contracts/artifacts/contracts';
  return JSON.parse (readFileSync (require.resolve (`${folder}/${name}.sol/${name}.json`)));
}

async function dollars (chain, tokens, accounts) {
  for (const { code, name, version, address, kind } of tokens) {
    const token = await place (chain.provider, address, committed (kind), [name, code, version], 8);
    for (const account of accounts)
      await (await token.mint (account.address, MONEY)).wait ();
  }
  return Object.fromEntries (tokens.map (({ kind, ...token }) => [token.code, { ...token, silent: kind === 'SilentToken' }]));
}

function describe ({ chainId, url }, state, tokens) {
  const contracts = Object.fromEntries (Object.entries (state.contracts).map (([name, { address }]) => [name, address]));
  return { chainId, rpc: [url], contracts, tokens };
}

async function build () {
  const seed = Mnemonic.fromPhrase (PHRASE);
  const accounts = NAMES.map ((name, i) => {
    const wallet = HDNodeWallet.fromMnemonic (seed, `m/44'/60'/0'/0/${i}`);
    return { name, address: wallet.address, privateKey: wallet.privateKey };
  });
  const account = Object.fromEntries (accounts.map (({ name, address }) => [name, address]));
  const [base, ethereum] = await Promise.all ([
    start (8453, options['base-port'], '--network', 'optimism', '--block-base-fee-per-gas', '1000000'),
    start (1, options['ethereum-port']),
  ]);

  const admin = (chain) => new Wallet (accounts[0].privateKey, chain.provider);
  const plan = {
    admin: account.admin, adminDelay: 0, treasury: account.treasury, fee: 250,
    roles: {
      PAUSER: account.admin, MODERATOR: account.admin, ISSUER: account.admin,
      RECORDER: account.recorder, RELEASER: account.releaser,
    },
  };
  await place (base.provider, SCHEMA_REGISTRY, easArtifact ('SchemaRegistry'), []);
  await place (base.provider, EAS, easArtifact ('EAS'), [SCHEMA_REGISTRY]);
  const [onBase, onEthereum] = await Promise.all ([
    dollars (base, DOLLARS.base, accounts), dollars (ethereum, DOLLARS.ethereum, accounts),
  ]);

  const till = new Deployment (admin (ethereum), plan, {});
  const { target } = await till.till (onEthereum.PYUSD.address);
  const store = new Deployment (admin (base), plan, {});
  await store.store ();
  await store.sell ([onBase.USDC.address]);
  await store.sellFrom (1, target, onEthereum.PYUSD.address, PER_DAY);
  await store.schemas ();

  return {
    base: { ...describe (base, store.state, onBase), eas: EAS, schemaRegistry: SCHEMA_REGISTRY, schemas: store.state.schemas, external: store.state.external },
    ethereum: describe (ethereum, till.state, onEthereum),
    accounts,
  };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on (signal, () => stop (0));
try {
  const description = await build ();
  mkdirSync (dirname (file), { recursive: true });
  writeFileSync (`${file}.new`, `${JSON.stringify (description, null, 2)}\n`, { mode: 0o600 });
  renameSync (`${file}.new`, file);
  console.log (`ready ${file}`);
} catch (error) {
  console.error (`devnet: ${error.message}`);
  stop (1);
}
