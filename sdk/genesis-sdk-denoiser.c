/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-denoiser.h"

#include <math.h>

#include "genesis-sdk-memory.h"
#include "genesis-sdk-merge.h"
#include "genesis-sdk-noise.h"

#define SEEN_BEYOND 2.0

/* What a block says about the number of records, and the variance of that in cells. */
typedef struct
{
  double count, variance;
} witness;

static witness
hear_block (const genesis_abi_block *block, const uint32_t *ones, uint32_t i)
{
  const int64_t *data = block->data;
  double n_tables = ones != NULL ? ones[i - 1] : 1.0, sum = 0.0;

  for (uint64_t k = 0; k < block->n && data != NULL; k++)
    sum += (double)data[k];
  return (witness){ .count = ldexp (sum, -block->shift) / n_tables,
                    .variance = (double)block->n / (n_tables * n_tables) };
}

/* The mean of the counts of all records, and the root mean square of their deviations from it, each
   in cells. planned: the deviation of the noise in a cell. */
static void
estimate (genesis_sdk_denoiser *self, const genesis_abi_blocks *total, const uint32_t *ones,
          double rows, double rows_sd, double planned)
{
  double own = rows_sd / planned, weight = own > 0.0 ? 1.0 / (own * own) : 0.0;
  double sum = rows * weight, mean = rows, squares, seen;

  for (uint32_t i = 1; i < total->n && weight > 0.0; i++)
    {
      witness heard = hear_block (total->items[i], ones, i);

      sum += heard.count / heard.variance;
      weight += 1.0 / heard.variance;
      mean = sum / weight;
    }
  squares = own > 0.0 ? (rows - mean) * (rows - mean) / (own * own) : 0.0;
  for (uint32_t i = 1; i < total->n; i++)
    {
      witness heard = hear_block (total->items[i], ones, i);

      squares += (heard.count - mean) * (heard.count - mean) / heard.variance;
    }
  seen = sqrt (squares / (total->n - 1.0));
  self->rows = (int64_t)fmin (fmax (rint (mean), 1.0), 0x1p60);
  self->sd = seen > SEEN_BEYOND * planned ? seen : planned;
}

genesis_abi_status
genesis_sdk_denoiser_init (genesis_sdk_denoiser *self, const genesis_abi_host *host,
                           const genesis_abi_session *session, const genesis_abi_plan *plan,
                           const genesis_abi_blocks *total, const uint32_t *ones, double rows,
                           double merge_sd)
{
  uint64_t most = 1;

  for (uint32_t i = 1; i < total->n; i++)
    most = total->items[i]->n > most ? total->items[i]->n : most;
  self->host = host;
  self->merge_sd = merge_sd;
  self->cells = genesis_sdk_memory_scratch (host, most, sizeof *self->cells);
  self->sizes = genesis_sdk_memory_scratch (host, most, sizeof *self->sizes);
  self->first = genesis_sdk_memory_scratch (host, most, sizeof *self->first);
  self->counts = genesis_sdk_memory_scratch (host, most, sizeof *self->counts);
  if (self->cells == NULL || self->sizes == NULL || self->first == NULL || self->counts == NULL)
    return GENESIS_ABI_E_NOMEM;
  estimate (self, total, ones, rows, genesis_sdk_noise_get_sigma (session, plan, plan->specs[0]),
            genesis_sdk_noise_get_sigma (session, plan, plan->specs[1]));
  return GENESIS_ABI_OK;
}

static uint32_t
find_groups (genesis_sdk_denoiser *self, const int64_t *noisy, uint32_t n, int ordered)
{
  if (ordered)
    return genesis_sdk_merge_cells (n, noisy, self->merge_sd * self->sd, self->first);
  for (uint32_t i = 0; i < n; i++)
    self->first[i] = i;
  return n;
}

uint32_t
genesis_sdk_denoiser_clean (genesis_sdk_denoiser *self, const int64_t *noisy, uint32_t n,
                            int has_gaps, int ordered)
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

genesis_abi_status
genesis_sdk_denoiser_make_margin (genesis_sdk_denoiser *self, const genesis_sdk_column *column,
                                  const int64_t *noisy, genesis_sdk_margin *margin)
{
  int is_numeric = column->starts != NULL;
  uint32_t n =
      genesis_sdk_denoiser_clean (self, noisy, column->n_cells, column->gap >= 0, is_numeric);
  int64_t *starts = genesis_sdk_memory_scratch (self->host, is_numeric ? n : 0, sizeof *starts);

  if (starts == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t g = 0; g < n && is_numeric; g++)
    starts[g] = column->starts[self->first[g]];
  return genesis_sdk_margin_init (margin, self->host, column, starts, n, self->counts);
}
