/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "histogram-generator.h"

#include "genesis-sdk-fail.h"
#include "genesis-sdk-rows.h"

/* Where the values of one block of rows lie, column after column. */
typedef struct
{
  int64_t units[HISTOGRAM_BLOCK];
  uint32_t cells[HISTOGRAM_BLOCK];
  uint8_t present[HISTOGRAM_BLOCK];
} workspace;

static genesis_abi_status
count_column (const genesis_abi_gen *gen, uint32_t c, const genesis_abi_table *rows,
              workspace *work, int64_t *counts)
{
  const genesis_sdk_column *column = &gen->columns[c];
  genesis_sdk_locator locator;
  genesis_abi_status status = GENESIS_ABI_OK;

  if (column->starts != NULL)
    status = genesis_sdk_column_prepare (column, gen->host, column->starts, column->n_cells,
                                         rows->n_rows, &locator);
  if (status != GENESIS_ABI_OK)
    return status;
  for (uint64_t first = 0; first < rows->n_rows; first += HISTOGRAM_BLOCK)
    {
      uint64_t left = rows->n_rows - first;
      uint32_t n = left < HISTOGRAM_BLOCK ? (uint32_t)left : HISTOGRAM_BLOCK;
      const char *wrong =
          genesis_sdk_column_read (column, rows->columns[c], first, n, work->units, work->present);

      if (wrong != NULL)
        return genesis_sdk_fail (gen->host, GENESIS_ABI_E_DATA, NULL, "column '%s': %s",
                                 column->field->name, wrong);
      genesis_sdk_column_count (column, &locator, work->units, work->present, n, work->cells,
                                counts);
    }
  return GENESIS_ABI_OK;
}

genesis_abi_status
histogram_measure (genesis_abi_gen *gen, const genesis_abi_blocks *state,
                   const genesis_abi_plan *plan, const genesis_abi_table *rows,
                   genesis_abi_sums *add_into)
{
  workspace *work = histogram_scratch (gen, 1, sizeof *work);
  genesis_abi_status status = GENESIS_ABI_OK;

  if (state->n > 0 || plan->phase != 1 || plan->n_specs != gen->n_blocks
      || add_into->n != gen->n_blocks)
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_STATE, NULL,
                             "the plan of round %u does not follow from this state",
                             (unsigned)plan->phase);
  if (rows->n_columns != gen->n_columns)
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_DATA, NULL,
                             "the table has %u columns, the schema %u", (unsigned)rows->n_columns,
                             (unsigned)gen->n_columns);
  if (work == NULL)
    return GENESIS_ABI_E_NOMEM;
  genesis_sdk_rows_add (add_into, rows->n_rows);
  for (uint32_t c = 0; c < gen->n_columns && status == GENESIS_ABI_OK; c++)
    status = count_column (gen, c, rows, work,
                           add_into->data[histogram_get_block (gen, c)] + gen->offsets[c]);
  return status;
}
