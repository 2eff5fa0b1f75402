// trim-lock.mjs - takes out of package-lock.json what does not say what to install: addresses for gifts, and
// the version of Node that native programs say they need, by which older ones would leave them out.
//
//   npm run lock          (in the folder of the lock)
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: GPL-3.0-or-later
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const lock = JSON.parse (readFileSync (file));

for (const [name, entry] of Object.entries (lock.packages)) {
  delete entry.funding;
  if (/(anvil|forge)-/.test (name))
    delete entry.engines;
}
writeFileSync (file, `${JSON.stringify (lock, null, 2)}\n`);
