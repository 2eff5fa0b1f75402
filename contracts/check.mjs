// check.mjs - compiles the contracts, compares what is committed of them, and runs their tests, as TAP.
//
//   contracts/run check.mjs [forge's options …]
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { join } from 'node:path';
import { contracts, difference, foreign } from './artifacts.mjs';
import { forge, made } from './forge.mjs';

let number = 0;

function report (name, complaint) {
  console.log (`${complaint ? 'not ok' : 'ok'} ${++number} - ${name}`);
  if (complaint)
    console.log (complaint.replace (/^/gm, '# '));
}

const formatted = forge (['fmt', '--check']);
report ('format', formatted.status === 0 ? null : `contracts/run forge.mjs fmt\n${formatted.text}`);
const built = forge (['build']);
report ('compile', built.status === 0 ? null : built.text || 'forge build');
if (built.status === 0) {
  // It compiles without code, so in a folder of its own.
  const apart = { FOUNDRY_OUT: join (made, 'lint', 'out'), FOUNDRY_CACHE_PATH: join (made, 'lint', 'cache') };
  const linted = forge (['lint', 'src', '--deny', 'warnings'], apart);
  report ('static analysis', linted.status === 0 ? null : 'forge lint src');
  for (const name of [...Object.keys (contracts), ...Object.keys (foreign)])
    report (`abi/${name}`, difference (name));

  // A gas figure that is not the one remembered is a failure; FORGE_SNAPSHOT_EMIT=true remembers another.
  const run = forge (['test', '--json', ...process.argv.slice (2)], { FORGE_SNAPSHOT_CHECK: 'true' });
  const suites = Object.entries (JSON.parse (run.text.slice (run.text.indexOf ('{'))));
  for (const [suite, { test_results }] of suites)
    for (const [test, { status, reason }] of Object.entries (test_results))
      report (`${suite.replace (/^.*:/, '')}/${test.replace (/\(.*/, '')}`, status === 'Success' ? null : reason ?? status);
}
console.log (`1..${number}`);
