// verification.mjs - what an explorer compiles to see that a contract is ours: the compiler's standard JSON input, with
// exactly the sources of that contract.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { contracts } from './artifacts.mjs';
import { here, out } from './forge.mjs';

const SELECTION = ['abi', 'evm.bytecode.object'];

export function standardInput (name) {
  const { metadata } = JSON.parse (readFileSync (join (out, `${contracts[name]}.sol`, `${name}.json`)));
  const { compilationTarget, ...settings } = metadata.settings;
  const sources = Object.keys (metadata.sources).map ((path) => [path, { content: readFileSync (join (here, path), 'utf8') }]);
  return {
    target: Object.entries (compilationTarget)[0].join (':'),
    compiler: metadata.compiler.version,
    input: {
      language: metadata.language,
      sources: Object.fromEntries (sources),
      settings: { ...settings, outputSelection: { '*': { '*': SELECTION } } },
    },
  };
}

/** The bytecode an explorer would get from it. */
export function compile ({ target, input }) {
  const solc = createRequire (import.meta.url) ('solc');
  const [file, name] = target.split (':');
  const output = JSON.parse (solc.compile (JSON.stringify (input)));
  const found = output.contracts?.[file]?.[name];
  if (!found)
    throw new Error (output.errors.map (({ formattedMessage }) => formattedMessage).join ('\n'));
  return `0x${found.evm.bytecode.object}`;
}
