/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "histogram-state.h"

#define SHARE_CELLS 0.99 /* of the round; the rest is for the rows */

/* A record adds 1 to one cell of each column; replacing one also takes 1 from another cell. */
static double
get_sensitivity (const genesis_abi_gen *self)
{
  return sqrt ((double)self->n_columns * (self->session->neighbours == 1 ? 2.0 : 1.0));
}

static genesis_abi_status
add_block (genesis_abi_gen *self, uint32_t first)
{
  uint32_t last = first;
  genesis_abi_block_spec *spec;

  while (last + 1 < self->n_columns
         && histogram_get_block (self, last + 1) == histogram_get_block (self, first))
    last++;
  spec = genesis_sdk_plan_add (&self->plan, "cells:", self->columns[first].field->name,
                               self->offsets[last] + histogram_count_cells (&self->columns[last]),
                               0, HISTOGRAM_GROUP_CELLS);
  if (spec == NULL)
    return GENESIS_ABI_E_NOMEM;
  spec->flags = first == last ? GENESIS_ABI_BLOCK_COUNTS : 0;
  return GENESIS_ABI_OK;
}

genesis_abi_status
histogram_plan (genesis_abi_gen *self, const genesis_abi_blocks *blocks,
                const genesis_abi_plan **next)
{
  histogram_state state;
  genesis_abi_status status = histogram_state_read (self, blocks, &state);

  if (status != GENESIS_ABI_OK)
    return status;
  if (state.is_trained)
    return GENESIS_ABI_FINISHED;
  status = genesis_sdk_plan_begin (&self->plan, self->session, 1, "margins", 1.0);
  for (uint32_t c = 0; c < self->n_columns && status == GENESIS_ABI_OK;
       c += self->columns_per_block)
    status = add_block (self, c);
  if (status != GENESIS_ABI_OK)
    return status;
  genesis_sdk_plan_close_group (&self->plan, HISTOGRAM_GROUP_CELLS, get_sensitivity (self),
                                SHARE_CELLS);
  *next = &self->plan.plan;
  return GENESIS_ABI_OK;
}
