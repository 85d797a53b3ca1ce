# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""codespell over everything that a person reads."""

import shutil
import subprocess
import sys

import tree

# Words of the domain that codespell takes for mistakes, and mistakes that a test makes on purpose.
KNOWN = "zar,infarction,gir,generater,agregator,hist,nd,ser,te,fo,ot,ba,inout,numer,sampl,wile,ons"


def check_spelling(root):
    read = (".c", ".h", ".in", ".py", ".md", ".build", ".txt", ".ini", "quickstart", "run")
    paths = [p for p in tree.sources(root, read)
             if not p.startswith("tests/data/") and "/corpus" not in p]
    if not paths:
        return []
    done = subprocess.run(["codespell", "--ignore-words-list", KNOWN, *paths], cwd=root, stdout=subprocess.PIPE,
                          text=True, check=False)
    return [line for line in done.stdout.split("\n") if "==>" in line]


CHECKS = [("spelling/codespell-finds-nothing", check_spelling)]

if __name__ == "__main__":
    if shutil.which("codespell") is None:
        print("1..0 # SKIP codespell is not installed")
    else:
        tree.run(sys.argv[1], CHECKS)
