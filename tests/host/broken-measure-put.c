/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tries to write the state while it measures. */
#include "broken-base.h"

static genesis_abi_status
measure (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan *plan,
         const genesis_abi_table *rows, genesis_abi_sums *add_into)
{
  int64_t n = 1;

  add_into->data[0][0] += (int64_t)rows->n_rows;
  return self->host->put_block (self->host->ctx, "rows", GENESIS_ABI_I64, 1, &n);
}

#define MEASURE measure
#include "broken-module.h"
