# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The project's own files, C text without comments, and TAP output: what the style checks share."""

import os
import re
import sys

# Build folders, outputs and data lie beside the sources; these names are the sources.
FOLDERS = ("core", "plugins", "include", "sdk", "tests", "cli", "docs", "examples", "bench", ".ci")
TOP_FILES = ("meson.build", "meson_options.txt", "README.md", "NEWS.md", "quickstart", ".clang-format")

COMMENT_OR_STRING = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def sources(root, suffixes=None):
    """Paths relative to root, sorted; all files when suffixes is None."""
    found = [name for name in TOP_FILES if os.path.isfile(os.path.join(root, name))]
    for folder in FOLDERS:
        for where, names, files in os.walk(os.path.join(root, folder)):
            names[:] = [n for n in names if n not in ("__pycache__", "out") and not n.endswith(".run")]
            found += [os.path.relpath(os.path.join(where, f), root) for f in files]
    return sorted(f for f in found if suffixes is None or f.endswith(tuple(suffixes)))


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def is_text(root, path):
    with open(os.path.join(root, path), "rb") as file:
        return b"\0" not in file.read(65536)


def code_only(text):
    """The text with comments and the contents of strings blanked; line numbers stay."""

    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))

    return COMMENT_OR_STRING.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def run(root, checks):
    """checks: (claim, function of root giving findings). Prints TAP; the exit code says whether all hold."""
    bad = 0
    print(f"1..{len(checks)}")
    for number, (claim, check) in enumerate(checks, 1):
        findings = check(root)
        bad += bool(findings)
        for finding in findings:
            print(f"# {finding}")
        print(f"{'not ok' if findings else 'ok'} {number} - {claim}")
    sys.exit(1 if bad else 0)
