# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How near a synthetic table is to a real one, with numpy alone: the SDMetrics scores and the workload error.

overall (real, synthetic): the mean of Column Shapes (KSComplement for numbers, TVComplement for the rest) and Column
Pair Trends over all pairs (correlation similarity for two numbers, contingency similarity otherwise, numbers cut into
10 equal-width bins of each table's own range, the maximum and missing numbers in an eleventh).

workload_error (judge, synthetic): the mean over all pairs of columns of half the L1 distance between the two pair
tables, on both sides as many rows as the smaller table has; numbers in 20 equal-depth bins of the judge, missing cells
and each category a cell of their own.
"""

import csv
import gzip
import json

import numpy as np


class Table:
    """Columns by name: float64 with nan for missing, or codes of `levels`, 0 for missing."""

    def __init__(self, columns, n_rows):
        self.columns, self.n_rows = columns, n_rows

    def take(self, rows):
        return Table({name: column[rows] for name, column in self.columns.items()}, len(rows))


def join(tables):
    """One below the other."""
    return Table({name: np.concatenate([table.columns[name] for table in tables]) for name in tables[0].columns},
                 sum(table.n_rows for table in tables))


class Reader:
    """Reads tables of one shape: codes mean the same in all of them."""

    def __init__(self, numeric, missing=("", "?")):
        self.numeric, self.missing, self.levels = dict(numeric), set(missing), {}

    def read(self, path):
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", newline="", encoding="utf-8") as stream:
            rows = csv.reader(stream)
            names = next(rows)
            cells = list(zip(*(row for row in rows if row)))
        columns = {}
        for name, column in zip(names, cells):
            if self.numeric[name]:
                columns[name] = np.array([np.nan if cell in self.missing else float(cell) for cell in column])
            else:
                levels = self.levels.setdefault(name, {})
                columns[name] = np.array([0 if cell in self.missing else levels.setdefault(cell, len(levels) + 1)
                                          for cell in column])
        return Table(columns, len(cells[0]))


def read_numeric(schema):
    """Which columns of a schema file are numbers."""
    with open(schema, encoding="utf-8") as stream:
        columns = json.load(stream)["columns"]
    return {column["name"]: column["type"] not in ("category", "boolean") for column in columns}


def half_l1(p, q):
    n = max(len(p), len(q))
    return 0.5 * np.abs(np.pad(p, (0, n - len(p))) - np.pad(q, (0, n - len(q)))).sum()


def shares(codes, n):
    return np.bincount(codes) / n


def shape_of_numbers(real, synthetic):
    a, b = (np.sort(x[~np.isnan(x)]) for x in (real, synthetic))
    at = np.unique(np.concatenate([a, b]))
    return 1.0 - np.abs(np.searchsorted(a, at, "right") / len(a) - np.searchsorted(b, at, "right") / len(b)).max()


def shape_of_levels(real, synthetic):
    a, b = real[real > 0], synthetic[synthetic > 0]
    return 1.0 - half_l1(shares(a, len(a)), shares(b, len(b)))


def ten_bins(x):
    """1 to 10 by the column's own range, the maximum and missing cells in 11."""
    low, high = np.nanmin(x), np.nanmax(x)
    if low == high:
        low, high = low - 0.5, high + 0.5
    edges = low + np.arange(11) * ((high - low) / 10)
    edges[-1] = high
    return np.where(np.isnan(x), 11, np.searchsorted(edges, x, "right"))


def correlation(x, y):
    both = ~np.isnan(x) & ~np.isnan(y)
    with np.errstate(invalid="ignore"):  # a constant column has none: nan
        return np.corrcoef(x[both], y[both])[0, 1]


def overall(real, synthetic, numeric):
    names = list(real.columns)
    shapes, pairs, cut = [], [], {}
    for name in names:
        a, b = real.columns[name], synthetic.columns[name]
        shapes.append((shape_of_numbers if numeric[name] else shape_of_levels)(a, b))
        cut[name] = (ten_bins(a), ten_bins(b)) if numeric[name] else (a, b)
    for i, x in enumerate(names):
        for y in names[i + 1:]:
            if numeric[x] and numeric[y]:
                away = correlation(real.columns[x], real.columns[y]) \
                    - correlation(synthetic.columns[x], synthetic.columns[y])
                pairs.append(1.0 - abs(away) / 2.0)
                continue
            wide = 1 + max(cut[y][0].max(), cut[y][1].max())
            pairs.append(1.0 - half_l1(shares(cut[x][0] * wide + cut[y][0], real.n_rows),
                                       shares(cut[x][1] * wide + cut[y][1], synthetic.n_rows)))
    # a pair without a correlation counts for nothing
    return (np.mean(shapes) + np.nanmean(pairs)) / 2.0, np.mean(shapes), np.nanmean(pairs)


def workload_error(judge, synthetic, numeric, seed=0):
    n = min(judge.n_rows, synthetic.n_rows)
    random = np.random.default_rng(seed)
    edges = {name: np.unique(np.nanquantile(judge.columns[name], np.arange(1, 20) / 20))
             for name in judge.columns if numeric[name]}
    tables = []
    for table in (judge, synthetic):
        if table.n_rows > n:
            table = table.take(np.sort(random.choice(table.n_rows, n, replace=False)))
        tables.append({name: np.where(np.isnan(x), 0, 1 + np.searchsorted(edges[name], x, "right"))
                       if numeric[name] else x for name, x in table.columns.items()})
    errors = []
    names = list(judge.columns)
    for i, x in enumerate(names):
        for y in names[i + 1:]:
            wide = 1 + max(tables[0][y].max(), tables[1][y].max())
            errors.append(half_l1(shares(tables[0][x] * wide + tables[0][y], n),
                                  shares(tables[1][x] * wide + tables[1][y], n)))
    return float(np.mean(errors))
