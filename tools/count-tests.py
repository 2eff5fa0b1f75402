#!/usr/bin/python3
# SPDX-FileCopyrightText: The GotMusic developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print 'N passed, N failed' over all subtests of the meson build folders given; fail if one failed or none ran."""
import collections, json, pathlib, re, sys
import xml.etree.ElementTree as xml

totals = collections.Counter()
failures = []

def subtests(logs):
    """{program: [its cases]}, for programs that speak TAP."""
    cases = collections.defaultdict(list)
    text = (logs / "testlog.junit.xml").read_text(errors="replace")
    text = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)  # meson copies what programs print
    for case in xml.fromstring(re.sub(r"^<\?xml.*?\?>", "", text)).iter("testcase"):
        if "." in case.get("classname"):
            cases[case.get("classname").split(".", 1)[1]].append(case)
    return cases

def outcome(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"

def count(folder):
    logs = folder / "meson-logs"
    cases = subtests(logs)
    before = len(failures)
    for line in (logs / "testlog.json").read_text().splitlines():
        test = json.loads(line)
        program = test["name"]
        whole = {"OK": "passed", "EXPECTEDFAIL": "passed", "SKIP": "skipped"}.get(test["result"], "failed")
        results = [(case.get("name"), outcome(case)) for case in cases[program]]
        # A crash, a leak or a timeout between two cases fails the program and none of its cases.
        if not results or whole == "failed" and not any(result == "failed" for _, result in results):
            results.append((test["result"].lower(), whole))
        for name, result in results:
            totals[result] += 1
            if result == "failed":
                failures.append(f"{folder.name}: {program}: {name}")
    if (logs / "testlog.status").read_text().strip() != "0" and len(failures) == before:
        totals["failed"] += 1
        failures.append(f"{folder.name}: meson test did not finish")

for name in sys.argv[1:]:
    count(pathlib.Path(name))
for name in failures:
    print("FAILED", name)
print(f"{totals['passed']} passed, {totals['failed']} failed"
      + (f", {totals['skipped']} skipped" if totals["skipped"] else ""))
sys.exit(0 if totals["passed"] and not totals["failed"] else 1)
