// replay-wallets.mjs - what src/vault makes of words, paths and keystores, against ethers and its cases.
//
//   node replay-wallets.mjs PATH/TO/vault-oracle
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: GPL-3.0-or-later
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { HDNodeWallet, Mnemonic, computeAddress, decryptKeystoreJsonSync, encryptKeystoreJsonSync, wordlists } from 'ethers';
import { Oracle, finish, test } from './oracle.mjs';

const oracle = new Oracle (process.argv[2]);
const folder = new URL ('node_modules/@ethersproject/testcases/testcases/', import.meta.url);
const load = name => JSON.parse (gunzipSync (readFileSync (new URL (`${name}.json.gz`, folder))));

const answer = async (...ask) => {
  const { answer, error } = await oracle.ask (...ask);
  return answer ?? { error };
};

const seed = process.env.GM_SEED ?? `${Date.now ()}`;
console.log (`# GM_SEED=${seed}`);
const random = (what, length) => {
  let bytes = Buffer.alloc (0);
  for (let i = 0; bytes.length < length; i++)
    bytes = Buffer.concat ([bytes, createHash ('sha256').update (`${seed} ${what} ${i}`).digest ()]);
  return bytes.subarray (0, length);
};
const hex = bytes => `0x${bytes.toString ('hex')}`;

// Our words are English; a seed is made of any.
const nodes = load ('hdnode');
await test ('words', 2000, async same => {
  await Promise.all (nodes.filter (it => it.locale === 'en').map (async it => {
    same (() => it.name, await answer ('words', { entropy: it.entropy }), it.mnemonic);
    same (() => it.name, await answer ('entropy', { words: it.mnemonic }), it.entropy);
  }));
});
await test ('seeds', 1400, async same => {
  await Promise.all (nodes.map (async it => {
    const words = it.mnemonic.normalize ('NFKD');
    same (() => it.name, await answer ('seed', { words, passphrase: it.password ?? '' }), it.seed);
  }));
});
await test ('paths', 6000, async same => {
  await Promise.all (nodes.flatMap (it => it.hdnodes.map (async ({ path, privateKey, address }) => {
    const ours = await answer ('node', { seed: it.seed, path });
    same (() => `${it.name} ${path}`, [ours.key, ours.address?.toLowerCase ()], [privateKey, address]);
  })));
});
await test ('words-of-other-languages-are-refused', 300, async same => {
  await Promise.all (nodes.filter (it => it.locale !== 'en').map (async it => {
    const { error } = await answer ('entropy', { words: it.mnemonic });
    same (() => `${it.name} ${it.mnemonic}: ${error}`, /^Word \d+ (is not in the list|has a letter)|do not belong together/.test (error), true);
  }));
});

// Random words, passphrases and indices.
await test ('random-accounts', 600, async same => {
  await Promise.all (Array.from ({ length: 200 }, async (_, i) => {
    const entropy = hex (random (`entropy ${i}`, [16, 20, 24, 28, 32][i % 5]));
    const theirs = Mnemonic.fromEntropy (entropy, i % 2 ? `pass ${i} ﬁ Å` : '');
    const index = random (`index ${i}`, 4).readUInt32BE () % 2 ** 31;
    const path = `m/44'/60'/0'/0/${index}`;
    const wallet = HDNodeWallet.fromMnemonic (theirs, path);
    const label = () => `${entropy} ${path}`;
    same (label, await answer ('words', { entropy }), theirs.phrase);
    const ours = await answer ('seed', { words: theirs.phrase, passphrase: theirs.password });
    same (label, ours, theirs.computeSeed ());
    same (label, await answer ('node', { seed: ours, path }), { key: wallet.privateKey, address: wallet.address });
  }));
});

// A checksum of four bits lets one of sixteen through: the same ones as theirs.
await test ('a-wrong-word-is-noticed', 256, async same => {
  const entropy = hex (random ('wrong', 16));
  const words = Mnemonic.fromEntropy (entropy).phrase.split (' ');
  const isValid = text => Mnemonic.isValidMnemonic (text);
  await Promise.all (Array.from ({ length: 256 }, async (_, i) => {
    const typed = words.with (i % 12, wordlists.en.getWord (i * 7 % 2048)).join (' ');
    const { error } = await answer ('entropy', { words: typed });
    same (() => typed, error === undefined, isValid (typed));
  }));
});

const presale = it => it.type === 'crowdsale';
await test ('keystores-of-others', 14, async same => {
  for (const it of load ('wallets')) {
    const ours = await answer ('open', { json: it.json, password: it.password });
    if (presale (it)) {
      same (() => it.name, /not a keystore of another wallet/.test (ours.error), true);
      continue;
    }
    same (() => it.name, [ours.key, ours.address?.toLowerCase ()], [it.privateKey, it.address]);
    same (() => it.name, await answer ('open', { json: it.json, password: `${it.password}x` }), { error: 'That is not the password' });
  }
});
await test ('keystores-of-ethers', 48, async same => {
  for (let i = 0; i < 48; i++) {
    const key = hex (random (`key ${i}`, 32));
    const password = random (`password ${i}`, i).toString ('base64');
    const scrypt = { N: 2 ** (1 + i % 12), r: 1 + i % 8, p: 1 + i % 3 };
    const json = encryptKeystoreJsonSync ({ address: computeAddress (key), privateKey: key }, password, { scrypt });
    same (() => json, await answer ('open', { json, password }), { key, address: computeAddress (key) });
  }
});
await test ('ethers-opens-ours', 2, async same => {
  for (const password of ['correct horse', 'Schlüssel']) {
    const key = hex (random (`sealed ${password}`, 32));
    const json = await answer ('seal', { key, password });
    same (() => json, decryptKeystoreJsonSync (json, password).privateKey, key);
  }
});
await oracle.end ();
finish ();
