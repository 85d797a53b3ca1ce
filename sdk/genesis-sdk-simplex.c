/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-simplex.h"

#include <stdlib.h>

/* With the limits of the header sums of values stay below 2^81, sums of weights at most 2^33, and
   their product below 2^115. */
__extension__ typedef __int128 wide;

/* By falling value per weight, ties by index: a total order leaves qsort no choice. */
static int
compare_cells (const void *a, const void *b)
{
  const genesis_sdk_simplex_cell *x = a, *y = b;
  wide left = (wide)x->value * y->weight, right = (wide)y->value * x->weight;

  if (left != right)
    return left > right ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* tau = excess / weight of the cells that stay above it. */
typedef struct
{
  wide excess, weight;
} threshold;

static int
is_above (const threshold *tau, int64_t value, uint32_t weight)
{
  return (wide)value * tau->weight > tau->excess * weight;
}

static threshold
find_threshold (const genesis_sdk_simplex_cell *cells, uint32_t n, int64_t total)
{
  threshold found = { .weight = 0 }, tau = { .excess = -(wide)total, .weight = 0 };

  for (uint32_t i = 0; i < n; i++)
    {
      tau.excess += cells[i].value;
      tau.weight += cells[i].weight;
      if (!is_above (&tau, cells[i].value, cells[i].weight))
        break;
      found = tau;
    }
  return found;
}

static wide
divide_down (wide a, wide b)
{
  wide quotient = a / b;

  return quotient * b > a ? quotient - 1 : quotient;
}

void
genesis_sdk_simplex_project (uint32_t n, const int64_t *values, const uint32_t *weights,
                             int64_t total, genesis_sdk_simplex_cell *cells, int64_t *projected)
{
  wide weight = 0, taken = 0;
  threshold tau;

  for (uint32_t i = 0; i < n; i++)
    cells[i] = (genesis_sdk_simplex_cell){ .value = values[i],
                                           .weight = weights != NULL ? weights[i] : 1,
                                           .index = i };
  qsort (cells, n, sizeof *cells, compare_cells);
  tau = find_threshold (cells, n, total);
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t own = weights != NULL ? weights[i] : 1;
      wide after;

      if (tau.weight == 0 || !is_above (&tau, values[i], own))
        {
          projected[i] = 0;
          continue;
        }
      weight += own;
      after = divide_down (tau.excess * weight, tau.weight);
      projected[i] = (int64_t)(values[i] - (after - taken));
      taken = after;
    }
}
