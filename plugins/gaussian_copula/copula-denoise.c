/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-denoise.h"

#include <math.h>

#include "copula-margin.h"
#include "copula-noise.h"
#include "genesis-sdk-merge.h"

#define MERGE_SD    4.0
#define SEEN_BEYOND 2.0

static double
sum_block (const genesis_abi_block *block)
{
  const int64_t *data = block->data;
  double sum = 0.0;

  for (uint64_t i = 0; i < block->n && data != NULL; i++)
    sum += (double)data[i];
  return ldexp (sum, -block->shift);
}

/* The mean of the counts of all records, and the root mean square of their deviations from it, each
   in cells. */
static void
estimate (copula_denoiser *self, const genesis_abi_plan *plan, const genesis_abi_blocks *total,
          double rows)
{
  double planned = copula_noise_get_sigma (self->gen, plan, plan->specs[1]);
  double own = copula_noise_get_sigma (self->gen, plan, plan->specs[0]) / planned;
  double weight = own > 0.0 ? 1.0 / (own * own) : 0.0, sum = rows * weight, squares;
  double mean = rows, seen;

  for (uint32_t i = 1; i < total->n && weight > 0.0; i++)
    {
      sum += sum_block (total->items[i]) / (double)total->items[i]->n;
      weight += 1.0 / (double)total->items[i]->n;
      mean = sum / weight;
    }
  squares = own > 0.0 ? (rows - mean) * (rows - mean) / (own * own) : 0.0;
  for (uint32_t i = 1; i < total->n; i++)
    {
      double deviation = sum_block (total->items[i]) - mean;

      squares += deviation * deviation / (double)total->items[i]->n;
    }
  seen = sqrt (squares / (total->n - 1.0));
  self->rows = (int64_t)fmin (fmax (rint (mean), 1.0), 0x1p60);
  self->sd = seen > SEEN_BEYOND * planned ? seen : planned;
}

genesis_abi_status
copula_denoiser_init (copula_denoiser *self, const genesis_abi_gen *gen,
                      const genesis_abi_plan *plan, const genesis_abi_blocks *total, double rows)
{
  uint64_t most = 1;

  for (uint32_t i = 1; i < total->n; i++)
    most = total->items[i]->n > most ? total->items[i]->n : most;
  self->gen = gen;
  self->cells = copula_scratch (gen, most, sizeof *self->cells);
  self->sizes = copula_scratch (gen, most, sizeof *self->sizes);
  self->first = copula_scratch (gen, most, sizeof *self->first);
  self->counts = copula_scratch (gen, most, sizeof *self->counts);
  if (self->cells == NULL || self->sizes == NULL || self->first == NULL || self->counts == NULL)
    return GENESIS_ABI_E_NOMEM;
  estimate (self, plan, total, rows);
  return GENESIS_ABI_OK;
}

static uint32_t
find_groups (copula_denoiser *self, const int64_t *noisy, uint32_t n, int ordered)
{
  if (ordered)
    return genesis_sdk_merge_cells (n, noisy, MERGE_SD * self->sd, self->first);
  for (uint32_t i = 0; i < n; i++)
    self->first[i] = i;
  return n;
}

uint32_t
copula_denoiser_clean (copula_denoiser *self, const int64_t *noisy, uint32_t n, int has_gaps,
                       int ordered)
{
  uint32_t n_groups = find_groups (self, noisy, n, ordered);

  for (uint32_t g = 0; g < n_groups; g++)
    {
      uint32_t end = g + 1 < n_groups ? self->first[g + 1] : n;

      self->sizes[g] = end - self->first[g];
      self->counts[g] = 0;
      for (uint32_t i = self->first[g]; i < end; i++)
        self->counts[g] += noisy[i];
    }
  if (has_gaps)
    {
      self->sizes[n_groups] = 1;
      self->counts[n_groups] = noisy[n];
    }
  genesis_sdk_simplex_project (n_groups + (has_gaps != 0), self->counts, self->sizes, self->rows,
                               self->cells, self->counts);
  return n_groups;
}
