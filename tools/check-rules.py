#!/usr/bin/env python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fail on what the house rules forbid and a pattern can see. A rule: which files, what pattern, what to say."""
import pathlib, re, subprocess, sys

WORDS = "gtk_label_new|gtk_label_set_(?:text|label)|gtk_button_(?:new_with_|set_)label|gtk_widget_set_tooltip_text|" \
        "gtk_window_set_title|gtk_menu_button_set_label|adw_toast_new|adw_\\w+_set_(?:title|subtitle|description|heading|body)|" \
        "g_menu_append|gtk_search_entry_set_placeholder_text"
RULES = [
    (r"src/(?!base/).*\.[ch]", r"\bg_(task_new|thread_(try_)?new|idle_add)\b", "only base/ starts threads: gm_worker_run()"),
    (r"src/.*\.[ch]", r"\bgoto\b", "g_autoptr and early returns instead of goto"),
    (r"src/.*\.[ch]", r"\b(strcpy|strcat|sprintf|vsprintf|gets|atoi|system)\s*\(", "has no limit or no error"),
    (r"src/ui/.*\.c", rf'\b(?:{WORDS}) \((?:(?!\b_ \(|")[^;])*"[^"]*[A-Za-z]{{2}}', "a person reads this: _ (\"…\")"),
    (r"src/.*\.ui", r'name="(label|title|subtitle|description|tooltip-text|placeholder-text|heading)">[^<]*[A-Za-z]{2}',
     'a person reads this: translatable="yes"'),
    (r"(src|tests|tools|contracts)/.*|README\.md|docs/.*", r"\b(TODO|FIXME|XXX(?!X)|HACK)\b(?!.*check-rules)",
     "an issue instead of a remark"),
    (r"(?!LICENSE).*", r"(?i)\blicence", "one spelling: license"),
]
# xgettext stops at a macro it does not know, and then nobody finds the translation.
CUT_OFF = re.compile(r'(?<!\w)[NC]?_ \((?:[^()"]|"(?:[^"\\]|\\.)*")*?G_\w+_FORMAT')
ALLOWED = ["GotMusic"]     # a line with one of these may stay as it is
SOURCES = r"(src|tests|tools|contracts)/.*\.(c|h|py|css|sh|sol|mjs)|tools/[\w-]+|\.ci/run"

bad = []
listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True)
if listed.returncode != 0:
    sys.exit(77)      # a release's tree is no repository: skipped
files = listed.stdout.split("\0")
for name in filter(None, files):
    path = pathlib.Path(name)
    if not path.is_file() or path.suffix in (".png", ".svg", ".bin") or "corpus" in path.parts:
        continue
    text = path.read_text(errors="replace")
    if name == "tools/check-rules.py":
        continue
    for which, pattern, say in RULES:
        if re.fullmatch(which, name):
            for n, line in enumerate(text.splitlines(), 1):
                found = re.search(pattern, line)
                if found and not any(word in line for word in ALLOWED):
                    bad.append(f"{name}:{n}: {found[0].strip()}: {say}")
    bad += [f"{name}:{text[:found.start()].count(chr(10)) + 1}: PRIi64 or %zu, which xgettext knows"
            for found in CUT_OFF.finditer(text) if path.suffix == ".c"]
    license_id = "MIT" if name.startswith("contracts/") else "GPL-3.0-or-later"
    if re.fullmatch(SOURCES, name) and f"SPDX-License-Identifier: {license_id}" not in text[:4000]:
        bad.append(f"{name}: no SPDX lines")
print(*bad, sep="\n", end="\n" if bad else "")
sys.exit(bool(bad))
