# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The examples do what the README says: test-examples.py HOSPITALS EMBED GENESIS SOURCE REHEARSAL, TAP on output."""

import csv
import json
import os
import shutil
import subprocess
import sys

import claims

HOSPITALS, EMBED, GENESIS, SOURCE, REHEARSAL = sys.argv[1:6]
ROWS = {"northgate": 3200, "riverside": 1400, "hillview": 700, "islands": 260}
LABS = ("crp", "troponin", "potassium", "ldl", "ferritin")


def run(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, **options)
    assert done.returncode == 0, f"{command[0]} gave {done.returncode}: {done.stderr[-600:]}"
    return done.stdout


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def hospitals_in(folder, seed="1"):
    run(HOSPITALS, "--seed", seed, folder)
    return [os.path.join(folder, f"{name}.csv") for name in ROWS]


def same_seed_gives_same_bytes(folder):
    pairs = zip(hospitals_in(f"{folder}/a"), hospitals_in(f"{folder}/b"), hospitals_in(f"{folder}/c", "2"))
    for one, again, other in pairs:
        assert read_bytes(one) == read_bytes(again), one
        assert read_bytes(one) != read_bytes(other), one


def hospitals_differ_as_described(folder):
    tables = {name: table(path) for name, path in zip(ROWS, hospitals_in(folder))}
    assert {name: len(rows) for name, rows in tables.items()} == ROWS
    assert all(18 <= float(row["age"]) <= 99 for rows in tables.values() for row in rows)
    assert all(row["age"].endswith(".0") for row in tables["riverside"])
    assert not any("." in row["age"] for row in tables["northgate"])
    assert all(row["ferritin"] == "" for row in tables["hillview"])
    together = sum(all(row[lab] == "?" for lab in LABS) for row in tables["islands"]) / ROWS["islands"]
    assert .22 < together < .48, together
    zeros = sum(row["troponin"] == "0.000" for row in tables["northgate"]) / ROWS["northgate"]
    assert .5 < zeros < .85, zeros


def judge_synthetic(path, n_rows):
    rows = table(path)
    real = table(os.path.join(os.path.dirname(path), "northgate.csv"))
    assert len(rows) == n_rows, len(rows)
    assert list(rows[0]) == list(real[0]), list(rows[0])
    for column in ("department", "sex", "smoker"):
        extra = {row[column] for row in rows} - {row[column] for row in real} - {"", "?"}
        assert not extra, (column, extra)
    ages = [int(row["age"]) for row in rows]
    assert 18 <= min(ages) and max(ages) <= 99, (min(ages), max(ages))
    infarctions = [float(row["troponin"]) for row in rows
                   if row["diagnosis"] == "myocardial infarction" and row["troponin"] not in ("", "?")]
    others = [float(row["troponin"]) for row in rows
              if row["diagnosis"] == "other" and row["troponin"] not in ("", "?")]
    assert infarctions and others
    # The dependence must have come through: by construction no infarction lies below the others' mean.
    assert sum(infarctions) / len(infarctions) > sum(others) / len(others)


def embed_in_c(folder):
    paths = hospitals_in(folder)
    run(EMBED, f"{folder}/out.csv", *paths)
    judge_synthetic(f"{folder}/out.csv", 1000)


def rehearsal_in_c(folder):
    lines = run(REHEARSAL, hospitals_in(folder)[0], "department").splitlines()
    rounds = [line for line in lines if line.startswith("round ")]
    assert lines[0] == "=== IID scenario ===" and "=== Non-IID scenario ===" in lines, lines
    assert len(rounds) >= 4 and all("aggregated 3200 samples" in line for line in rounds), rounds
    scores = [float(line.split()[1]) for line in lines if line.startswith("quality: ")]
    assert len(scores) == 2 and all(.8 < score <= 1 for score in scores), scores
    assert lines[-2:] == ["1000 synthetic rows drawn", "ready for production deployment"], lines


def embed_in_python(folder):
    try:
        run("/usr/bin/python3", "-c", "import gi; gi.require_version('Genesis', '1')")
    except (AssertionError, FileNotFoundError) as problem:
        raise claims.Skip("no Python with gi, or no typelib in this build") from problem
    paths = hospitals_in(folder)
    out = run("/usr/bin/python3", f"{SOURCE}/examples/embed.py", f"{folder}/out.csv", *paths)
    assert "4 sites, 5560 rows" in out, out
    judge_synthetic(f"{folder}/out.csv", 1000)


def lay_out(folder, keyfile):
    os.makedirs(f"{folder}/examples")
    return shutil.copy(f"{SOURCE}/examples/{keyfile}", f"{folder}/examples")


def keyfile_runs(folder):
    keyfile = lay_out(folder, "hospitals.ini")
    hospitals_in(f"{folder}/out/hospitals")
    first = json.loads(run(GENESIS, "run", keyfile, "--json"))
    assert first["n_sites"] == 4 and first["total_samples"] == 5560, first
    again = json.loads(run(GENESIS, "run", keyfile, "--json", "--fresh"))
    assert again["model_digest"] == first["model_digest"]
    shutil.copy(f"{folder}/out/synthetic.csv", f"{folder}/out/hospitals/synthetic.csv")
    judge_synthetic(f"{folder}/out/hospitals/synthetic.csv", 5000)
    assert os.path.getsize(f"{folder}/out/hospitals.genesis") > 0
    json.loads(read_bytes(f"{folder}/out/metadata.json"))


def deal(rows, n_sites, folder):
    """The rows as n_sites files and a keyfile over them; every n_sites-th row in turn, so that hospitals are mixed."""
    os.makedirs(folder)
    keyfile = ["[pipeline]\nseed=42\n[schema]\nmissing=?\n"]
    for site in range(n_sites):
        with open(f"{folder}/{site}.csv", "w", encoding="utf-8") as file:
            file.writelines([rows[0]] + rows[1:][site::n_sites])
        keyfile.append(f"[site:s{site:04}]\npath={site}.csv\nmin_samples=1\n")
    with open(f"{folder}/run.ini", "w", encoding="utf-8") as file:
        file.writelines(keyfile)
    return f"{folder}/run.ini"


def digest_is_that_of_the_pooled_rows(folder):
    """As four hospitals, one table, 3, 7 and 200 sites, with 1, 2 and 7 threads: one digest."""
    keyfile = lay_out(folder, "hospitals.ini")
    rows = []
    for path in hospitals_in(f"{folder}/out/hospitals"):
        with open(path, encoding="utf-8") as file:
            lines = file.readlines()
        rows += lines if not rows else lines[1:]
    digests = {json.loads(run(GENESIS, "run", keyfile, "--json"))["model_digest"]}
    for n_sites in (1, 3, 7, 200):
        dealt = deal(rows, n_sites, f"{folder}/dealt-{n_sites}")
        for threads in ("1", "2", "7") if n_sites < 200 else ("2",):
            result = run(GENESIS, "run", dealt, "--fresh", "--threads", threads, "--json")
            digests.add(json.loads(result)["model_digest"])
    assert len(digests) == 1, digests


def heart_keyfile_runs(folder):
    data = os.environ.get("GENESIS_TEST_DATA")
    if not data:
        raise claims.Skip("GENESIS_TEST_DATA is not set")
    keyfile = lay_out(folder, "heart.ini")
    os.makedirs(f"{folder}/data")
    for site in ("cleveland", "hungarian", "switzerland", "va"):
        shutil.copy(f"{data}/heart_disease/heart_{site}.csv", f"{folder}/data")
    result = json.loads(run(GENESIS, "run", keyfile, "--json"))
    assert result["n_sites"] == 4 and result["total_samples"] == 920, result
    rows = table(f"{folder}/out/heart-synthetic.csv")
    assert len(rows) == 920 and all("." not in row["age"] for row in rows)


def schema_reads_a_pipe(folder):
    path = hospitals_in(folder)[0]
    text = read_bytes(path).decode("utf-8")
    drafted = run(GENESIS, "schema", "infer", "-", "--missing", "?", input=text)
    assert json.loads(drafted) == json.loads(run(GENESIS, "schema", "infer", path, "--missing", "?"))
    with open(f"{folder}/s.json", "w", encoding="utf-8") as file:
        file.write(drafted)
    checked = run(GENESIS, "schema", "check", f"{folder}/s.json", "-", input=text)
    assert f"{ROWS['northgate']} rows, fits" in checked, checked


CASES = [
    ("/hospitals/seed/same-seed-same-bytes", same_seed_gives_same_bytes),
    ("/hospitals/populations/differ-as-described", hospitals_differ_as_described),
    ("/schema/pipe/drafted-and-checked-as-the-file", schema_reads_a_pipe),
    ("/embed/c/five-calls-give-a-table", embed_in_c),
    ("/rehearsal/c/iid-against-non-iid", rehearsal_in_c),
    ("/embed/python/five-calls-give-a-table", embed_in_python),
    ("/keyfile/hospitals/runs-and-repeats", keyfile_runs),
    ("/keyfile/hospitals/digest-is-that-of-the-pooled-rows", digest_is_that_of_the_pooled_rows),
    ("/keyfile/heart/runs-on-four-real-hospitals", heart_keyfile_runs),
]

claims.run(CASES)
