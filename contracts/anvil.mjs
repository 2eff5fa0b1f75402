// anvil.mjs - chains on this machine, on loopback and a free port each.
//
// SPDX-FileCopyrightText: The GotMusic developers
// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { ContractFactory, JsonRpcProvider } from 'ethers';

const require = createRequire (import.meta.url);
const machine = { x64: 'amd64', arm64: 'arm64' }[process.arch];
const program = require.resolve (`@foundry-rs/anvil-${process.platform}-${machine}/bin/anvil`);
const running = [];

/** { chainId, url, provider }; anvil chooses a free port for 0 and says which. */
export async function startChain (chainId, port, ...more) {
  const child = spawn (program, ['--host', '127.0.0.1', '--port', port, '--chain-id', String (chainId), ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise ((found, failed) => {
    child.once ('error', failed);
    child.once ('exit', (status) => failed (new Error (`anvil ended with ${status}`)));
    createInterface ({ input: child.stdout }).on ('line', (line) => {
      if (line.startsWith ('Listening on '))
        found (`http://${line.slice (13)}`);
    });
  });
  child.removeAllListeners ('exit');
  const provider = new JsonRpcProvider (url, chainId, { staticNetwork: true, cacheTimeout: -1 });
  provider.pollingInterval = 20;
  running.push ({ child, provider });
  return { chainId, url, provider, child };
}

export function stopChains () {
  for (const { child, provider } of running.splice (0)) {
    child.removeAllListeners ('exit');
    provider.destroy ();
    child.kill ();
  }
}

/** A contract made elsewhere, then put where it belongs, with what its constructor wrote into the first slots. */
export async function place (provider, address, { abi, bytecode }, args, slots = 0) {
  const maker = await provider.getSigner (9);
  const made = await new ContractFactory (abi, bytecode, maker).deploy (...args);
  await made.waitForDeployment ();
  await provider.send ('anvil_setCode', [address, await provider.getCode (made.target)]);
  for (let slot = 0; slot < slots; slot++) {
    const value = await provider.getStorage (made.target, slot);
    await provider.send ('anvil_setStorageAt', [address, `0x${slot.toString (16).padStart (64, '0')}`, value]);
  }
  return made.attach (address);
}

function artifact (name) {
  const folder = '@ethereum-attestation-service/eas-contracts/artifacts/contracts';
  return JSON.parse (readFileSync (require.resolve (`${folder}/${name}.sol/${name}.json`)));
}

/** The real EAS, at the addresses Base has it. */
export async function placeEas (provider, registry, eas) {
  await place (provider, registry, artifact ('SchemaRegistry'), []);
  await place (provider, eas, artifact ('EAS'), [registry]);
}
