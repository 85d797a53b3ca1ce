# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""genesis simulate: its JSON and the published JSON Schema, its options and key file, its words and exit codes.

Takes the command and the source folder."""

import csv
import json
import os
import pathlib
import random
import subprocess
import sys

import claims

COMMAND, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
SCHEMA = json.loads((SOURCE / "docs/schema/genesis-simulation-1.schema.json").read_text(encoding="utf-8"))
ROWS = 900
HARD = ("--site-failure-rate", ".3", "--straggler-rate", ".3", "--deadline", "1.5", "--max-retries", "2")

try:
    import jsonschema
    VALIDATOR = getattr(jsonschema, "Draft202012Validator", None)
except ImportError:
    VALIDATOR = None


def run(*words, **options):
    words = [COMMAND, "simulate", *map(str, words)]
    return subprocess.run(words, capture_output=True, text=True, check=False, **options)


def simulate(*words):
    done = run(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def write(folder):
    """Rows of four wards, in which pressure follows age."""
    source = random.Random(5)
    path = pathlib.Path(folder) / "ward.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        to = csv.writer(file)
        to.writerow(["age", "pressure", "ward"])
        for _ in range(ROWS):
            age = source.randrange(20, 90)
            ward = source.choice(["north"] * 4 + ["east", "south", "?"])
            to.writerow([age, 80 + age // 2 + source.randrange(20), ward])
    return path


def check(document):
    if VALIDATOR is None:
        raise claims.Skip("python3-jsonschema (4.0 or later) is not installed")
    found = VALIDATOR(SCHEMA).iter_errors(document)
    faults = [f"{list(fault.absolute_path)}: {fault.message[:200]}" for fault in found]
    assert not faults, faults


def json_is_as_published(folder):
    path = write(folder)
    check(simulate(path, "--sites", 5))
    check(simulate(path, "--sites", 3, "--partition", "ward", *HARD))
    check(simulate(path, "--sites", 5, "--partition", "ward", "--alpha", ".2", "--out", f"{folder}/o.csv"))
    check(simulate(path, "--sites", 5, "--partition", "ward", "--alpha", "1", "--compare"))
    broken = simulate(path, "--sites", 5)
    broken["rounds"][0]["surprise"] = 1
    assert list(VALIDATOR(SCHEMA).iter_errors(broken))


def figures_agree(folder):
    """What rounds, attempts and log say of one another, from the JSON alone."""
    result = simulate(write(folder), "--sites", 8, "--partition", "ward", "--alpha", ".5", "--seed", 3, *HARD)
    sizes = {f"site-{number + 1}": size for number, size in enumerate(result["site_rows"])}
    assert sum(sizes.values()) == ROWS and min(sizes.values()) >= 1, sizes
    assert any(round["failed"] for round in result["rounds"]) and any(round["late"] for round in result["rounds"])
    for one in result["rounds"]:
        attempts = one["attempts"]
        assert one["samples_aggregated"] == sum(sizes[name] for name in one["sites"]), one
        assert len(one["sites"]) + len(one["skipped"]) == 8, one
        assert sum(attempt["answered"] for attempt in attempts) == len(one["sites"]), one
        assert sum(attempt["failed"] for attempt in attempts) == len(one["failed"]), one
        assert abs(sum(attempt["virtual_seconds"] for attempt in attempts) - one["virtual_seconds"]) < 1e-9
        assert len(attempts) <= 3 and attempts[0]["asked"] == 8, one
        for before, after in zip(attempts, attempts[1:]):
            assert after["asked"] == before["failed"] + before["late"], one
            assert before["virtual_seconds"] == 1.5, one
        answers = [entry for entry in result["log"] if entry["round"] == one["round"] and entry["event"] == "answered"]
        assert sorted(entry["site"] for entry in answers) == one["sites"]
        assert sum(entry["bytes"] for entry in answers) == one["bytes"]
    assert [entry["at"] for entry in result["log"]] == sorted(entry["at"] for entry in result["log"])


def seed_decides(folder):
    path = write(folder)
    words = (path, "--sites", 6, *HARD, "--json")
    one, again, other = run(*words), run(*words, "--threads", 3), run(*words, "--seed", 9)
    assert one.returncode == again.returncode == 0 and one.stdout == again.stdout
    assert one.stdout != other.stdout


def partition_changes_no_model(folder):
    result = simulate(write(folder), "--sites", 4, "--partition", "ward", "--compare", "--missing", "?")["comparison"]
    digests = {name: part["model_digest"] for name, part in result.items()}
    assert len(set(digests.values())) == 1, digests
    assert result["pooled"]["site_rows"] == [ROWS] and len(result["non_iid"]["site_rows"]) == 4
    assert result["iid"]["site_rows"] == [225] * 4 and result["non_iid"]["site_rows"] != [225] * 4


def table_is_drawn(folder):
    path = write(folder)
    result = simulate(path, "--sites", 4, "--rows", 123, "--out", f"{folder}/o.csv", "--missing", "?")
    with open(f"{folder}/o.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 123 == result["outputs"]["rows"]
    assert {row["ward"] for row in rows} <= {"north", "east", "south", "?", ""}
    assert .5 < result["final_quality"] <= 1, result["final_quality"]


def keyfile_is_the_same(folder):
    path = write(folder)
    keyfile = pathlib.Path(folder) / "ward.ini"
    keyfile.write_text("[pipeline]\nseed=4\n[schema]\nmissing=?\n[simulation]\ntable=ward.csv\nsites=5\n"
                       "partition=ward\nalpha=.4\nsite_failure_rate=.3\nstraggler_rate=.3\nstraggler_delay=3\n"
                       "deadline=2\nmax_retries=1\n[output]\nsynthetic=never.csv\nrows=5\n[site:real]\npath=no.csv\n",
                       encoding="utf-8")
    options = ("--sites", 5, "--partition", "ward", "--alpha", ".4", "--site-failure-rate", ".3",
               "--straggler-rate", ".3", "--straggler-delay", 3, "--deadline", 2, "--max-retries", 1,
               "--seed", 4, "--missing", "?")
    assert simulate(keyfile) == simulate(path, *options)
    assert simulate(keyfile, "--seed", 5)["simulation"]["seed"] == 5
    assert not os.path.exists(f"{folder}/never.csv")
    shown = subprocess.run([COMMAND, "config", "show", str(keyfile), "--json"], capture_output=True, text=True,
                           check=False)
    assert json.loads(shown.stdout)["simulation"]["sites"] == {"value": "5", "origin": "keyfile"}, shown.stderr


def score_under_privacy_is_not_private(folder):
    """And the refusals of a private run are those of a real one."""
    words = (write(folder), "--sites", 4, "--missing", "?", "--aggregator", "secure_dp",
             "--set", "aggregator.epsilon=2")
    result = simulate(*words)
    check(result)
    assert result["privacy"]["epsilon"] <= 2 and result["final_quality_note"].startswith("not private"), result
    assert "not private" in run(*words).stdout
    assert run(*words, "--site-failure-rate", "1").returncode == 75


def words_for_people(folder):
    path = write(folder)
    one = run(path, "--sites", 5, "--partition", "ward", "--alpha", ".4", *HARD)
    assert one.returncode == 0 and "5 sites, dirichlet by ward: " in one.stdout and "virtual s" in one.stdout, one
    both = run(path, "--sites", 4, "--partition", "ward", "--compare")
    assert both.returncode == 0 and "model is the pooled" in both.stdout, both
    assert both.stdout.splitlines()[-1].split()[-3:] == ["yes", "yes", "yes"], both.stdout
    assert run(path, "--sites", 4, "-q").stdout == ""


def wrong_words_are_refused(folder):
    path = write(folder)
    cases = [
        ((), 2, "no FILE"),
        ((path,), 78, "say how many with sites="),
        ((path, "--sites", "0"), 78, "not a whole number from 1"),
        ((path, "--sites", "5", "--partition", "ward"), 78, "column 'ward' has 4 distinct values for 5 sites"),
        ((path, "--sites", "5", "--partition", "wart"), 78, "did you mean 'ward'?"),
        ((path, "--sites", "901"), 78, "900 rows for 901 sites"),
        ((path, "--sites", "5", "--alpha", "1"), 78, "name the column with partition="),
        ((path, "--sites", "5", "--partition", "ward", "--alpha", "-1"), 78, "not a number above 0"),
        ((path, "--sites", "5", "--site-failure-rate", "1.1"), 78, "not a number from 0 to 1"),
        ((path, "--sites", "5", "--straggler-delay", ".5"), 78, "at least once as long"),
        ((path, "--sites", "5", "--rows", "7"), 78, "rows has no effect without a file"),
        ((path, "--sites", "5", "--strategy", "weighted"), 78, "rehearse another one"),
        ((path, "--sites", "5", "--compare"), 78, "needs sites that are unlike"),
        ((path, "--sites", "4", "--compare", "--partition", "ward", "--out", "o.csv"), 78, "writes no table"),
        ((path, "--sites", "5", "--site-failure-rate", "1"), 75, "0 of 5 sites"),
        ((path, "--sites", "5", "--min-sites", "6"), 75, "fewer than min_sites 6"),
        ((f"{folder}/absent.csv", "--sites", "5"), 66, "absent.csv"),
        ((path, "--site", "5"), 2, "did you mean '--sites'?"),
    ]
    silent = run(path, "--sites", "5", "--site-failure-rate", "1").stderr
    assert "gave no answer" in silent and "deadline" not in silent, silent
    for words, code, text in cases:
        done = run(*words)
        assert done.returncode == code and text in done.stderr and done.stdout == "", (words, done)


CASES = [
    ("/simulate/json/is-as-published", json_is_as_published),
    ("/simulate/json/figures-agree", figures_agree),
    ("/simulate/seed/decides-and-threads-do-not", seed_decides),
    ("/simulate/compare/partition-changes-no-model", partition_changes_no_model),
    ("/simulate/out/table-is-drawn", table_is_drawn),
    ("/simulate/keyfile/is-the-same-as-options", keyfile_is_the_same),
    ("/simulate/private/the-score-is-stamped", score_under_privacy_is_not_private),
    ("/simulate/words/for-people", words_for_people),
    ("/simulate/words/wrong-ones-are-refused", wrong_words_are_refused),
]

claims.run(CASES)
