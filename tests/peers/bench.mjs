// bench.mjs - the work of bench-wallet by ethers and viem: "PEER NAME N per s", the fastest of some rounds.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: GPL-3.0-or-later
import { Interface, SigningKey, hexlify, keccak256 as ethersKeccak, recoverAddress as ethersRecover, toBeHex } from 'ethers';
import { decodeEventLog, keccak256 as viemKeccak, parseAbi, recoverAddress as viemRecover, toHex } from 'viem';
import { privateKeyToAddress, sign as viemSign } from 'viem/accounts';

const ROUNDS = 3;
const EVENT = 'event Transfer(address indexed from, address indexed to, uint256 value)';

const privateKey = hexlify (new Uint8Array (32).fill (7));
const address = privateKeyToAddress (privateKey);
const key = new SigningKey (privateKey);
const digest = i => toBeHex (BigInt (i) + 1n, 32);
const signed = key.sign (digest (1)).serialized;
const long = new Uint8Array (4096);

const event = new Interface ([EVENT]);
const abi = parseAbi ([EVENT]);
const log = i => ({ data: toHex (i, { size: 32 }),
                    topics: [event.getEvent ('Transfer').topicHash, toHex (i, { size: 32 }), toHex (0, { size: 32 })] });

async function measure (peer, name, n, run) {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage ();
    await run (n);
    const used = process.cpuUsage (start);
    best = Math.min (best, (used.user + used.system) / 1e6);
  }
  console.log (`${peer} ${name} ${Math.round (n / best)} per s`);
}

const repeat = body => n => {
  for (let i = 0; i < n; i++)
    body (i);
};
const repeatLater = body => async n => {
  for (let i = 0; i < n; i++)
    await body (i);
};
const mustBe = who => {
  if (who !== address)
    throw new Error ('another address');
};
const chain = hash => n => {
  for (let i = 0, at = new Uint8Array (32); i < n; i++)
    at = hash (at);
};

await measure ('ethers', 'sign', 1000, repeat (i => key.sign (digest (i))));
await measure ('viem', 'sign', 1000, repeatLater (i => viemSign ({ hash: digest (i), privateKey })));
for (const name of ['recover', 'verify']) { // both verify by recovering
  await measure ('ethers', name, 500, repeat (() => mustBe (ethersRecover (digest (1), signed))));
  await measure ('viem', name, 500, repeatLater (async () => mustBe (await viemRecover ({ hash: digest (1), signature: signed }))));
}
await measure ('ethers', 'keccak-32', 20000, chain (at => ethersKeccak (at)));
await measure ('viem', 'keccak-32', 20000, chain (at => viemKeccak (at)));
await measure ('ethers', 'keccak-4096', 1000, repeat (() => ethersKeccak (long)));
await measure ('viem', 'keccak-4096', 1000, repeat (() => viemKeccak (long)));

const logs = Array.from ({ length: 100000 }, (_, i) => log (i));
await measure ('ethers', 'transfer-log', logs.length, repeat (i => event.parseLog (logs[i])));
await measure ('viem', 'transfer-log', logs.length, repeat (i => decodeEventLog ({ abi, ...logs[i] })));
