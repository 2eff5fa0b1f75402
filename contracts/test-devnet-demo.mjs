// test-devnet-demo.mjs - tools/devnet --demo: a store of this build sells by the devnet's contracts, the application finds its
// nodes, and nothing is left when it is told to stop. TAP.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { here } from './forge.mjs';

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

function answers (url) {
  const { hostname, port } = new URL (url);
  return spawnSync ('bash', ['-c', `exec 3<>/dev/tcp/${hostname}/${port}`], { stdio: 'ignore' }).status === 0;
}

const build = process.env.GM_BUILD_DIR ?? join (here, '..', 'build');
if (!existsSync (join (build, 'src/server/gotmusic-server'))) {
  console.log ('1..0 # SKIP the store is not built');
  process.exit ();
}

const demo = spawn (join (here, '../tools/devnet'), ['--demo', '--pieces', '1', '--fast'], {
  stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, GM_BUILD_DIR: build },
});
const ended = new Promise ((resolve) => demo.once ('exit', resolve));
process.on ('exit', () => demo.kill ());
const said = {};
let words = '';
await Promise.race ([
  ended,
  new Promise ((resolve) =>
    createInterface ({ input: demo.stdout }).on ('line', (line) => {
      words += `${line}\n`;
      const [word, value] = line.split (' ');
      said[word] = value;
      if (line.includes ('a million test dollars'))
        resolve ();
    })),
]);

let net;
await check ('the store names the contracts of the devnet', async () => {
  expect (said.ready && said.store, words);
  net = JSON.parse (readFileSync (said.ready));
  const descriptor = await (await fetch (`${said.store}/api/store`)).json ();
  expect (descriptor.chainId === 8453, JSON.stringify (descriptor));
  expect (descriptor.marketplace === net.contracts.Marketplace.address, 'another marketplace');
  expect (descriptor.issuer === net.contracts.LicenseIssuer.address, 'another issuer');
});

await check ('the application is told its nodes', () => {
  const keyfile = readFileSync (join (dirname (said.ready), 'config/glib-2.0/settings/keyfile'), 'utf8');
  for (const { chainId, rpc } of [net, net.ethereum])
    expect (keyfile.includes (`${chainId} ${rpc[0]} ${rpc[0]}`), keyfile);
  expect (words.includes (`--store ${said.store}`), words);
});

await check ('nothing stays when it stops', async () => {
  demo.kill ('SIGTERM');
  expect ((await ended) === 0, 'another status');
  expect (!existsSync (dirname (said.ready)), 'the folder');
  for (const url of [net.rpc[0], net.ethereum.rpc[0], said.store])
    expect (!answers (url), url);
});
console.log (`1..${number}`);
