/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdint.h>

/**
 * Public cells of a column of integers in [lo, hi]: they depend on the schema alone, so every site
 * computes the same ones before anything was asked.
 *
 * A range of at most max_cells units gets one cell a unit. A wider one gets cells of equal width in
 * asinh ((value + origin) / 64), which spends them evenly on orders of magnitude around zero; a
 * range that lies far from zero compared with its width, where asinh is straight, gets cells of
 * equal width. exp and log are fixed-order code of our own: the edges do not depend on the C
 * library.
 *
 * origin: where the column's zero lies, so that value + origin is the distance from zero in units.
 * starts: room for max_cells entries. Returns the number of cells, at least 1; cell i is
 * [starts[i], starts[i + 1]), the last one ends at hi, inclusive. lo <= hi, 1 <= max_cells <= 2^20.
 */
uint32_t genesis_sdk_cells_make (int64_t lo, int64_t hi, double origin, uint32_t max_cells,
                                 int64_t *starts);

/* Fixed-order exp and asinh, relative error below 1e-14 on the range that cells need (|x| < 45). */
double genesis_sdk_exp (double x);
double genesis_sdk_asinh (double x);
