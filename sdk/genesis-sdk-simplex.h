/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdint.h>

/**
 * The nearest table of counts with a given total: of all y >= 0 whose sum is total, the one for
 * which
 *
 *   sum of (y_i - x_i)^2 / w_i
 *
 * is least, w_i being the variance of x_i up to a factor that does not matter. It is y_i = max (x_i
 * - tau w_i, 0) with one tau, found by sorting (Held, Wolfe, Crowder 1974, Mathematical Programming
 * 6, 62-88). The true counts are such a table themselves, so y is never farther from them than x.
 *
 * All in integers: what tau takes off is rounded down along the running sum of the weights, so
 * that the total is kept exactly and no cell is off by 1.
 */
#define GENESIS_SDK_SIMPLEX_MAX_CELLS  (1u << 17)
#define GENESIS_SDK_SIMPLEX_MAX_WEIGHT (1u << 16)

typedef struct
{
  int64_t value;
  uint32_t weight, index;
} genesis_sdk_simplex_cell;

/* values: any integers at all; weights: from 1 to MAX_WEIGHT, or NULL: all 1; n: from 1 to
   MAX_CELLS; total: at least 0. cells: workspace of n entries. projected: room for n, may be values
   itself. */
void genesis_sdk_simplex_project (uint32_t n, const int64_t *values, const uint32_t *weights,
                                  int64_t total, genesis_sdk_simplex_cell *cells,
                                  int64_t *projected);
