// coverage.mjs - every branch of src/ is taken by a test, as TAP.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forge, made } from './forge.mjs';

const folder = join (made, 'coverage');
const lcov = join (folder, 'lcov.info');

mkdirSync (folder, { recursive: true });
// What it compiles has counters in it, and a folder of its own.
const run = forge (
  ['coverage', '--ir-minimum', '--report', 'lcov', '--report-file', lcov, '--no-match-contract', 'Gas|Invariants', '--no-match-coverage', 'test/'],
  { FOUNDRY_OUT: join (folder, 'out'), FOUNDRY_CACHE_PATH: join (folder, 'cache') },
);
let number = 0;
for (const record of run.status === 0 ? readFileSync (lcov, 'utf8').split ('end_of_record').slice (0, -1) : []) {
  const file = /^SF:(.*)$/m.exec (record)[1];
  const branches = [...record.matchAll (/^BRDA:(\d+),\d+,\d+,(\S+)$/gm)];
  const missed = branches.filter (([, , times]) => times === '0' || times === '-');
  console.log (`${missed.length ? 'not ok' : 'ok'} ${++number} - ${file}, ${branches.length} branches`);
  missed.forEach (([, line]) => console.log (`# line ${line}`));
}
if (number === 0)
  console.log (`not ok ${++number} - forge coverage\n# ${run.text.slice (-2000).replace (/\n/g, '\n# ')}`);
console.log (`1..${number}`);
