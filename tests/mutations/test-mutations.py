# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each promise is broken on purpose, and a test has to notice.

usage: test-mutations.py SOURCE-ROOT SCRATCH [WORD]

The tree is copied to SCRATCH and built there; then one edit after the other is made, what it reaches is built, the
tests that are named for it are run until one fails, and the edit is taken back. WORD: only mistakes whose description
holds it.
"""

import json
import os
import shutil
import subprocess
import sys

import claims
import mutations
import tree

ROOT, SCRATCH = (os.path.abspath(path) for path in sys.argv[1:3])
WORD = sys.argv[3] if len(sys.argv) > 3 else ""
COPY, BUILD = os.path.join(SCRATCH, "source"), os.path.join(SCRATCH, "build")
OPTIONS = ("-Dintrospection=disabled", "-Dman=false")
PATIENCE = 300


def call(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-4000:]}{done.stderr[-2000:]}"
    return done.stdout


class Bench:
    """The copied tree, its build folder, and what meson knows of its tests."""

    def __init__(self):
        self.tests, self.targets = {}, {}

    def set_up(self):
        shutil.rmtree(SCRATCH, ignore_errors=True)
        for path in tree.sources(ROOT):
            os.makedirs(os.path.dirname(os.path.join(COPY, path)), exist_ok=True)
            shutil.copy2(os.path.join(ROOT, path), os.path.join(COPY, path))
        call("meson", "setup", *OPTIONS, BUILD, COPY)
        self.tests = {test["name"]: test for test in json.loads(call("meson", "introspect", BUILD, "--tests"))}
        self.targets = {target["id"]: target["filename"]
                        for target in json.loads(call("meson", "introspect", BUILD, "--targets"))}

    def build(self, names):
        files = {os.path.relpath(file, BUILD) for name in names
                 for id in self.tests[name]["depends"] for file in self.targets[id]}
        call("ninja", "-j2", "-C", BUILD, *sorted(files))

    def fails(self, name, words):
        test = self.tests[name]
        try:
            done = subprocess.run(test["cmd"] + words, env={**os.environ, **test["env"]}, cwd=BUILD, timeout=PATIENCE,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        except subprocess.TimeoutExpired:
            return True
        return done.returncode != 0


BENCH = Bench()


def split(test):
    name, *words = test.split(" ")
    return name, words


def check_sound(chosen):
    """Without a mistake all tests pass: else none of them could tell one."""

    def case(_folder):
        BENCH.set_up()
        tests = sorted({test for mutation in chosen for test in mutation[4:]})
        BENCH.build({split(test)[0] for test in tests})
        failed = [test for test in tests if BENCH.fails(*split(test))]
        assert not failed, failed

    return case


def check_noticed(file, old, new, *tests):
    def case(_folder):
        path = os.path.join(COPY, file)
        with open(path, encoding="utf-8") as source:
            right = source.read()
        assert right.count(old) == 1, f"{file}: the text to spoil occurs {right.count(old)} times; see mutations.py"
        try:
            with open(path, "w", encoding="utf-8") as source:
                source.write(right.replace(old, new))
            BENCH.build({split(test)[0] for test in tests})
            noticed = [test for test in tests if BENCH.fails(*split(test))][:1]
        finally:
            with open(path, "w", encoding="utf-8") as source:
                source.write(right)
        assert noticed, f"nothing of {', '.join(tests)} failed"

    return case


def main():
    chosen = [mutation for mutation in mutations.MUTATIONS if WORD in mutation[0]]
    cases = [("without a mistake all tests pass", check_sound(chosen))]
    cases += [(f"{what}: is noticed", check_noticed(*rest)) for what, *rest in chosen]
    try:
        claims.run(cases)
    finally:
        shutil.rmtree(SCRATCH, ignore_errors=True)


main()
