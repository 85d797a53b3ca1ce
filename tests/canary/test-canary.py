# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""No value of a record is in what a run says or writes. Unique words and numbers are planted in a site's rows; then all
that the command printed and every file it left is searched for them, as text and as 64-bit integers and doubles.

The rows of a private run may hold one by chance: a number of 8 digits among 10^8 in 300 rows, 3e-6 a run."""

import json
import os
import pathlib
import random
import struct
import subprocess
import sys

import claims

COMMAND = os.path.abspath(sys.argv[1])
NUMBER, REAL, WORD = 48151623, 31415.92653, "zqxcanary"
SCHEMA = {"format": "genesis-schema/1", "missing": [], "columns": [
    {"name": "code", "type": "integer", "min": 0, "max": 99999999, "missing": False},
    {"name": "level", "type": "real", "min": 0, "max": 100000, "missing": False},
    {"name": "ward", "type": "category", "categories": ["east", "north", "west"],
     "missing": False},
], "excluded": []}
KEYFILE = """[pipeline]
generator={generator}
aggregator={aggregator}
seed=3
[aggregator]
{settings}
[schema]
file=schema.json
[site:a]
path=a.csv
min_samples=0
{budget}
[site:b]
path=b.csv
min_samples=0
{budget}
[output]
rows=300
synthetic=out/rows.csv
model=out/model.genesis
metadata=out/metadata.json
"""


def write_sites(folder, planted):
    """Two sites of 400 rows; planted: the rows that site b has besides."""
    made = random.Random(5)
    for name, more in (("a", []), ("b", planted)):
        rows = [f"{made.randrange(1000)},{made.random() * 100:.5f},{made.choice(['east', 'north', 'west'])}"
                for _ in range(400)]
        (folder / f"{name}.csv").write_text("code,level,ward\n" + "\n".join(rows + more) + "\n", encoding="utf-8")
    (folder / "schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")


def run(folder, *words):
    environment = dict(os.environ, HOME=str(folder), XDG_STATE_HOME=str(folder / "state"))
    return subprocess.run([COMMAND, *words], cwd=folder, env=environment, capture_output=True, check=False)


def search(folder, said, canaries):
    """Everything but the sites' own tables."""
    left = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name not in ("a.csv", "b.csv")}
    left.update({"standard output": said.stdout, "standard error": said.stderr})
    found = [f"{place}: {name}" for place, content in left.items() for name, canary in canaries.items()
             if canary in content]
    assert not found, found
    return left


def private_run(generator, budget):
    def case(where):
        folder = pathlib.Path(where)
        write_sites(folder, [f"{NUMBER},{REAL},west"])
        (folder / "run.ini").write_text(KEYFILE.format(generator=generator, aggregator="secure_dp", budget=budget,
                                                       settings="epsilon=1"), encoding="utf-8")
        said = run(folder, "run", "run.ini", "--json")
        assert said.returncode == 0, said.stderr
        left = search(folder, said, {
            "the number": str(NUMBER).encode(), "the real": str(REAL).encode(),
            "the integer": struct.pack("<q", NUMBER), "the double": struct.pack("<d", REAL),
            "a site's number of rows": b" 401,"})
        assert "out/metadata.json" in left and "out/model.genesis" in left and "run.ini.run/ledger.log" in left
        assert not [name for name in left if name.endswith(".part")], "exact sums are still there"
        assert any(name.startswith("state/") for name in left), "no ledger"
        assert any(b"secure_dp" in content for content in left.values()), "what is there is found"
    return case


def bad_cell(row):
    """A cell that cannot be read is told by its place."""
    def case(where):
        folder = pathlib.Path(where)
        write_sites(folder, [row])
        for aggregator, settings in (("fedavg", "min_sites=2"), ("secure_dp", "epsilon=1")):
            (folder / "run.ini").write_text(KEYFILE.format(generator="histogram", aggregator=aggregator, budget="",
                                                           settings=settings), encoding="utf-8")
            for words in (("run", "run.ini", "--fresh"), ("run", "run.ini", "--fresh", "--json"),
                          ("schema", "check", "schema.json", "b.csv"),
                          ("schema", "check", "schema.json", "b.csv", "--json")):
                said = run(folder, *words)
                search(folder, said, {"the word": WORD.encode(), "the number": str(NUMBER).encode()})
            assert said.returncode == 65, said
    return case


claims.run([
    ("/canary/private/gaussian_copula", private_run("gaussian_copula", "")),
    ("/canary/private/histogram", private_run("histogram", "")),
    ("/canary/private/with-a-ledger", private_run("histogram", "privacy_budget=2")),
    ("/canary/bad-cell/unknown-category", bad_cell(f"1,2,{WORD}")),
    ("/canary/bad-cell/no-number", bad_cell(f"{WORD},2,east")),
    ("/canary/bad-cell/outside", bad_cell(f"{NUMBER}00,2,east")),
    ("/canary/bad-cell/ragged", bad_cell(f"1,2,east,{WORD}")),
    ("/canary/bad-cell/open-quote", bad_cell(f"1,2,\"{WORD}")),
])
