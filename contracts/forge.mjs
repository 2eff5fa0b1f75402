// forge.mjs - runs the forge of node_modules in this folder; what it makes goes to the build folder, if there is one.
//
//   contracts/run forge.mjs test --match-test attack
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const here = dirname (fileURLToPath (import.meta.url));
export const made = process.env.GM_BUILD_DIR ? join (process.env.GM_BUILD_DIR, 'contracts') : here;
export const out = join (made, 'out');

const machine = { x64: 'amd64', arm64: 'arm64' }[process.arch];
const program = createRequire (import.meta.url).resolve (`@foundry-rs/forge-${process.platform}-${machine}/bin/forge`);

/** What forge says on its standard output; what it complains of goes to ours. */
export function forge (args, env = {}) {
  const run = spawnSync (program, args, {
    cwd: here,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, FOUNDRY_OUT: out, FOUNDRY_CACHE_PATH: join (made, 'cache'), ...env },
  });
  return { status: run.status ?? 1, text: run.stdout };
}

if (import.meta.url === pathToFileURL (process.argv[1]).href) {
  const run = forge (process.argv.slice (2));
  process.stdout.write (run.text);
  process.exit (run.status);
}
