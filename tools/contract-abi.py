#!/usr/bin/env python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The committed ABI of the contracts (contracts/abi/*.json) as C, for src/chain/contract-abi.h."""
import json, pathlib, re, sys

def tuple_of(members):
    return "(" + ",".join(member(m) for m in members) + ")"

def member(m):
    kind = re.sub(r"^tuple", lambda _: tuple_of(m["components"]), m["type"])
    return " ".join(filter(None, [kind, "indexed" if m.get("indexed") else "", m["name"]]))

def lines(abi):
    for entry in abi:
        if entry["type"] in ("function", "event", "error"):
            text = f'{entry["type"]} {entry["name"]}{tuple_of(entry["inputs"])}'
            yield text + (" returns " + tuple_of(entry["outputs"]) if entry.get("outputs") else "")

print('#include "chain/contract-abi.h"')
names = []
for path in map(pathlib.Path, sys.argv[1:]):
    if path.stem == "Sweeper": # only where it stands is computed
        print(f'\nconst char gm_contract_abi_sweeper_code[] =\n  "{json.loads(path.read_text())["bytecode"]}";')
        continue
    stem = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", path.stem).lower()
    names.append(f"gm_contract_abi_{stem}")
    print(f"\nconst char *const {names[-1]}[] = {{")
    for line in lines(json.loads(path.read_text())["abi"]):
        print(f'  "{line}",')
    print("  NULL,\n};")
print("\nconst char *const *const gm_contract_abi_all[] = {")
print(*(f"  {name}," for name in names), "  NULL,\n};", sep="\n")
