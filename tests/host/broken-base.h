/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A generator that does everything right and nothing useful. A broken-*.c includes this,
   defines what is wrong with it, names that in a macro and ends with broken-module.h. */
#include <string.h>

#include <genesis/plugin-abi.h>

#define UNUSED __attribute__ ((unused))

struct genesis_abi_gen
{
  const genesis_abi_host *host;
  const genesis_abi_session *session;
  const genesis_abi_schema *schema;
};

static UNUSED genesis_abi_status
base_create (const genesis_abi_host *host, const genesis_abi_session *session,
             const genesis_abi_schema *schema, const genesis_abi_config *config,
             genesis_abi_gen **out)
{
  genesis_abi_gen *self = host->alloc (host->ctx, sizeof *self);

  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  self->host = host;
  self->session = session;
  self->schema = schema;
  *out = self;
  return GENESIS_ABI_OK;
}

static UNUSED void
base_destroy (genesis_abi_gen *self)
{
  self->host->free (self->host->ctx, self);
}

static const uint64_t one_cell[] = { 1 };
static UNUSED const genesis_abi_block_spec rows_spec = {
  .struct_size = sizeof rows_spec,
  .rank = 1,
  .name = "rows",
  .shape = one_cell,
  .norm = GENESIS_ABI_NORM_L2,
  .unit = GENESIS_ABI_UNIT_RECORD,
  .flags = GENESIS_ABI_BLOCK_COUNTS,
  .sensitivity = 1,
  .hi = 1,
  .quantum = 1,
};
static UNUSED const genesis_abi_block_spec *const rows_specs[] = { &rows_spec };
static UNUSED const genesis_abi_plan rows_plan = {
  .struct_size = sizeof rows_plan,
  .phase = 1,
  .title = "rows",
  .n_specs = 1,
  .specs = rows_specs,
  .budget_share = 1,
};

static UNUSED genesis_abi_status
base_plan (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan **next)
{
  if (state->n > 0)
    return GENESIS_ABI_FINISHED;
  *next = &rows_plan;
  return GENESIS_ABI_OK;
}

static UNUSED genesis_abi_status
base_measure (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan *plan,
              const genesis_abi_table *rows, genesis_abi_sums *add_into)
{
  add_into->data[0][0] += (int64_t)rows->n_rows;
  return GENESIS_ABI_OK;
}

static UNUSED genesis_abi_status
base_absorb (genesis_abi_gen *self, const genesis_abi_blocks *asked, const genesis_abi_blocks *own,
             const genesis_abi_plan *plan, const genesis_abi_blocks *total)
{
  return self->host->put_block (self->host->ctx, "rows", GENESIS_ABI_I64, 1, total->items[0]->data);
}

static UNUSED genesis_abi_status
base_sample (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_rng *rng,
             genesis_abi_table_out *rows)
{
  for (uint32_t j = 0; j < rows->n_columns; j++)
    for (uint64_t i = 0; i < rows->n_rows; i++)
      if (rows->columns[j]->type == GENESIS_ABI_COL_REAL)
        ((double *)rows->columns[j]->values)[i] = self->schema->fields[j]->lo;
      else if (rows->columns[j]->type == GENESIS_ABI_COL_INT)
        ((int64_t *)rows->columns[j]->values)[i] = self->schema->fields[j]->ilo;
      else
        ((int32_t *)rows->columns[j]->values)[i] = 0;
  return GENESIS_ABI_OK;
}
