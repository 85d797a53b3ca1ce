# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Licence lines, names and words that a file must or must not have."""

import os
import re
import sys

import tree

SPDX = (re.compile(r"SPDX-FileCopyrightText: \d{4} The Genesis Federated authors"),
        re.compile(r"SPDX-License-Identifier: LGPL-2\.1-or-later"))
LICENSED = (".c", ".h", ".h.in", ".py", ".sh", "meson.build", "meson_options.txt", "quickstart", ".ci/run")

# This check's own files hold the words that it looks for.
OWN = ("tests/style/words.py", "tests/style/self-test.py")
FORBIDDEN = (
    (re.compile(r"(?<![\w.~}])/(?:work|home|root)/"), "a path of somebody's machine"),
    (re.compile(r"/tmp/b-"), "a path of somebody's machine"),
    (re.compile(r"\b[Ii]ssue\s+#?\d|(?:[Ff]ix\w*|[Cc]los\w*|[Ss]ee|in)\s+#\d+\b"), "an issue number"),
    (re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"), "a mark of unfinished work: finish it or refuse it"),
)
HOMELESS = re.compile(r"(^|[-_])(utils?|common|misc|helpers?|manager)([-_.]|$)")
HABITS = (
    (re.compile(r"\bgoto\b"), "no goto: return early"),
    (re.compile(r"(?<!\w)assert\s*\("), "g_assert* instead of assert: it stays in release builds"),
    (re.compile(r"(?<!\w)(?:gets|strtok|alloca|system)\s*\("), "an unsafe call"),
)
UNBOUNDED = (re.compile(r"(?<!\w)(?:strcpy|strcat|sprintf|vsprintf)\s*\("), "a call that writes without a bound")


def check_licence(root):
    findings = []
    for path in tree.sources(root, LICENSED):
        head = "\n".join(tree.read(root, path).split("\n")[:4])
        if not all(pattern.search(head) for pattern in SPDX):
            findings.append(f"{path}: begin with the two SPDX lines")
    return findings


def check_words(root):
    findings = []
    for path in tree.sources(root):
        if path in OWN or path.startswith("tests/data/") or "/corpus" in path or not tree.is_text(root, path):
            continue
        for number, line in enumerate(tree.read(root, path).split("\n"), 1):
            findings += [f"{path}:{number}: {why}" for pattern, why in FORBIDDEN if pattern.search(line)]
    return findings


def check_names(root):
    return [f"{path}: a file is named after the noun it holds" for path in tree.sources(root)
            if HOMELESS.search(os.path.basename(path))]


def check_habits(root):
    findings = []
    for path in tree.sources(root, (".c", ".h")):
        code = tree.code_only(tree.read(root, path))
        habits = HABITS if path.startswith("tests/") else (*HABITS, UNBOUNDED)
        for pattern, why in habits:
            findings += [f"{path}:{tree.line_of(code, m.start())}: {why}" for m in pattern.finditer(code)]
    return findings


def check_config(root):
    """config.h holds feature macros, so it comes before every other header."""
    findings = []
    for path in tree.sources(root, (".c",)):
        if path.split("/")[0] in ("core", "cli"):
            first = re.search(r'^#include\s+(.*)$', tree.read(root, path), re.MULTILINE)
            if first is None or first.group(1).strip() != '"config.h"':
                findings.append(f"{path}: include \"config.h\" first")
    return findings


CHECKS = [
    ("licence/every-source-names-it", check_licence),
    ("words/no-machine-no-issue-no-unfinished", check_words),
    ("names/one-noun-a-file", check_names),
    ("habits/no-goto-no-assert-no-unsafe-call", check_habits),
    ("config/comes-first", check_config),
]

if __name__ == "__main__":
    tree.run(sys.argv[1], CHECKS)
