/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-dealer.h"

#include "genesis-sdk-memory.h"

#define GUIDES_MAX 16384u

genesis_abi_status
genesis_sdk_dealer_init (genesis_sdk_dealer *self, const genesis_abi_host *host,
                         const int64_t *counts, const int64_t *order, uint32_t n_cells)
{
  uint32_t n_guides = 2 * n_cells < GUIDES_MAX ? 2 * n_cells + 1 : GUIDES_MAX;
  double *sums = genesis_sdk_memory_scratch (host, (uint64_t)n_cells + 1, sizeof *sums);
  uint32_t *guides = genesis_sdk_memory_scratch (host, (uint64_t)n_guides + 1, sizeof *guides);
  uint32_t cell = 0;

  if (sums == NULL || guides == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t i = 0; i < n_cells; i++)
    sums[i + 1] = sums[i] + (double)counts[order != NULL ? order[i] : i];
  self->n_cells = n_cells;
  self->n_guides = n_guides;
  self->total = sums[n_cells];
  self->sums = sums;
  self->guides = guides;
  /* rounding of u * n_guides must not begin behind the cell: one guide earlier is always safe */
  for (uint32_t g = 0; g <= n_guides; g++)
    {
      double from = g > 0 ? (g - 1.0) / n_guides * self->total : 0.0;

      while (cell + 1 < n_cells && sums[cell + 1] <= from)
        cell++;
      guides[g] = cell;
    }
  return GENESIS_ABI_OK;
}
