// artifacts.mjs - what is committed of a compile: the ABI and the bytecode of each contract, for those who have no compiler.
//
//   contracts/run artifacts.mjs      writes abi/ anew, after a change of the contracts
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { forge, here, out } from './forge.mjs';

export const contracts = {
  Roles: 'Roles', Marketplace: 'Marketplace', LayawayEscrow: 'LayawayEscrow', LicenseIssuer: 'LicenseIssuer',
  ExternalTill: 'ExternalTill', Sweeper: 'Sweeper', TestToken: 'TestToken', SilentToken: 'TestToken',
  FeeOracle: 'FeeOracle',
};

/** Of others: the package that has it. What it is called by is kept for the bindings, not its code. */
export const foreign = { EAS: '@ethereum-attestation-service/eas-contracts' };

const sha256 = (text) => createHash ('sha256').update (text).digest ('hex');

export function committed (name) {
  return JSON.parse (readFileSync (join (here, 'abi', `${name}.json`)));
}

/** Of the package that the tests and the devnet use. */
export function packaged (name) {
  const require = createRequire (import.meta.url);
  const { license, version } = require (`${foreign[name]}/package.json`);
  const { abi } = require (`${foreign[name]}/artifacts/contracts/${name}.sol/${name}.json`);
  return { abi, source: `npm:${foreign[name]}@${version}, ${license}` };
}

export function compiled (name) {
  const { abi, bytecode } = JSON.parse (readFileSync (join (out, `${contracts[name]}.sol`, `${name}.json`)));
  return { abi, bytecode: bytecode.object };
}

/** What a fresh compile and the committed file disagree in, or null. */
export function difference (name) {
  const fresh = foreign[name] ? packaged (name) : compiled (name);
  const kept = committed (name);
  if (JSON.stringify (fresh.abi) !== JSON.stringify (kept.abi) || fresh.source !== kept.source)
    return 'the ABI is another: contracts/run artifacts.mjs';
  if (foreign[name])
    return null;
  if (sha256 (fresh.bytecode) !== sha256 (kept.bytecode))
    return `the bytecode is ${sha256 (fresh.bytecode)}, committed is ${sha256 (kept.bytecode)}`;
  return null;
}

function write (name, { abi, ...about }) {
  const entries = abi.map ((entry) => `    ${JSON.stringify (entry)}`).join (',\n');
  const more = Object.entries (about).map (([member, text]) => `,\n  "${member}": "${text}"`).join ('');
  const text = `{\n  "contractName": "${name}",\n  "abi": [\n${entries}\n  ]${more}\n}\n`;
  writeFileSync (join (here, 'abi', `${name}.json`), text);
}

if (import.meta.url === pathToFileURL (process.argv[1]).href) {
  mkdirSync (join (here, 'abi'), { recursive: true });
  const built = forge (['build']);
  if (built.status !== 0)
    process.exit (1);
  Object.keys (contracts).forEach ((name) => write (name, compiled (name)));
  Object.keys (foreign).forEach ((name) => write (name, packaged (name)));
}
