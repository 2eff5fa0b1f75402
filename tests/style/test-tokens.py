#!/usr/bin/env python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each scheme has every color, and whatever is read or seen stands out enough from what it stands on (WCAG 2.1)."""
import json, pathlib, re

SCHEMES = ("light", "dark", "hc", "hc-dark")
# 1.4.3 text 4.5:1, 1.4.11 graphics 3:1; high contrast asks 1.4.6 of text, 7:1.
LEAST = {"text": {"light": 4.5, "dark": 4.5, "hc": 7, "hc-dark": 7}, "graphic": dict.fromkeys(SCHEMES, 3)}

tokens = json.loads(pathlib.Path("data/tokens.json").read_text())
colors = tokens["color"]
results = []

def holds(statement, wrong):
    results.append(f"{'not ' if wrong else ''}ok {len(results) + 1} {statement}" + "".join(f"\n# {w}" for w in wrong))

def luminance(color):
    channels = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b

def ratio(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)

def too_weak(kind):
    for front, grounds in tokens["contrast"][kind].items():
        for ground in grounds:
            for scheme in SCHEMES:
                reached = ratio(colors[front][scheme], colors[ground][scheme])
                if reached < LEAST[kind][scheme]:
                    yield f"{scheme}: {front} on {ground} is {reached:.2f}:1, at least {LEAST[kind][scheme]}:1"

def unlisted_pairs():
    """Blocks of our CSS that set both colors of a text."""
    for path in sorted(pathlib.Path("resources/css").glob("*.css")):
        for block in re.findall(r"\{([^{}]*)\}", path.read_text()):
            ground = re.search(r"background-color: @gm_(\w+)", block)
            front = re.search(r"(?<![-\w])color: @gm_(\w+)", block)
            if ground and front and ground[1] not in tokens["contrast"]["text"].get(front[1], ()):
                yield f"{path}: {front[1]} on {ground[1]}"

holds("/tokens/every-scheme-has-every-color",
      [f"{name}: {sorted(values)}" for name, values in colors.items() if set(values) != set(SCHEMES)])
holds("/tokens/colors-are-opaque",
      [f"{name} {s}: {v}" for name, values in colors.items() for s, v in values.items()
       if not re.fullmatch(r"#[0-9A-F]{6}", v)])
holds("/tokens/libadwaita-names-point-to-ours",
      [f"{name}: {ours}" for name, ours in tokens["adwaita"].items() if ours not in colors])
holds("/tokens/every-text-color-says-where-it-may-stand",
      [name for name in colors if name not in tokens["contrast"]["text"]
       and re.match(r"text|on_|accent$|info$|caution$|danger$", name)])
holds("/tokens/text-is-readable", list(too_weak("text")))
holds("/tokens/graphics-are-visible", list(too_weak("graphic")))
holds("/tokens/css-pairs-only-what-was-measured", list(unlisted_pairs()))
print(f"1..{len(results)}", *results, sep="\n")
