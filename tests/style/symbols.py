# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the shared objects export: libgenesis-1 its public header's functions, a plugin its entry alone."""

import re
import subprocess
import sys

import tree

DECLARED = re.compile(r"\b(genesis_\w+)\s*\(")
DECLARED_TYPE = re.compile(r"G_DECLARE_(?:FINAL_TYPE|DERIVABLE_TYPE|INTERFACE)\s*\(\s*\w+,\s*(genesis_\w+)")


def declared(root):
    names = set()
    for path in tree.sources(root, (".h",)):
        if path.startswith("include/genesis/genesis-"):
            code = tree.code_only(tree.read(root, path))
            names.update(DECLARED.findall(code))
            names.update(f"{stem}_get_type" for stem in DECLARED_TYPE.findall(code))
    return names


def exported(path):
    done = subprocess.run(["nm", "-D", "--defined-only", "--format=posix", path], stdout=subprocess.PIPE, text=True,
                          check=True)
    return {line.split()[0].split("@")[0] for line in done.stdout.split("\n") if line.strip()}


def judge_library(found, wanted):
    findings = [f"{name} is exported but stands in no public header" for name in sorted(found - wanted)]
    return findings + [f"{name} stands in a public header but is not exported" for name in sorted(wanted - found)]


def judge_plugin(name, found):
    extra = sorted(found - {"genesis_plugin_entry_v1"})
    return [f"{name} exports {symbol} beside its entry" for symbol in extra]


def main(root, library, plugins):
    tree.run(root, [
        ("library/exports-its-public-headers-and-no-more",
         lambda where: judge_library(exported(library), declared(where))),
        ("plugins/export-their-entry-alone",
         lambda where: [finding for path in plugins for finding in judge_plugin(path, exported(path))]),
    ])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
