#!/usr/bin/env python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every symbolic icon that a screen names is in our own resources: icon themes drop theirs as they like."""
import pathlib, re, sys

ours = set(re.findall(r"([a-z0-9-]+-symbolic)\.svg", pathlib.Path("src/ui/resources.gresource.xml").read_text()))
missing = [f"{path}: {name}" for path in sorted(pathlib.Path("src").rglob("*")) if path.suffix in (".c", ".ui")
           for name in re.findall(r'[">]([a-z0-9-]+-symbolic)["<]', path.read_text()) if name not in ours]
print(*missing, sep="\n", end="\n" if missing else "")
sys.exit(bool(missing))
