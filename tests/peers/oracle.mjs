// oracle.mjs - asks evm-oracle or vault-oracle, counts what agrees, and says so as TAP.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';

const SHOWN = 3; // disagreements of a test that are printed

export class Oracle {
  constructor (program) {
    this.waiting = [];
    this.child = spawn (program, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.on ('exit', status => {
      this.ended = true;
      for (const resolve of this.waiting.splice (0))
        resolve ({ error: `the oracle ended: ${status}` });
    });
    this.child.stdin.on ('error', () => {});
    createInterface ({ input: this.child.stdout }).on ('line', line => this.waiting.shift () (JSON.parse (line)));
  }

  // {answer} or {error}
  ask (name, more) {
    return new Promise (resolve => {
      if (this.ended)
        return resolve ({ error: 'the oracle has ended' });
      this.waiting.push (resolve);
      this.child.stdin.write (JSON.stringify ({ ask: name, ...more }) + '\n');
    });
  }

  // Sanitizers complain when it ends.
  end () {
    return test ('oracle-ends-well', 1, async same => {
      this.child.stdin.end ();
      const status = this.child.exitCode ?? await new Promise (resolve => this.child.once ('exit', resolve));
      same (() => 'status', status, 0);
    });
  }
}

let tests = 0;
let failed = 0;

// Runs @body (same), where same (label, ours, ...theirs) compares; labels are made only when printed.
export async function test (name, least, body) {
  const started = process.hrtime.bigint ();
  const bad = [];
  let cases = 0;
  const same = (label, ours, ...theirs) => {
    cases++;
    if (!theirs.every (other => isDeepStrictEqual (ours, other)))
      bad.push ([label, ours, ...theirs]);
  };

  try {
    await body (same);
  } catch (problem) {
    bad.push ([() => problem.stack]);
  }
  const seconds = (Number (process.hrtime.bigint () - started) / 1e9).toFixed (1);
  const good = bad.length === 0 && cases >= least;
  console.log (`${good ? 'ok' : 'not ok'} ${++tests} ${name}`);
  console.log (`# ${cases} comparisons, ${bad.length} differ, ${seconds} s`);
  for (const [label, ...values] of bad.slice (0, SHOWN))
    console.log (`# ${JSON.stringify ([label (), ...values], (_, v) => typeof v === 'bigint' ? `${v}` : v).slice (0, 3000)}`);
  if (cases < least)
    console.log (`# at least ${least} are expected`);
  failed += good ? 0 : 1;
  return cases;
}

export function finish () {
  console.log (`1..${tests}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

export const domainTypes = domain =>
  [['name', 'string'], ['version', 'string'], ['chainId', 'uint256'], ['verifyingContract', 'address'], ['salt', 'bytes32']]
    .filter (([name]) => domain[name] !== undefined).map (([name, type]) => ({ name, type }));
