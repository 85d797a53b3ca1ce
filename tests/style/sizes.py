# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lengths of files and functions. Long files need a reason in long-files.txt; functions are reported."""

import re
import sys

import tree

LIMIT = 400
ALLOWED = "tests/style/long-files.txt"
LONG_FUNCTION = 60


def n_lines(root, path):
    return tree.read(root, path).count("\n")


def read_allowed(root):
    """{path: reason} of the lines "path: reason"."""
    try:
        lines = tree.read(root, ALLOWED).split("\n")
    except FileNotFoundError:
        return {}
    pairs = (line.split(":", 1) for line in lines if line.strip() and not line.startswith("#"))
    return {pair[0].strip(): (pair[1].strip() if len(pair) > 1 else "") for pair in pairs}


def check_files(root):
    allowed = read_allowed(root)
    long = {path: n_lines(root, path) for path in tree.sources(root, (".c", ".h", ".py"))}
    long = {path: n for path, n in long.items() if n > LIMIT}
    findings = [f"{path}: {n} lines; find the second noun, or give the reason in {ALLOWED}"
                for path, n in long.items() if not allowed.get(path)]
    findings += [f"{ALLOWED}: {path} is not over {LIMIT} lines any more" for path in allowed if path not in long]
    return findings


def functions(root, path):
    """(lines, name) of each function: from the brace in column 0 to its end, the name in the line above."""
    found = []
    lines = tree.code_only(tree.read(root, path)).split("\n")
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            head = "\n".join(lines[max(0, start - 12):start])
            names = re.findall(r"^(\w+) \(", head, re.MULTILINE)
            found.append((number - start + 1, names[-1] if names else "?"))
            start = None
    return found


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0


def report(root):
    """Diagnostics, no verdict: the reviewer's figures."""
    paths = [p for p in tree.sources(root, (".c",)) if not p.startswith("tests/")]
    sizes = [n_lines(root, p) for p in paths]
    lengths = [(n, name, p) for p in paths for n, name in functions(root, p)]
    counts = [n for n, _, _ in lengths]
    print(f"# {len(paths)} .c files outside tests: median {quantile(sizes, .5)} lines, p90 {quantile(sizes, .9)}")
    long = [entry for entry in lengths if entry[0] > LONG_FUNCTION]
    print(f"# {len(counts)} functions: median {quantile(counts, .5)} lines, p90 {quantile(counts, .9)}, "
          f"{len(long)} over {LONG_FUNCTION}")
    for n, name, path in sorted(long, reverse=True):
        print(f"# {path}: {name} has {n} lines")


CHECKS = [("files/over-400-lines-have-a-reason", check_files)]

if __name__ == "__main__":
    report(sys.argv[1])
    tree.run(sys.argv[1], CHECKS)
