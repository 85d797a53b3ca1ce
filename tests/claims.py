# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Test cases in Python that speak TAP: a case is a function that raises when its claim does not hold."""

import sys
import tempfile
import traceback


class Skip(Exception):
    """A case that cannot be tried here, with the reason."""


def run(cases):
    """cases: (claim, function of an empty folder of its own). Exits with 1 when a claim does not hold."""
    failed = 0
    print(f"1..{len(cases)}")
    for number, (claim, case) in enumerate(cases, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                case(folder)
                print(f"ok {number} - {claim}", flush=True)
            except Skip as reason:
                print(f"ok {number} - {claim} # SKIP {reason}", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="")
                print(f"not ok {number} - {claim}", flush=True)
    sys.exit(1 if failed else 0)
