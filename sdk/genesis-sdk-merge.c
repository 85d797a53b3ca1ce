/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-merge.h"

#include <math.h>

/* Cuts the run [from, to) of cells that hold too little alone; returns the groups so far. */
static uint32_t
cut_run (const int64_t *counts, uint32_t from, uint32_t to, double limit, uint32_t *first,
         uint32_t n_groups)
{
  uint32_t begin = n_groups, start = from;
  double held = 0.0;

  for (uint32_t i = from; i < to; i++)
    {
      held += (double)counts[i];
      if (held < limit * sqrt (i + 1.0 - start))
        continue;
      first[n_groups++] = start;
      start = i + 1;
      held = 0.0;
    }
  if (start < to && n_groups == begin)
    first[n_groups++] = start;
  return n_groups;
}

uint32_t
genesis_sdk_merge_cells (uint32_t n, const int64_t *counts, double limit, uint32_t *first)
{
  uint32_t n_groups = 0, start = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      if ((double)counts[i] < limit)
        continue;
      n_groups = cut_run (counts, start, i, limit, first, n_groups);
      first[n_groups++] = i;
      start = i + 1;
    }
  return cut_run (counts, start, n, limit, first, n_groups);
}
