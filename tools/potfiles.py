#!/usr/bin/env python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write po/POTFILES.in: every file with words for people. With --check: fail if it is not what would be written."""
import pathlib, re, sys

MARKS = {
    ".c": re.compile(r'(?<!\w)(?:N?_|C_|NC_|g_dngettext|ngettext|g_dpgettext2?) \('),
    ".ui": re.compile(r'translatable="(?:yes|true)"'),
}
paths = [path for path in pathlib.Path("data").iterdir()
         if path.name.endswith((".desktop.in", ".metainfo.xml.in", ".gschema.xml"))]
paths += [path for path in pathlib.Path("src").rglob("*")
          if path.suffix in MARKS and MARKS[path.suffix].search(path.read_text())]
wanted = "".join(f"{path}\n" for path in sorted(map(str, paths)))
file = pathlib.Path("po/POTFILES.in")
if "--check" not in sys.argv:
    file.write_text(wanted)
elif file.read_text() != wanted:
    differs = sorted(set(wanted.split()) ^ set(file.read_text().split()))
    sys.exit(f"{file} misses or has too many: {' '.join(differs)}; run tools/potfiles.py")
