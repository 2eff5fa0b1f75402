// replay-testcases.mjs - every file of @ethersproject/testcases that src/evm has an answer for.
//
//   node replay-testcases.mjs PATH/TO/evm-oracle
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: GPL-3.0-or-later
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Oracle, domainTypes, finish, test } from './oracle.mjs';

const oracle = new Oracle (process.argv[2]);
const folder = new URL ('node_modules/@ethersproject/testcases/testcases/', import.meta.url);
const load = name => JSON.parse (gunzipSync (readFileSync (new URL (`${name}.json.gz`, folder))));

const replay = (name, least, body) => test (name, least, same => Promise.all (load (name).map (it => body (it, same))));
const answer = async (...ask) => {
  const { answer, error } = await oracle.ask (...ask);
  return answer ?? { error };
};

const plain = type => type.replaceAll ('tuple(', '(');
const hexNumber = text => text.startsWith ('-') ? -BigInt (text.slice (1)) : BigInt (text);

// Their value of a type as ours, where numbers are decimal text. What does not fit is cut, as they do.
function value (type, it) {
  const array = /^(.*)\[\d*\]$/.exec (type);
  if (array)
    return it.map (element => value (array[1], element));
  if (type.startsWith ('tuple('))
    return members (type.slice (6, -1)).map ((member, i) => value (member, it[i]));
  const [, sign, bits] = /^(u?)int(\d*)$/.exec (type) ?? [];
  if (sign === undefined)
    return it;
  const number = hexNumber (`${it}`);
  return `${sign ? BigInt.asUintN (+(bits || 256), number) : BigInt.asIntN (+(bits || 256), number)}`;
}

function members (text) {
  const found = [];
  let depth = 0, start = 0;
  for (let i = 0; i <= text.length; i++) {
    depth += text[i] === '(' ? 1 : text[i] === ')' ? -1 : 0;
    if (i === text.length || depth === 0 && text[i] === ',') {
      if (i > start)
        found.push (text.slice (start, i));
      start = i + 1;
    }
  }
  return found;
}

// {type, value} at every leaf of contract-interface
const bare = it => Array.isArray (it) ? it.map (bare) : Array.isArray (it.value) ? it.value.map (bare) : it.value;

async function abi ({ name, types, values, normalizedValues, result }, same) {
  const list = JSON.parse (types);
  const type = `(${list.map (plain)})`;
  const given = bare (JSON.parse (normalizedValues ?? values)).map ((it, i) => value (list[i], it));
  const label = () => `${name} ${type}`;
  same (label, await answer ('abi-encode', { type, value: given }), result);
  same (label, await answer ('abi-decode', { type, data: result }), given);
}

async function event ({ name, interface: text, topics, data, types, hashed, values, normalizedValues }, same) {
  const { inputs, anonymous } = JSON.parse (text).find (it => it.name === 'testEvent');
  const signature = `testEvent(${inputs.map (it => plain (it.type) + (it.indexed ? ' indexed' : ''))})${anonymous ? ' anonymous' : ''}`;
  const given = types.map ((type, i) => value (type, (hashed[i] ? values : normalizedValues)[i]));
  const rest = topics.slice (anonymous ? 0 : 1);
  const expected = [];
  for (const [i, input] of inputs.entries ()) {
    const topic = input.indexed ? rest.shift () : null;
    if (topic !== null)
      same (() => `${name} ${types[i]}`, await answer ('topic', { type: types[i], value: given[i] }), topic);
    expected.push (hashed[i] ? topic : given[i]);
  }
  const ours = await answer ('log', { text: signature, topics, data });
  same (() => `${name} ${signature}`, JSON.stringify (ours).toLowerCase (), JSON.stringify (expected).toLowerCase ()); // addresses in either case
}

async function legacy (it, same) {
  for (const [chainId, without, signed] of [['0', it.unsignedTransaction, it.signedTransaction],
                                            ['5', it.unsignedTransactionChainId5, it.signedTransactionChainId5]]) {
    const tx = transaction ({ ...it, type: 0, chainId });
    await sent (it.name, tx, it.privateKey, it.accountAddress, without, signed, same);
  }
}

function transaction (it) {
  const tx = { type: `${it.type}` };
  const number = text => `${BigInt (text === '0x' ? 0 : text)}`;
  for (const [ours, theirs] of [['chainId', 'chainId'], ['nonce', 'nonce'], ['fee', 'gasPrice'], ['fee', 'maxFeePerGas'],
                                ['tip', 'maxPriorityFeePerGas'], ['gas', 'gasLimit'], ['value', 'value']])
    if (it[theirs] !== undefined)
      tx[ours] = number (it[theirs]);
  tx.data = it.data ?? '0x';
  if (it.to && it.to !== '0x')
    tx.to = it.to;
  if (it.accessList)
    tx.accessList = it.accessList;
  return tx;
}

async function sent (name, tx, key, address, without, signed, same) {
  const label = () => `${name} ${JSON.stringify (tx)}`;
  const ours = await answer ('tx-sign', { key, tx });
  if (BigInt (tx.gas ?? 0) >> 64n) { // which no node takes
    same (label, ours.error, 'number does not fit 64 bits');
    same (label, (await answer ('tx-parse', { raw: signed })).error, 'transaction: number does not fit 64 bits');
    return;
  }
  same (label, ours.unsigned ?? ours, without);
  same (label, ours.raw, signed);
  const read = await answer ('tx-parse', { raw: signed });
  same (label, [read.from?.toLowerCase (), read.again, read.hash], [address, signed, ours.hash]);
}

await replay ('accounts', 2000, async (it, same) => {
  same (() => it.address, await answer ('checksum', { address: it.address }), it.checksumAddress);
  same (() => it.address, await answer ('checksum', { address: it.checksumAddress }), it.checksumAddress);
  if (it.privateKey)
    same (() => it.name, await answer ('account', { key: it.privateKey }), it.checksumAddress);
});
await replay ('hashes', 500, async (it, same) => same (() => it.data, await answer ('keccak', { data: it.data }), it.keccak256));
await replay ('contract-interface', 4000, abi);
await replay ('contract-interface-abi2', 3700, abi);
await replay ('contract-events', 2000, event);
await replay ('contract-signatures', 1800, async (it, same) => {
  const ours = await answer ('signature', { text: it.signature });
  same (() => it.signature, [ours.text, ours.hash?.slice (0, 10)], [it.signature, it.sigHash]);
});
await replay ('eip712', 1000, async (it, same) => {
  const types = { EIP712Domain: domainTypes (it.domain), ...it.types };
  const ours = await answer ('typed', { key: it.privateKey, typedData: { types, primaryType: it.primaryType, domain: it.domain, message: it.data } });
  same (() => it.name, ours.digest ?? ours, it.digest);
  if (it.signature)
    same (() => it.name, ours.signature, it.signature);
});
await replay ('solidity-hashes', 2000, async (it, same) => {
  const given = it.values.map ((each, i) => value (it.types[i], each));
  const ours = await answer ('abi-packed', { type: `(${it.types})`, value: given });
  same (() => `${it.name} ${it.types}`, ours.error ? ours : await answer ('keccak', { data: ours }), it.keccak256);
});
await replay ('transactions', 6000, legacy);
await replay ('typed-transactions', 5000, (it, same) => sent (it.name, transaction (it.tx), it.key, it.address, it.unsigned, it.signed, same));
await replay ('rlp-coder', 120, async (it, same) => {
  same (() => it.name, await answer ('rlp-encode', { value: it.decoded }), it.encoded);
  same (() => it.name, await answer ('rlp-decode', { data: it.encoded }), it.decoded);
});
await replay ('namehash', 8, async (it, same) => same (() => it.name, await answer ('namehash', { name: it.name }), it.expected));
await replay ('units', 20, async (it, same) => {
  for (const [unit, decimals] of Object.entries ({ kwei: 3, mwei: 6, satoshi: 8, gwei: 9, szabo: 12, finney: 15, ether: 18 })) {
    if (it.wei.startsWith ('-') || it[unit] === undefined) // money has no sign
      continue;
    same (() => it.name, await answer ('amount', { text: `${it[unit]}e${decimals}` }), it.wei);
    if (it[`${unit}_format`] !== undefined)
      same (() => it.name, await answer ('units', { units: it.wei, decimals: `${decimals}` }), it[`${unit}_format`].replace (/\.0$/, ''));
  }
});
await oracle.end ();
finish ();
