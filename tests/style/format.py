# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""clang-format decides, but for the public headers: their prototypes stand in columns by hand."""

import shutil
import subprocess
import sys

import tree

BY_HAND = "include/genesis/"


def check_format(root):
    paths = [p for p in tree.sources(root, (".c", ".h")) if not p.startswith(BY_HAND)]
    if not paths:
        return []
    done = subprocess.run(["clang-format", "--dry-run", "--Werror", "--style=file", *paths], cwd=root,
                          stderr=subprocess.PIPE, text=True, check=False)
    wrong = [line.split(":")[0] for line in done.stderr.split("\n") if ": error:" in line]
    return [f"{path}: clang-format -i changes {wrong.count(path)} places" for path in sorted(set(wrong))]


def check_lines(root):
    findings = []
    for path in tree.sources(root, (".c", ".h", ".py", ".sh", "meson.build", "quickstart", ".ci/run")):
        limit = 120 if path.startswith(BY_HAND) or not path.endswith((".c", ".h")) else 100
        for number, line in enumerate(tree.read(root, path).split("\n"), 1):
            if "\t" in line or line != line.rstrip() or ("\r" in line):
                findings.append(f"{path}:{number}: tab, carriage return or blank at the end of the line")
            if len(line) > limit and "plugin-abi" not in path:
                findings.append(f"{path}:{number}: {len(line)} columns, the limit is {limit}")
    return findings


CHECKS = [("format/clang-format-agrees", check_format), ("lines/no-tabs-no-long-lines", check_lines)]

if __name__ == "__main__":
    if shutil.which("clang-format") is None:
        print("1..0 # SKIP clang-format is not installed")
    else:
        tree.run(sys.argv[1], CHECKS)
