/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Draws what the schema does not allow: every column one step above its bounds. */
#include "broken-base.h"

static genesis_abi_status
sample (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_rng *rng,
        genesis_abi_table_out *rows)
{
  base_sample (self, state, rng, rows);
  for (uint32_t j = 0; j < rows->n_columns; j++)
    if (rows->columns[j]->type == GENESIS_ABI_COL_REAL)
      ((double *)rows->columns[j]->values)[rows->n_rows - 1] = self->schema->fields[j]->hi * 2 + 1;
    else if (rows->columns[j]->type == GENESIS_ABI_COL_INT)
      ((int64_t *)rows->columns[j]->values)[rows->n_rows - 1] = self->schema->fields[j]->ihi + 1;
    else
      ((int32_t *)rows->columns[j]->values)[rows->n_rows - 1] =
          (int32_t)self->schema->fields[j]->n_categories;
  return GENESIS_ABI_OK;
}

#define SAMPLE sample
#include "broken-module.h"
