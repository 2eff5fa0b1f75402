#!/usr/bin/env python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the style sheet of one scheme: make-style.py TOKENS SCHEME OUT [CSS…]

Colors of data/tokens.json become named colors (@gm_text), which GTK looks up again when the scheme
changes, so only the sheet of the light scheme carries the hand-written CSS. The other tokens are
replaced where that CSS says $space_m. A name that no token has ends the build.
"""
import json, pathlib, re, sys

def color_definitions(tokens, scheme):
    for name, values in tokens["color"].items():
        yield f"@define-color gm_{name} {values[scheme]};"
    for name, ours in tokens["adwaita"].items():
        yield f"@define-color {name} @gm_{ours};"

def replace_tokens(path, tokens):
    values = {f"{group}_{name}": value for group in ("radius", "space", "type", "motion")
              for name, value in tokens[group].items()}

    def value_of(match):
        if match[1] not in values:
            sys.exit(f"{path}: no token is called ${match[1]}")
        return values[match[1]]

    css = path.read_text()
    for name in re.findall(r"@gm_(\w+)", css):
        if name not in tokens["color"]:
            sys.exit(f"{path}: no color is called @gm_{name}")
    return re.sub(r"\$(\w+)", value_of, css)

def main(tokens_path, scheme, out, *css):
    tokens = json.loads(pathlib.Path(tokens_path).read_text())
    parts = ["\n".join(color_definitions(tokens, scheme))]
    parts += [replace_tokens(pathlib.Path(path), tokens) for path in css]
    pathlib.Path(out).write_text("\n\n".join(parts) + "\n")

main(*sys.argv[1:])
