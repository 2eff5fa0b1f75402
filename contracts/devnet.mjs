// devnet.mjs - Base and Ethereum on this machine, with everything a store has on chain: the real EAS where Base has it, our
// contracts, test dollars where the real ones are, and accounts that have some.
//
//   contracts/run devnet.mjs [--json FILE] [--base-port N] [--ethereum-port N]
//
// Prints "ready FILE" once FILE says where everything is, and runs until it is told to stop. FILE is what deploy-store.mjs
// writes of a real chain, for Base, and besides "rpc", "testMoney", "tokens", "accounts" with their keys, and "ethereum".
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HDNodeWallet, Mnemonic, Wallet } from 'ethers';
import { place, placeEas, startChain, stopChains } from './anvil.mjs';
import { committed } from './artifacts.mjs';
import { Deployment, EAS, SCHEMA_REGISTRY } from './deploy.mjs';
import { here } from './forge.mjs';

// Of every development chain; nothing of worth is ever behind it.
const PHRASE = 'test test test test test test test test test test test junk';
const NAMES = ['admin', 'seller', 'buyer', 'other-buyer', 'relayer', 'recorder', 'releaser', 'treasury'];
const MONEY = 1_000_000_000_000n;      // a million dollars
const EPOCH = ['--slots-in-an-epoch', '4'];      // safe is 4 blocks below the head, finalized 8
const FEE_ORACLE = '0x420000000000000000000000000000000000000F';
const PER_DAY = 10_000_000_000n;

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

function stop (status) {
  stopChains ();
  rmSync (file, { force: true });
  process.exit (status);
}

async function dollars (chain, tokens, accounts) {
  for (const { code, name, version, address, kind } of tokens) {
    const token = await place (chain.provider, address, committed (kind), [name, code, version], 8);
    for (const account of accounts)
      await (await token.mint (account.address, MONEY)).wait ();
  }
  return Object.fromEntries (tokens.map (({ kind, ...token }) => [token.code, { ...token, silent: kind === 'SilentToken' }]));
}

/** As deployments/<chain>.json, and what only a chain of one's own has. */
function describe ({ chainId, url }, state, tokens) {
  return { chainId, testMoney: true, rpc: [url], ...state, tokens };
}

async function build () {
  const seed = Mnemonic.fromPhrase (PHRASE);
  const accounts = NAMES.map ((name, i) => {
    const wallet = HDNodeWallet.fromMnemonic (seed, `m/44'/60'/0'/0/${i}`);
    return { name, address: wallet.address, privateKey: wallet.privateKey };
  });
  const account = Object.fromEntries (accounts.map (({ name, address }) => [name, address]));
  const [base, ethereum] = await Promise.all ([
    startChain (8453, options['base-port'], ...EPOCH, '--network', 'optimism', '--block-base-fee-per-gas', '1000000'),
    startChain (1, options['ethereum-port'], ...EPOCH),
  ]);
  for (const { child } of [base, ethereum])
    child.once ('exit', () => stop (1));

  const admin = (chain) => new Wallet (accounts[0].privateKey, chain.provider);
  const plan = {
    admin: account.admin, adminDelay: 0, treasury: account.treasury, fee: 250,
    roles: {
      PAUSER: account.admin, MODERATOR: account.admin, ISSUER: account.admin,
      RECORDER: account.recorder, RELEASER: account.releaser,
    },
  };
  await placeEas (base.provider, SCHEMA_REGISTRY, EAS);
  await place (base.provider, FEE_ORACLE, committed ('FeeOracle'), []);
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

  return { ...describe (base, store.state, onBase), ethereum: describe (ethereum, till.state, onEthereum), accounts };
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
