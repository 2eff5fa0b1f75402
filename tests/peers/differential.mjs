// differential.mjs - what src/evm, ethers and viem make of the same random input must be one thing.
//
//   node differential.mjs PATH/TO/evm-oracle [SEED]
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: GPL-3.0-or-later
import { randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as ethers from 'ethers';
import * as viem from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { Oracle, domainTypes, finish, test } from './oracle.mjs';

const seed = +(process.argv[3] ?? randomInt (2 ** 31));
console.log (`# seed ${seed}`);
const oracle = new Oracle (process.argv[2]);
const coder = ethers.AbiCoder.defaultAbiCoder ();
const answer = async (...ask) => {
  const { answer, error } = await oracle.ask (...ask);
  return answer ?? { error };
};
const repeat = (n, body) => Promise.all (Array.from ({ length: n }, body));

// Random input. Each draw advances one 32-bit state by an odd step, mixed by multiplications.
let state = seed;
function draw (below) {
  state = (state + 0x9e3779b9) >>> 0;
  let z = Math.imul (state ^ state >>> 16, 0x21f0aaad);
  z = Math.imul (z ^ z >>> 15, 0x735a2d97);
  return ((z ^ z >>> 15) >>> 0) % below;
}
const pick = list => list[draw (list.length)];
const chance = (one, of) => draw (of) < one;
const list = (n, make) => Array.from ({ length: n }, (_, i) => make (i));
const hex = n => '0x' + list (n, () => draw (256).toString (16).padStart (2, '0')).join ('');
const address = () => ethers.getAddress (hex (20));
const key = () => '0x01' + hex (31).slice (2);

// Edges are as likely as anything between.
function number (bits) {
  const full = (1n << BigInt (bits)) - 1n;
  return pick ([() => 0n, () => 1n, () => full, () => full >> 1n, () => BigInt (hex (32)) & full,
                () => (BigInt (hex (32)) & full) >> BigInt (draw (bits))]) ();
}
const signed = bits => BigInt.asIntN (bits, number (bits));
const characters = [...'abc XYZ09_-."\\/{}\n\té€♫𝄞你'];
const text = () => list (pick ([0, 1, 5, 31, 32, 33, 80]), () => pick (characters)).join ('');
const length = () => pick ([0, 1, 2, 20, 31, 32, 33, 64, 100]);

// Types: {text, parts (viem), make () → native value}; what all three call the same.
function atom () {
  const bits = 8 * (1 + draw (32)), n = 1 + draw (32);
  return pick ([
    { text: `uint${bits}`, make: () => number (bits) },
    { text: `int${bits}`, make: () => signed (bits) },
    { text: `bytes${n}`, make: () => hex (n) },
    { text: 'address', make: address },
    { text: 'bool', make: () => chance (1, 2) },
    { text: 'bytes', make: () => hex (length ()) },
    { text: 'string', make: text },
  ]);
}

function type (depth) {
  const kind = depth > 0 ? draw (4) : 3;
  if (kind === 0) {
    const members = list (1 + draw (4), () => type (depth - 1));
    return { text: `tuple(${members.map (it => it.text)})`, members, make: () => members.map (it => it.make ()) };
  }
  if (kind === 1 || kind === 2) {
    const element = type (depth - 1), count = 1 + draw (3);
    return { text: `${element.text}[${kind === 1 ? count : ''}]`, element,
             make: () => list (kind === 1 ? count : draw (4), () => element.make ()) };
  }
  return atom ();
}

const plain = it => it.replaceAll ('tuple(', '(');
function parameter (it) {
  let inner = it, arrays = '';
  for (; inner.element; inner = inner.element)
    arrays = inner.text.slice (inner.element.text.length) + arrays;
  return inner.members ? { type: 'tuple' + arrays, components: inner.members.map (parameter) } : { type: inner.text + arrays };
}

// As JSON of abi-json.h.
const json = it => typeof it === 'bigint' || typeof it === 'number' ? `${it}` : Array.isArray (it) ? it.map (json)
                   : it instanceof ethers.Result ? Array.from (it, json) : it;

let total = 0;
total += await test ('abi', 3000, same => repeat (1500, async () => {
  const types = list (1 + draw (4), () => type (3));
  const values = types.map (it => it.make ());
  const ours = { type: plain (`(${types.map (it => it.text)})`), value: json (values) };
  const label = () => JSON.stringify (ours);
  const byEthers = coder.encode (types.map (it => it.text), values);
  const byViem = viem.encodeAbiParameters (types.map (parameter), values);
  same (label, await answer ('abi-encode', ours), byEthers, byViem);
  same (label, await answer ('abi-decode', { type: ours.type, data: byEthers }), json (coder.decode (types.map (it => it.text), byEthers)),
        json (viem.decodeAbiParameters (types.map (parameter), byEthers)), ours.value);
}));

total += await test ('packed', 1500, same => repeat (1500, async () => {
  const types = list (1 + draw (5), () => {
    const it = atom ();
    if (chance (3, 4) || /^(bytes|string)$/.test (it.text))
      return it;
    const count = draw (4);
    return { text: `${it.text}[${chance (1, 2) && count > 0 ? count : ''}]`, make: () => list (count, () => it.make ()) };
  });
  const values = types.map (it => it.make ());
  const ours = { type: `(${types.map (it => it.text)})`, value: json (values) };
  same (() => JSON.stringify (ours), await answer ('abi-packed', ours), ethers.solidityPacked (types.map (it => it.text), values),
        viem.encodePacked (types.map (it => it.text), values));
}));

total += await test ('logs', 900, same => repeat (800, async () => {
  let indexed = 0;
  const inputs = list (1 + draw (5), i => {
    const shape = type (2);
    return { shape, name: `p${i}`, indexed: chance (1, 2) && indexed++ < 3 };
  });
  const values = inputs.map (it => it.shape.make ());
  const name = `E${draw (1000)}`;
  const face = new ethers.Interface ([`event ${name}(${inputs.map (it => `${it.shape.text} ${it.indexed ? 'indexed ' : ''}${it.name}`)})`]);
  const ours = { text: `${name}(${inputs.map (it => plain (it.shape.text) + (it.indexed ? ' indexed' : ''))})` };
  const item = { type: 'event', name, inputs: inputs.map (it => ({ ...parameter (it.shape), indexed: it.indexed, name: it.name })) };
  const selector = await answer ('signature', ours);
  same (() => ours.text, selector.hash, face.getEvent (name).topicHash, viem.toEventSelector (item));
  if (inputs.some (it => it.indexed && (it.shape.members || it.shape.element)))
    return; // ethers and viem hash no lists
  const { topics, data } = face.encodeEventLog (name, values);
  const theirs = face.decodeEventLog (name, data, topics);
  const hidden = inputs.map ((it, i) => ethers.Indexed.isIndexed (theirs[i]) ? theirs[i].hash : json (theirs[i]));
  const byViem = viem.decodeEventLog ({ abi: [item], data, topics }).args;
  same (() => JSON.stringify ([ours.text, topics, data]), await answer ('log', { ...ours, topics, data }), hidden,
        inputs.map (it => json (byViem[it.name])));
}));

total += await test ('rlp', 2000, same => repeat (1000, async () => {
  const make = depth => depth > 0 && chance (1, 2) ? list (draw (5), () => make (depth - 1)) : pick ([hex (length ()), hex (1), '0x' + '00'.repeat (draw (3)), hex (draw (300))]);
  const value = make (5);
  const byEthers = ethers.encodeRlp (value);
  same (() => JSON.stringify (value), await answer ('rlp-encode', { value }), byEthers, viem.toRlp (value));
  same (() => byEthers, await answer ('rlp-decode', { data: byEthers }), ethers.decodeRlp (byEthers), viem.fromRlp (byEthers));
}));

const gas = () => number (pick ([16, 24, 48]));
const accesses = () => list (draw (4), () => ({ address: address (), storageKeys: list (draw (4), () => hex (32)) }));

async function transaction (same) {
  const kind = draw (3), secret = key ();
  const [low, high] = [number (60), number (60)].sort ((a, b) => a < b ? -1 : 1);
  const terms = { type: kind, chainId: BigInt (1 + draw (2 ** 31)), nonce: draw (2 ** 31), gas: gas (), value: number (pick ([8, 64, 96, 256])), data: hex (length ()) };
  const to = chance (7, 8) ? address () : undefined;
  const accessList = kind > 0 ? accesses () : undefined;
  if (kind === 0 && chance (1, 4))
    terms.chainId = 0n;

  const { chainId, nonce, value, data } = terms;
  const fees = kind === 2 ? { maxPriorityFeePerGas: low, maxFeePerGas: high } : { gasPrice: high };
  const byEthers = ethers.Transaction.from ({ type: kind, chainId, nonce, to, value, data, gasLimit: terms.gas, accessList, ...fees });
  const unsigned = byEthers.unsignedSerialized;
  byEthers.signature = new ethers.SigningKey (secret).sign (byEthers.unsignedHash);
  const byViem = await privateKeyToAccount (secret).signTransaction ({
    type: ['legacy', 'eip2930', 'eip1559'][kind], chainId: chainId === 0n ? undefined : Number (chainId), nonce, to, value, data, gas: terms.gas, accessList, ...fees });

  const tx = { ...json (Object.values (terms)).reduce ((all, it, i) => ({ ...all, [Object.keys (terms)[i]]: it }), {}), fee: `${high}`, tip: kind === 2 ? `${low}` : '0' };
  if (to)
    tx.to = to;
  if (accessList)
    tx.accessList = accessList;
  const ours = await answer ('tx-sign', { key: secret, tx });
  const label = () => JSON.stringify ([secret, tx]);
  same (label, ours.unsigned ?? ours, unsigned);
  same (label, ours.raw, byEthers.serialized, byViem);
  same (label, ours.hash, byEthers.hash, viem.keccak256 (byViem));
  const read = await answer ('tx-parse', { raw: byViem });
  same (label, [read.from, read.again, read.hash], [byEthers.from, byViem, byEthers.hash]);
  same (label, read.tx, { ...tx, accessList: accessList ?? [], authorizationList: [] });
}
total += await test ('transactions', 3500, same => repeat (700, () => transaction (same)));

total += await test ('set-code-transactions', 300, same => repeat (100, async () => {
  const secret = key (), account = privateKeyToAccount (secret);
  const authorizationList = await Promise.all (list (1 + draw (3), async () => {
    const other = privateKeyToAccount (key ());
    return { ...await other.signAuthorization ({ chainId: draw (2) * 8453, contractAddress: address (), nonce: draw (1000) }), by: other.address };
  }));
  const raw = await account.signTransaction ({ type: 'eip7702', chainId: 8453, nonce: draw (1000), to: address (), value: number (64), data: hex (length ()),
                                               gas: gas (), maxFeePerGas: 7n, maxPriorityFeePerGas: 3n, accessList: accesses (), authorizationList });
  const read = await answer ('tx-parse', { raw });
  const byEthers = ethers.Transaction.from (raw);
  same (() => raw, [read.from, read.again, read.hash], [account.address, raw, byEthers.hash]);
  same (() => raw, read.tx?.authorizationList.map (it => it.authority), authorizationList.map (it => it.by));
  same (() => raw, read.tx?.authorizationList.map (it => [it.chainId, it.address, it.nonce]),
        byEthers.authorizationList.map (it => [`${it.chainId}`, it.address, `${it.nonce}`]));
}));

function typedData () {
  const types = {};
  const struct = depth => {
    const name = `${pick (['S', 'Order', '_x', 'Zed'])}${Object.keys (types).length}`;
    types[name] = null;
    const value = {};
    types[name] = list (1 + draw (5), i => {
      const member = { name: `${pick (['a', 'to', 'Value_'])}${i}` };
      const inner = depth > 0 && chance (1, 2) ? struct (depth - 1) : null, shape = inner ? null : atom ();
      const make = () => inner ? inner.make () : shape.make ();
      const array = draw (4), count = 1 + draw (3);
      member.type = (inner ? inner.name : shape.text) + (array === 0 ? '[]' : array === 1 ? `[${count}]` : '');
      value[member.name] = array === 0 ? () => list (draw (3), make) : array === 1 ? () => list (count, make) : make;
      return member;
    });
    return { name, make: () => Object.fromEntries (Object.entries (value).map (([name, make]) => [name, make ()])) };
  };
  const top = struct (2);
  const domain = { name: text (), version: chance (1, 2) ? `${draw (9)}` : undefined, chainId: chance (2, 3) ? 1 + draw (2 ** 31) : undefined,
                   verifyingContract: chance (1, 2) ? address () : undefined, salt: chance (1, 4) ? hex (32) : undefined };
  return { types, primaryType: top.name, domain: Object.fromEntries (Object.entries (domain).filter (([, it]) => it !== undefined)), message: top.make () };
}
const numbersAsText = it => JSON.parse (JSON.stringify (it, (_, v) => typeof v === 'bigint' ? `${v}` : v));

total += await test ('typed-data', 900, same => repeat (700, async () => {
  const { types, primaryType, domain, message } = typedData (), secret = key ();
  const typedData_ = { types: { EIP712Domain: domainTypes (domain), ...types }, primaryType, domain, message: numbersAsText (message) };
  const wallet = new ethers.Wallet (secret);
  const sign = chance (1, 2);
  const ours = await answer ('typed', { key: sign ? secret : undefined, typedData: typedData_ });
  const label = () => JSON.stringify (typedData_);
  same (label, ours.digest ?? ours, ethers.TypedDataEncoder.hash (domain, types, message), viem.hashTypedData ({ types, primaryType, domain, message }));
  if (sign)
    same (label, ours.signature, wallet.signingKey.sign (ours.digest).serialized,
          await privateKeyToAccount (secret).signTypedData ({ types, primaryType, domain, message }));
}));

const move = [['from', 'address'], ['to', 'address'], ['value', 'uint256'], ['validAfter', 'uint256'], ['validBefore', 'uint256'], ['nonce', 'bytes32']];
const permits = {
  allowance: ['Permit', [['owner', 'address'], ['spender', 'address'], ['value', 'uint256'], ['nonce', 'uint256'], ['deadline', 'uint256']]],
  transfer: ['TransferWithAuthorization', move],
  receive: ['ReceiveWithAuthorization', move],
  cancel: ['CancelAuthorization', [['authorizer', 'address'], ['nonce', 'bytes32']]],
};
total += await test ('permits', 800, same => repeat (400, async () => {
  const kind = pick (Object.keys (permits)), [primaryType, members] = permits[kind], secret = key ();
  const ask = { kind, key: secret, name: text (), version: `${draw (9)}`, chainId: `${1 + draw (2 ** 31)}`, token: address (), from: address (), to: address (),
                value: `${number (256)}`, after: `${number (64)}`, before: `${number (64)}`, nonce: kind === 'allowance' ? `${number (256)}` : hex (32) };
  const all = { owner: ask.from, spender: ask.to, authorizer: ask.from, from: ask.from, to: ask.to, value: BigInt (ask.value), validAfter: BigInt (ask.after),
                validBefore: BigInt (ask.before), deadline: BigInt (ask.before), nonce: kind === 'allowance' ? BigInt (ask.nonce) : ask.nonce };
  const domain = { name: ask.name, version: ask.version, chainId: +ask.chainId, verifyingContract: ask.token };
  const types = { [primaryType]: members.map (([name, type]) => ({ name, type })) };
  const message = Object.fromEntries (members.map (([name]) => [name, all[name]]));
  const ours = await answer ('permit', ask);
  same (() => JSON.stringify (ask), ours.digest ?? ours, ethers.TypedDataEncoder.hash (domain, types, message));
  same (() => JSON.stringify (ask), ours.signature, await privateKeyToAccount (secret).signTypedData ({ types, primaryType, domain, message }));
}));

total += await test ('accounts', 1200, same => repeat (400, async () => {
  const secret = key (), lower = hex (20), message = text (), data = hex (draw (500)), account = privateKeyToAccount (secret), wallet = new ethers.Wallet (secret);
  same (() => secret, await answer ('account', { key: secret }), wallet.address, account.address);
  same (() => lower, await answer ('checksum', { address: lower }), ethers.getAddress (lower), viem.getAddress (lower));
  same (() => data, await answer ('keccak', { data }), ethers.keccak256 (data), viem.keccak256 (data));
  same (() => message, await answer ('personal', { text: message, key: secret }),
        { digest: ethers.hashMessage (message), signature: await wallet.signMessage (message) },
        { digest: viem.hashMessage (message), signature: await account.signMessage ({ message }) });
  const name = list (1 + draw (4), () => list (1 + draw (9), () => pick ([...'abcxyz0189'])).join ('')).join ('.');
  same (() => name, await answer ('namehash', { name }), ethers.namehash (name), viem.namehash (name));
  const units = number (256), decimals = pick ([6, 18]);
  same (() => `${units}`, await answer ('units', { units: `${units}`, decimals: `${decimals}` }), viem.formatUnits (units, decimals));
}));

total += await test ('broken-data', 1500, same => repeat (1500, async () => {
  const it = type (2), good = coder.encode ([it.text], [it.make ()]);
  const bytes = ethers.getBytes (good);
  for (let changes = 1 + draw (3); changes > 0; changes--)
    bytes[draw (bytes.length)] = pick ([0, 1, 32, 64, 255, draw (256)]);
  const data = ethers.hexlify (chance (1, 3) ? bytes.slice (0, draw (bytes.length)) : bytes);
  const ours = await answer ('abi-decode', { type: `(${plain (it.text)})`, data });
  let theirs = null;
  try {
    theirs = json (coder.decode ([it.text], data))[0];
  } catch (problem) {
    // They refuse more, the zeros after a value must be there; what all read must be the same.
  }
  same (() => JSON.stringify ([it.text, data, ours, theirs]), true,
        ours.error !== undefined || theirs === null || isDeepStrictEqual (ours, [theirs]));
}));

console.log (`# ${total} comparisons of three, seed ${seed}`);
await test ('ten-thousand-comparisons', 1, same => same (() => 'total', true, total >= 10000));
await oracle.end ();
finish ();
