# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What privacy costs on a real table: gaussian_copula trained on Adult under noise, judged on rows it never saw.

Usage: adult_privacy.py NOISY_RUN SCHEMA [--long | --table]

The training rows of Adult are the private table, its test rows the judge, and the public schema says every bound and
category. For each epsilon (delta 1e-5; inf: a private session without a cap, so noise_scale .1) there are five noise
seeds, and figures are means over them. A synthetic table has as many rows as the private one.

Between epsilon 10 and none the noise costs less than the drawing of rows does: one table more or less holds the largest
of a heavy-tailed column, and the scores' bins follow it. There --long draws six tables from each model, scores their
rows together, and takes the workload error of each. --table prints the table of docs/PRIVACY.md in the same way. Seeds
are fixed: the outcome is the same in every run. Reads GENESIS_TEST_DATA.
"""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import claims  # noqa: E402  pylint: disable=wrong-import-position

try:
    import numpy as np
    import table_quality
except ImportError:
    print("1..0 # SKIP numpy is not installed")
    sys.exit(0)

DATA = os.environ.get("GENESIS_TEST_DATA")
NOISE_SEEDS = 5
MANY_DRAWS = 6


class Adult:
    """Figures by epsilon, each measured once."""

    def __init__(self, program, schema, draws):
        self.program, self.schema, self.draws = program, schema, draws
        self.numeric = table_quality.read_numeric(schema)
        self.reader = table_quality.Reader(self.numeric)
        self.train = os.path.join(DATA, "adult_train.csv")
        self.judge = self.reader.read(os.path.join(DATA, "adult_test.csv"))
        self.figures = {}

    def draw(self, epsilon, seed):
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, f"{draw}.csv") for draw in range(self.draws)]
            subprocess.run([self.program, self.schema, self.train, epsilon, str(seed), *paths], check=True,
                           stdout=subprocess.DEVNULL)
            return [self.reader.read(path) for path in paths]

    def score(self, tables):
        errors = [table_quality.workload_error(self.judge, table, self.numeric) for table in tables]
        return (*table_quality.overall(self.judge, table_quality.join(tables), self.numeric), np.mean(errors))

    def measure(self, epsilon):
        """overall, shapes, pairs, workload error."""
        if epsilon not in self.figures:
            seeds = range(1, 1 + (1 if epsilon == "exact" else NOISE_SEEDS))
            self.figures[epsilon] = np.mean([self.score(self.draw(epsilon, seed)) for seed in seeds], axis=0)
        return self.figures[epsilon]


def print_table(adult):
    print("| epsilon | workload error | overall | column shapes | pair trends |\n|---|---|---|---|---|")
    for epsilon in (".001", ".03", ".1", ".3", "1", "3", "10", "inf", "exact"):
        overall, shapes, pairs, error = adult.measure(epsilon)
        print(f"| {epsilon} | {error:.4f} | {overall:.4f} | {shapes:.4f} | {pairs:.4f} |", flush=True)


def main():
    if DATA is None:
        print("1..0 # SKIP GENESIS_TEST_DATA is not set")
        return
    is_long = len(sys.argv) > 3
    adult = Adult(sys.argv[1], sys.argv[2], MANY_DRAWS if is_long else 1)
    if "--table" in sys.argv:
        print_table(adult)
        return
    ladder = (".1", "1", "10", "inf") if is_long else (".1", "1", "10")

    def agrees_with_sdmetrics(_):
        # SDMetrics 0.29.1 on the training rows against the test rows, the former as the real ones
        train = adult.reader.read(adult.train)
        scores = table_quality.overall(train, adult.judge, adult.numeric)
        for have, want in zip(scores, (0.9880505986688327, 0.9939414654235695, 0.9821597319140959)):
            assert abs(have - want) < 1e-9, (have, want)

    def at_least(epsilon, bar):
        def case(_):
            overall = adult.measure(epsilon)[0]
            print(f"# epsilon {epsilon}: overall {overall:.4f}")
            assert overall >= bar, overall
        return case

    def useless(_):
        overall = adult.measure(".001")[0]
        print(f"# epsilon .001: overall {overall:.4f}")
        assert overall <= 0.75, overall

    def error_falls(_):
        errors = [adult.measure(epsilon)[3] for epsilon in ladder]
        print("# workload errors " + " ".join(f"{error:.5f}" for error in errors))
        assert all(after < before for before, after in zip(errors, errors[1:])), errors

    def overall_rises(_):
        scores = [adult.measure(epsilon)[0] for epsilon in ladder]
        print("# overall scores " + " ".join(f"{score:.5f}" for score in scores))
        assert all(after > before for before, after in zip(scores, scores[1:])), scores

    claims.run([
        ("/adult-privacy/oracle/agrees-with-sdmetrics", agrees_with_sdmetrics),
        ("/adult-privacy/epsilon-.001/is-visibly-useless", useless),
        ("/adult-privacy/epsilon-1/overall-at-least-.960", at_least("1", 0.960)),
        ("/adult-privacy/epsilon-10/overall-at-least-.963", at_least("10", 0.963)),
        ("/adult-privacy/workload-error/falls-with-epsilon", error_falls),
        ("/adult-privacy/overall/rises-with-epsilon", overall_rises),
    ])


main()
