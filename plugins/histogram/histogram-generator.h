/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

#include "genesis-sdk-column.h"
#include "genesis-sdk-memory.h"
#include "genesis-sdk-plan.h"

#define HISTOGRAM_STATE_VERSION 1u
#define HISTOGRAM_NOISY_CELLS   256u  /* cells of a numeric column when totals carry noise */
#define HISTOGRAM_BLOCK         2048u /* rows that one pass over a column handles */

/* Group of a plan, beside the rows: every record adds 1 to one cell of each column. */
#define HISTOGRAM_GROUP_CELLS 1u

/**
 * The instance: nothing but what follows from session, schema and settings.
 *
 * A plan has "rows" and then one block a column. As it holds at most 4,096 blocks, of a wider table
 * columns_per_block neighbours share one, end to end.
 */
struct genesis_abi_gen
{
  const genesis_abi_host *host;
  const genesis_abi_session *session;
  const genesis_abi_schema *schema;
  uint32_t max_cells; /* settings */
  double merge_sd;
  int is_noisy; /* totals carry noise */
  uint32_t n_columns;
  genesis_sdk_column *columns;
  uint32_t columns_per_block, n_blocks; /* n_blocks: with rows */
  uint64_t *offsets;                    /* n_columns: first cell of a column in its block */
  genesis_sdk_plan plan;
};

static inline void *
histogram_scratch (const genesis_abi_gen *self, uint64_t n, uint64_t size)
{
  return genesis_sdk_memory_scratch (self->host, n, size);
}

/* Cells of the column's table, the one for missing values counted. */
static inline uint32_t
histogram_count_cells (const genesis_sdk_column *column)
{
  return column->n_cells + (column->gap >= 0);
}

static inline uint32_t
histogram_get_block (const genesis_abi_gen *self, uint32_t column)
{
  return 1 + column / self->columns_per_block;
}

genesis_abi_status histogram_create (const genesis_abi_host *host,
                                     const genesis_abi_session *session,
                                     const genesis_abi_schema *schema,
                                     const genesis_abi_config *config, genesis_abi_gen **out);
void histogram_destroy (genesis_abi_gen *self);
genesis_abi_status histogram_plan (genesis_abi_gen *self, const genesis_abi_blocks *state,
                                   const genesis_abi_plan **next);
genesis_abi_status histogram_measure (genesis_abi_gen *self, const genesis_abi_blocks *state,
                                      const genesis_abi_plan *plan, const genesis_abi_table *rows,
                                      genesis_abi_sums *add_into);
genesis_abi_status histogram_absorb (genesis_abi_gen *self, const genesis_abi_blocks *asked,
                                     const genesis_abi_blocks *own, const genesis_abi_plan *plan,
                                     const genesis_abi_blocks *total);
genesis_abi_status histogram_sample (genesis_abi_gen *self, const genesis_abi_blocks *state,
                                     const genesis_abi_rng *rng, genesis_abi_table_out *rows);
