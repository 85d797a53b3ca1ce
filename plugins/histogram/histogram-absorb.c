/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "genesis-sdk-denoiser.h"
#include "genesis-sdk-fail.h"
#include "genesis-sdk-noise.h"
#include "genesis-sdk-rows.h"

#include "histogram-state.h"

/**
 * absorber: a total on its way into a state, column by column.
 */
typedef struct
{
  const genesis_abi_gen *gen;
  const genesis_abi_blocks *total;
  double rows; /* of the block "rows" */
  genesis_sdk_denoiser denoiser;
  histogram_state next;
} absorber;

static uint32_t
count_tables (const genesis_abi_gen *gen, uint32_t block)
{
  uint64_t first = (uint64_t)(block - 1) * gen->columns_per_block;
  uint64_t left = gen->n_columns - first;

  return left < gen->columns_per_block ? (uint32_t)left : gen->columns_per_block;
}

static genesis_abi_status
init_denoiser (absorber *self, const genesis_abi_plan *plan)
{
  const genesis_abi_gen *gen = self->gen;
  uint32_t *tables = histogram_scratch (gen, gen->n_blocks, sizeof *tables);

  if (tables == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t b = 1; b < gen->n_blocks; b++)
    tables[b - 1] = count_tables (gen, b);
  return genesis_sdk_denoiser_init (&self->denoiser, gen->host, gen->session, plan, self->total,
                                    tables, self->rows, gen->merge_sd);
}

static genesis_abi_status
absorb_column (absorber *self, uint32_t c, const int64_t *counts)
{
  const genesis_abi_gen *gen = self->gen;
  const genesis_sdk_column *column = &gen->columns[c];
  genesis_sdk_margin *margin = &self->next.margins[c];

  if (gen->is_noisy)
    return genesis_sdk_denoiser_make_margin (&self->denoiser, column, counts, margin);
  if (!genesis_sdk_margin_counts_fit (counts, histogram_count_cells (column)))
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_OVERFLOW, NULL,
                             "the counts of column '%s' leave 61 bits; use smaller weights",
                             column->field->name);
  return genesis_sdk_margin_init (margin, gen->host, column, column->starts, column->n_cells,
                                  counts);
}

/* The columns of one block. */
static genesis_abi_status
absorb_block (absorber *self, uint32_t b)
{
  const genesis_abi_gen *gen = self->gen;
  const genesis_abi_block *block = self->total->items[b];
  uint32_t first = (b - 1) * gen->columns_per_block, last = first + count_tables (gen, b) - 1;
  uint64_t n = gen->offsets[last] + histogram_count_cells (&gen->columns[last]);
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *counts;

  if (!genesis_sdk_noise_is_asked (gen->session, block, n))
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_DATA, block->name,
                             "the total of block '%s' is not the one that was asked for",
                             block->name);
  counts = gen->is_noisy ? genesis_sdk_noise_read (gen->host, block) : block->data;
  if (counts == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t c = first; c <= last && status == GENESIS_ABI_OK; c++)
    status = absorb_column (self, c, counts + gen->offsets[c]);
  return status;
}

genesis_abi_status
histogram_absorb (genesis_abi_gen *gen, const genesis_abi_blocks *asked,
                  const genesis_abi_blocks *own, const genesis_abi_plan *plan,
                  const genesis_abi_blocks *total)
{
  absorber self = { .gen = gen, .total = total };
  genesis_abi_status status = genesis_sdk_rows_read (gen->host, total, &self.rows);

  if (plan->phase != 1 || total->n != gen->n_blocks)
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_STATE, NULL,
                             "the plan of round %u does not follow from this state",
                             (unsigned)plan->phase);
  if (status == GENESIS_ABI_OK)
    status = histogram_state_init (gen, &self.next);
  if (status == GENESIS_ABI_OK && gen->is_noisy)
    status = init_denoiser (&self, plan);
  for (uint32_t b = 1; b < gen->n_blocks && status == GENESIS_ABI_OK; b++)
    status = absorb_block (&self, b);
  if (status != GENESIS_ABI_OK)
    return status;
  /* a count that no run can have is as good as the largest that fits */
  self.next.rows =
      gen->is_noisy ? self.denoiser.rows
                    : (int64_t)fmin (fmax (rint (self.rows), 0.0), (double)GENESIS_SDK_MARGIN_MAX);
  return histogram_state_write (gen, &self.next);
}
