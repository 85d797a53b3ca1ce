# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""genesis evaluate's boosted trees beside scikit-learn's, told apart over folds of their own: areas agree within .01.

Folds differ, so an area has a deviation of its own: at most sqrt ((2 n + 1) / 12) / n where rows are alike, .0046 for
n = 4,000 of each, and less where the tables differ. The seeds are fixed.

Takes the command."""

import csv
import gzip
import io
import json
import os
import pathlib
import subprocess
import sys
import warnings

import claims

os.environ["OMP_NUM_THREADS"] = "1"  # more threads than cores that are free wait for each other, busily
COMMAND = sys.argv[1]
MOST = 4000


def find_pair(name):
    data = os.environ.get("GENESIS_TEST_DATA")
    if not data:
        raise claims.Skip("GENESIS_TEST_DATA is not set")
    folder = pathlib.Path(data).parent / "reference/quality" / name
    if not folder.is_dir():
        raise claims.Skip("no reference tables beside GENESIS_TEST_DATA")
    return folder


def read(folder, name):
    """Header and the first rows; columns.tsv says which columns are numbers, and what is missing."""
    plain = folder / f"{name}.csv"
    if plain.exists():
        text = plain.read_text(encoding="utf-8")
    else:
        text = gzip.decompress(plain.with_name(f"{name}.csv.gz").read_bytes()).decode("utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return header, rows[:MOST]


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


def measure(folder, header, tables, marker):
    for name, rows in zip(("real", "synthetic"), tables):
        write(f"{folder}/{name}.csv", header, rows)
    schema = f"{folder}/schema.json"
    markers = ["--missing", marker] if marker else []
    subprocess.run([COMMAND, "schema", "infer", f"{folder}/real.csv", f"{folder}/synthetic.csv", "--out", schema,
                    *markers], check=True, capture_output=True)
    done = subprocess.run([COMMAND, "evaluate", f"{folder}/real.csv", f"{folder}/synthetic.csv", "--schema", schema,
                           "--json", "--quiet"], check=True, capture_output=True, text=True)
    kinds = {column["name"]: column["kind"] for column in json.loads(done.stdout)["columns"]}
    return json.loads(done.stdout)["detection"]["trees"]["value"], kinds


def encode(numpy, cells, is_number, marker):
    """Numbers as they are, the rest by rank of spelling, nan where nothing is."""
    missing = {"", marker}
    if is_number:
        return numpy.array([numpy.nan if cell in missing else float(cell) for cell in cells])
    ranks = {cell: rank for rank, cell in enumerate(sorted(set(cells) - missing))}
    return numpy.array([ranks.get(cell, numpy.nan) for cell in cells], dtype=float)


def oracle(header, tables, kinds, marker):
    try:
        import numpy
        from sklearn.ensemble import HistGradientBoostingClassifier
        from sklearn.metrics import roc_auc_score
        from sklearn.model_selection import StratifiedKFold
    except ImportError as problem:
        raise claims.Skip(f"python3-sklearn is not installed: {problem}") from problem
    warnings.simplefilter("ignore")
    least = min(map(len, tables))
    rows = [row for table in tables for row in table[:least]]
    cells = numpy.column_stack([encode(numpy, [row[i] for row in rows], kinds[name] == "number", marker)
                                for i, name in enumerate(header)])
    truth = numpy.repeat([0, 1], least)
    areas = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(cells, truth):
        model = HistGradientBoostingClassifier(max_iter=80, max_leaf_nodes=31, learning_rate=.1, random_state=0,
                                               early_stopping=False).fit(cells[train], truth[train])
        areas.append(roc_auc_score(truth[test], model.predict_proba(cells[test])[:, 1]))
    return sum(areas) / len(areas)


def agree(name, marker):
    def case(folder):
        pair = find_pair(name)
        header, real = read(pair, "real")
        other, synthetic = read(pair, "synthetic")
        synthetic = [[row[other.index(column)] for column in header] for row in synthetic]
        ours, kinds = measure(folder, header, (real, synthetic), marker)
        theirs = oracle(header, (real, synthetic), kinds, marker)
        print(f"# {name}: {ours:.4f}, scikit-learn {theirs:.4f}")
        assert abs(ours - theirs) < .01, (name, ours, theirs)
    return case


claims.run([
    ("detection/oracle/hearts-and-a-generator", agree("4_heart_sdv", "")),
    ("detection/oracle/bicycles-and-a-generator", agree("6_bike_sdv", "")),
    ("detection/oracle/adults-and-a-generator", agree("1_adult_sdv", "?")),
    ("detection/oracle/adults-and-adults", agree("3_adult_train_test", "?")),
])
