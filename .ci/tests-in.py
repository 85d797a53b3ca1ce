# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Names of the tests of a build whose program lies in one of the given folders: tests-in.py BUILD FOLDER..."""

import json
import os
import subprocess
import sys


def main(build, folders):
    listing = subprocess.run(["meson", "introspect", "--tests", build], stdout=subprocess.PIPE, text=True, check=True)
    roots = [os.path.join(os.path.abspath(build), folder) + os.sep for folder in folders]
    names = sorted({test["name"] for test in json.loads(listing.stdout)
                    if test["cmd"] and test["cmd"][0].startswith(tuple(roots)) and "slow" not in test["suite"]})
    if not names:
        sys.exit(f"tests-in.py: no test of {build} lies in {' or '.join(folders)}")
    print("\n".join(names))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
