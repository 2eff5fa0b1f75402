// send-transactions.mjs - a node of Ethereum takes what src/evm signs, and the money moves.
//
//   node send-transactions.mjs PATH/TO/evm-oracle
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Oracle, finish, test } from './oracle.mjs';

const CHAIN = 8453;
const KEY = '0x' + '11'.repeat (32);
const RICH = 10n ** 20n;
const PATIENCE_MS = 10000;

// The native program, which the wrapper would start too.
const machine = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
const anvil = spawn (fileURLToPath (new URL (`node_modules/@foundry-rs/anvil-${machine}/bin/anvil`, import.meta.url)),
                     ['--port', '0', '--chain-id', `${CHAIN}`], { stdio: ['ignore', 'pipe', 'inherit'] });
process.on ('exit', () => anvil.kill ());
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on (signal, () => process.exit (1));

const address = await new Promise ((resolve, reject) => {
  createInterface ({ input: anvil.stdout }).on ('line', line => {
    const found = /^Listening on (.+)$/.exec (line);
    if (found)
      resolve (found[1]);
  });
  anvil.on ('error', reject);
  anvil.on ('exit', status => reject (new Error (`anvil ended: ${status}`)));
});

let calls = 0;
async function rpc (method, ...params) {
  const reply = await fetch (`http://${address}`, { method: 'POST', headers: { 'content-type': 'application/json' },
                                                    body: JSON.stringify ({ jsonrpc: '2.0', id: ++calls, method, params }) });
  const { result, error } = await reply.json ();
  if (error)
    throw new Error (`${method}: ${error.message}`);
  return result;
}
const balance = async who => BigInt (await rpc ('eth_getBalance', who, 'latest'));

// The node mines each transaction at once, but answers before it did.
async function receipt (hash) {
  for (const end = Date.now () + PATIENCE_MS; Date.now () < end;) {
    const found = await rpc ('eth_getTransactionReceipt', hash);
    if (found)
      return found;
  }
  throw new Error (`no receipt of ${hash}`);
}

const oracle = new Oracle (process.argv[2]);
const { answer: from } = await oracle.ask ('account', { key: KEY });
const price = 3n * BigInt (await rpc ('eth_gasPrice'));
const accessList = [{ address: from, storageKeys: ['0x' + '22'.repeat (32)] }];
const types = [
  ['legacy', { type: '0', chainId: `${CHAIN}` }],
  ['legacy-of-any-chain', { type: '0', chainId: '0' }],
  ['access-list', { type: '1', chainId: `${CHAIN}`, accessList }],
  ['fee-market', { type: '2', chainId: `${CHAIN}`, tip: '1', accessList }],
];

await rpc ('anvil_setBalance', from, `0x${RICH.toString (16)}`);
for (const [nonce, [name, terms]] of types.entries ())
  await test (`${name}-moves-money`, 7, async same => {
    const value = 10n ** 15n + BigInt (nonce), to = '0x' + `${nonce + 1}`.repeat (40);
    const tx = { ...terms, nonce: `${nonce}`, fee: `${price}`, gas: '60000', value: `${value}`, data: '0x1234', to };
    const { answer, error } = await oracle.ask ('tx-sign', { key: KEY, tx });
    same (() => name, error, undefined);
    const [mine, theirs] = [await balance (from), await balance (to)];
    same (() => 'id', await rpc ('eth_sendRawTransaction', answer.raw), answer.hash);
    const mined = await receipt (answer.hash);
    same (() => 'status', mined.status, '0x1');
    same (() => 'type', BigInt (mined.type), BigInt (terms.type));
    same (() => 'sender', mined.from, from.toLowerCase ());
    same (() => 'received', await balance (to) - theirs, value);
    same (() => 'paid', mine - await balance (from), value + BigInt (mined.gasUsed) * BigInt (mined.effectiveGasPrice));
  });

await test ('another-chain-is-refused', 1, async same => {
  const tx = { type: '2', chainId: '1', nonce: `${types.length}`, tip: '1', fee: `${price}`, gas: '60000', value: '1', data: '0x', to: from };
  const { answer } = await oracle.ask ('tx-sign', { key: KEY, tx });
  const refused = await rpc ('eth_sendRawTransaction', answer.raw).then (() => 'taken', problem => problem.message);
  same (() => 'answer', /chain id/.test (refused), true);
});
await oracle.end ();
finish ();
process.exit ();
