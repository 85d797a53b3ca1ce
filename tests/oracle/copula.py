# SPDX-FileCopyrightText: 2026 The Genesis Federated authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""An independent solution of the equations behind gaussian_copula's correlations, with numpy and scipy.

Usage: copula.py PROGRAM [ARGUMENT...]

PROGRAM prints a trained state as JSON: {"columns": [{"name", "numeric"}], "grid": g, "blocks": {name: [numbers]}}. From
its margins, bins, scores and sums the latent correlation of every pair is solved for again, by another road than the
plugin's: the expected product of scores is a one-dimensional integral over x of s_i(x) E[s_j | x], Gauss-Legendre in
every bin, and scipy's brentq finds the root. The matrix before repair must agree to 1e-6. The repair is judged by its
definition: a correlation matrix, for which the sum of weight times squared move is no larger than what a dual
method with LAPACK finds. The weights come from standard errors that are solved for again.
"""

import json
import subprocess
import sys

try:
    import numpy as np
    from scipy.optimize import brentq
    from scipy.special import ndtr, ndtri
except ImportError:
    print("1..0 # SKIP numpy and scipy are not installed")
    sys.exit(0)

TOLERANCE = 1e-6
MODEL_ERROR = 0.03
NODES, WEIGHTS = np.polynomial.legendre.leggauss(6)
VALUE, INDICATOR, PATTERN = 0, 1, 2


class Step:
    """A step function of a standard normal: scores between cuts."""

    def __init__(self, counts, scores):
        counts = np.asarray(counts, dtype=float)
        keep = counts > 0
        self.p = counts[keep] / counts.sum()
        self.s = np.asarray(scores, dtype=float)[keep]
        below = np.concatenate([[0.0], np.cumsum(counts[keep])]) / counts.sum()
        self.cuts = ndtri(np.clip(below, 0.0, 1.0))
        self.mean = float(self.p @ self.s)
        self.variance = float(self.p @ (self.s - self.mean) ** 2)

    def nodes(self):
        """Places and weights of an integral over x against s(x) phi(x); no piece wider than a tenth."""
        edges = np.unique(np.concatenate([np.clip(self.cuts, -9.0, 9.0), np.linspace(-9.0, 9.0, 181)]))
        half, middle = np.diff(edges) / 2.0, (edges[1:] + edges[:-1]) / 2.0
        x = (middle[:, None] + half[:, None] * NODES).ravel()
        weight = (half[:, None] * WEIGHTS).ravel() * np.exp(-x * x / 2.0) / np.sqrt(2.0 * np.pi)
        score = self.s[np.searchsorted(self.cuts[1:-1], middle)]
        return x, weight * np.repeat(score, len(NODES))


def covariance(a, b, rho):
    """cov(s_a(X), s_b(Y)) for a bivariate normal pair."""
    x, weight = a.nodes()
    spread = np.sqrt(1.0 - rho * rho)
    inner = np.full_like(x, b.s[0])
    for step, cut in zip(np.diff(b.s), b.cuts[1:-1]):
        inner += step * ndtr((rho * x - cut) / spread)
    return float(weight @ inner) - a.mean * b.mean


def limit(a, b, side):
    """cov(s_a(U), s_b(U)), or of s_a(U) and s_b(1 - U): the quantile functions side by side."""
    p, s = (b.p, b.s) if side > 0 else (b.p[::-1], b.s[::-1])
    edges = np.unique(np.concatenate([[0.0], np.cumsum(a.p), np.cumsum(p)]))
    middle = (edges[1:] + edges[:-1]) / 2.0
    x = a.s[np.minimum(np.searchsorted(np.cumsum(a.p), middle), len(a.s) - 1)]
    y = s[np.minimum(np.searchsorted(np.cumsum(p), middle), len(s) - 1)]
    return float(np.diff(edges) @ (x * y)) - a.mean * b.mean


def solve(a, b, target):
    if len(a.s) < 2 or len(b.s) < 2:
        return 0.0
    # kept 1e-9 inside what the extremes give, where the root is lost in rounding
    target = min(max(target, limit(a, b, -1) + 1e-9), limit(a, b, 1) - 1e-9)
    low, high = covariance(a, b, -0.999), covariance(a, b, 0.999)
    if target >= high:
        return 0.999
    if target <= low:
        return -0.999
    return brentq(lambda rho: covariance(a, b, rho) - target, -0.999, 0.999, xtol=1e-11)


class State:
    def __init__(self, dump):
        self.blocks, self.columns = dump["blocks"], dump["columns"]
        self.quantum = 2.0 ** -dump["grid"]
        entries = np.asarray(self.blocks["latents"]).reshape(-1, 3)
        self.latents = [(int(kind), int(column), bool(gaps)) for kind, column, gaps in entries]
        self.rows = self.blocks["copula"][4]
        self.gaps = [i for i, latent in enumerate(self.latents) if latent[2]]
        used, self.steps = 0, []
        for kind, column, _ in self.latents:
            counts = self.counts(kind, column)
            scores = np.asarray(self.blocks["scores"][used:used + len(counts)]) * self.quantum
            used += len(counts)
            self.steps.append(Step(counts, scores))

    def counts(self, kind, column):
        if kind == PATTERN and "pattern-rows" in self.blocks:
            return self.blocks["pattern-rows"]
        if kind == PATTERN:
            of_cell = np.asarray(self.blocks["pattern-of-cell"])
            counts = np.zeros(of_cell.max() + 1)
            for cell, n in zip(of_cell, self.blocks["patterns"]):
                if cell >= 0:
                    counts[cell] += n
            return counts
        name = self.columns[column]["name"]
        present, missing = self.blocks["counts:" + name][:-1], self.blocks["counts:" + name][-1]
        if kind == INDICATOR:
            return [sum(present), missing]
        bins = self.blocks["bins:" + name]
        if not self.columns[column]["numeric"]:
            return [present[code] for code in bins]
        cells = self.blocks["cells:" + name][:len(present)]
        place = np.searchsorted(bins, cells, "right") - 1
        return np.bincount(np.maximum(place, 0), weights=present, minlength=len(bins))

    def target(self, i, j):
        """The covariance of scores over the rows where both are present, or None under 50 of them."""
        n = len(self.latents)
        product = self.blocks["products"][i * (2 * n - i - 1) // 2 + j - i - 1] * self.quantum ** 2
        common = self.common(i, j)
        if common < 50:
            return None
        return product / common - self.mean(i, j, common) * self.mean(j, i, common)

    def common(self, i, j):
        gaps = sorted(self.gaps.index(k) for k in (i, j) if k in self.gaps)
        if not gaps:
            return self.rows
        g, h = gaps[0], gaps[-1]
        return self.blocks["presence"][g * (2 * len(self.gaps) - g + 1) // 2 + h - g]

    def mean(self, i, other, common):
        for given in (other, i):
            if given in self.gaps:
                return self.blocks["means"][self.gaps.index(given) * len(self.latents) + i] * self.quantum / common
        return self.steps[i].mean

    def is_own_indicator(self, i, j):
        (kind, column, gaps), (other, other_column, _) = self.latents[i], self.latents[j]
        return kind == VALUE and gaps and (other == PATTERN or (other == INDICATOR and column == other_column))

    def error(self, i, j):
        """Half the way of the root between one standard error of the covariance below and one above; at most 1."""
        target = self.target(i, j)
        if target is None or self.is_own_indicator(i, j) or self.is_own_indicator(j, i):
            return 1.0
        a, b = self.steps[i], self.steps[j]
        sd = np.sqrt(a.variance * b.variance / self.common(i, j))
        return min(max((solve(a, b, target + sd) - solve(a, b, target - sd)) / 2.0, 0.0), 1.0)

    def weights(self):
        n = len(self.latents)
        errors = np.array([[self.error(min(i, j), max(i, j)) if i != j else 0.0 for i in range(n)] for j in range(n)])
        return 1.0 / (1.0 + (errors / MODEL_ERROR) ** 2)

    def correlation(self):
        n = len(self.latents)
        matrix = np.eye(n)
        for i in range(n):
            for j in range(i + 1, n):
                target = self.target(i, j)
                if target is None or self.is_own_indicator(i, j) or self.is_own_indicator(j, i):
                    continue
                matrix[i, j] = matrix[j, i] = solve(self.steps[i], self.steps[j], target)
        return matrix


def nearest(matrix, weights, fixed):
    """Proximal gradient with momentum on the dual: Z >= 0 gives X entry by entry, which must lie in the cone.

    The dual of min sum w (x - a)^2 / 2 over the cone: x = a + z / w off the diagonal, 1 on it, 0 where fixed.
    """
    n = len(matrix)
    free = ~fixed & ~np.eye(n, dtype=bool)
    rate = weights[free].min()
    z = ahead = np.zeros_like(matrix)
    momentum = 1.0

    def primal(z):
        x = np.where(free, matrix + z / weights, 0.0)
        np.fill_diagonal(x, 1.0)
        return x

    for _ in range(200000):
        values, vectors = np.linalg.eigh(ahead - rate * primal(ahead))
        following = (vectors * np.maximum(values, 0.0)) @ vectors.T
        if np.abs(following - ahead).max() < 1e-13:
            break
        if np.sum((ahead - following) * (following - z)) > 0.0:
            momentum = 1.0
        after = (1.0 + np.sqrt(1.0 + 4.0 * momentum ** 2)) / 2.0
        ahead = following + (momentum - 1.0) / after * (following - z)
        z, momentum = following, after
    return primal(z)


def main():
    dump = json.loads(subprocess.run(sys.argv[1:], check=True, stdout=subprocess.PIPE).stdout)
    state = State(dump)
    n = len(state.latents)
    raw = np.asarray(dump["blocks"]["latent-correlation"]).reshape(n, n)
    repaired = np.asarray(dump["blocks"]["correlation"]).reshape(n, n)
    away = np.abs(raw - state.correlation()).max()
    own = np.array([[bool(state.is_own_indicator(i, j)) for i in range(n)] for j in range(n)])
    fixed = own | own.T
    weights = state.weights()
    judged = nearest(raw, weights, fixed)

    def cost(matrix):
        return np.sqrt(np.sum(weights * (matrix - raw) ** 2))

    checks = [
        ("latents-are-several", n >= 3, f"{n} latents"),
        ("correlation-before-repair-equals-oracle", away < TOLERANCE, f"largest difference {away:.2e}"),
        ("repair-is-a-correlation", np.linalg.eigvalsh(repaired)[0] > 0.0 and (np.diag(repaired) == 1.0).all(), ""),
        ("repair-keeps-zeros", np.abs(repaired[fixed]).max(initial=0.0) < 1e-6, f"{fixed.sum()} entries"),
        ("repair-settles", dump["blocks"]["repair"][5] == 1.0, f"{dump['blocks']['repair'][3]} steps"),
        ("repair-is-nearest", cost(repaired) <= cost(judged) + 1e-5,
         f"{cost(repaired):.6f} against {cost(judged):.6f}"),
    ]
    print(f"1..{len(checks)}")
    for number, (name, good, note) in enumerate(checks, 1):
        print(f"{'ok' if good else 'not ok'} {number} /oracle/copula/{name}" + (f" # {note}" if note else ""))


main()
