/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Always has another question: the round is one more than the state has blocks. */
#include "broken-base.h"

static genesis_abi_plan next_plan;

static genesis_abi_status
plan (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan **next)
{
  next_plan.struct_size = sizeof next_plan;
  next_plan.phase = state->n + 1;
  next_plan.n_specs = 1;
  next_plan.specs = rows_specs;
  *next = &next_plan;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
absorb (genesis_abi_gen *self, const genesis_abi_blocks *asked, const genesis_abi_blocks *own,
        const genesis_abi_plan *answered, const genesis_abi_blocks *total)
{
  char name[] = "round AA";

  name[6] = (char)('A' + own->n / 26);
  name[7] = (char)('A' + own->n % 26);
  return self->host->put_block (self->host->ctx, name, GENESIS_ABI_I64, 1, total->items[0]->data);
}

#define PLAN   plan
#define ABSORB absorb
#include "broken-module.h"
