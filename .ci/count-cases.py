# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts the cases of a meson testlog.json: TAP lines where a test prints them, else the test itself.

Prints each skipped and failed case, then "N skipped", then "N passed, N failed"; exits with 1 when anything failed."""

import json
import re
import sys

CASE = re.compile(r"^(not )?ok\b(?:\s+\d+)?\s*-?\s*(.*)$")
DIRECTIVE = re.compile(r"#\s*(skip|todo)\b\s*(.*)$", re.IGNORECASE)
GOOD = ("OK", "EXPECTEDFAIL")
BAD = ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS")


def cases_of(test):
    """(kind, text) of each TAP case; kind is passed, failed or skipped."""
    found = []
    for line in (test.get("stdout") or "").split("\n"):
        match = CASE.match(line)
        if match is None:
            continue
        directive = DIRECTIVE.search(line)
        if directive is not None:
            found.append(("skipped", match.group(2)))
        else:
            found.append(("failed" if match.group(1) else "passed", match.group(2)))
    return found


def judge(test):
    found = cases_of(test)
    name = f"{test['name']} ({test['result'].lower()})"
    if test["result"] == "SKIP" and not found:
        return [("skipped", name)]
    if test["result"] in BAD and not any(kind == "failed" for kind, _ in found):
        return found + [("failed", name)]
    if not found:
        return [("passed" if test["result"] in GOOD else "failed", name)]
    return found


def main(path):
    with open(path, encoding="utf-8") as file:
        tests = [json.loads(line) for line in file if line.strip()]
    cases = [(kind, f"{test['name']}: {text}") for test in tests for kind, text in judge(test)]
    count = {kind: sum(k == kind for k, _ in cases) for kind in ("passed", "failed", "skipped")}
    for kind in ("skipped", "failed"):
        for text in sorted(text for k, text in cases if k == kind):
            print(f"{kind}: {text}")
    print(f"{count['skipped']} skipped")
    print(f"{count['passed']} passed, {count['failed']} failed")
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
