/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* org.example.canary: every round asks for 13 cells in four groups, and a canary uses up the bound
   of each group at once: nothing that a record could be moves a total further. Rows are "none",
   "plus" or "minus", the canary with its signs turned. The state is what was released, in the units
   of the block. With excess, rows add that many times what the plan declares. */
#include <genesis/plugin-abi.h>

#include <stdio.h>
#include <string.h>

#include "plugin-canary.h"

struct genesis_abi_gen
{
  const genesis_abi_host *host;
  const genesis_abi_session *session;
  int64_t excess;
  genesis_abi_plan plan;
  genesis_abi_block_spec specs[CANARY_BLOCKS];
  const genesis_abi_block_spec *pointers[CANARY_BLOCKS];
  uint64_t shapes[CANARY_BLOCKS];
};

static genesis_abi_status
create (const genesis_abi_host *host, const genesis_abi_session *session,
        const genesis_abi_schema *schema, const genesis_abi_config *config, genesis_abi_gen **out)
{
  genesis_abi_gen *self = host->alloc (host->ctx, sizeof *self);

  (void)schema;
  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  memset (self, 0, sizeof *self);
  self->host = host;
  self->session = session;
  self->excess = config->values[0].i;
  *out = self;
  return GENESIS_ABI_OK;
}

static void
destroy (genesis_abi_gen *self)
{
  self->host->free (self->host->ctx, self);
}

static uint32_t
read_phase (const genesis_abi_blocks *state)
{
  return state->n; /* a block a round */
}

static void
fill_spec (genesis_abi_gen *self, uint32_t i)
{
  const CanaryBlock *block = &canary_blocks[i];
  const double factor = self->session->neighbours == 1 ? (i == 0 ? 0 : 2) : 1;

  self->shapes[i] = block->n_cells;
  self->pointers[i] = &self->specs[i];
  self->specs[i] = (genesis_abi_block_spec){
    .struct_size = sizeof self->specs[i],
    .rank = 1,
    .name = block->name,
    .shape = &self->shapes[i],
    .norm = block->norm,
    .group = block->group,
    .unit = GENESIS_ABI_UNIT_RECORD,
    .flags = i == 0,
    .sensitivity = block->bound * factor,
    .lo = i == 0 ? 0 : -block->largest,
    .hi = block->largest,
    .quantum = 1,
    .group_share = block->share,
  };
}

static genesis_abi_status
plan (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan **next)
{
  const uint32_t phase = read_phase (state);

  if (phase >= self->session->rounds)
    return GENESIS_ABI_FINISHED;
  for (uint32_t i = 0; i < CANARY_BLOCKS; i++)
    fill_spec (self, i);
  self->plan = (genesis_abi_plan){
    .struct_size = sizeof self->plan,
    .phase = phase + 1,
    .title = "canaries",
    .n_specs = CANARY_BLOCKS,
    .specs = self->pointers,
    .budget_share = 1.0 / self->session->rounds,
  };
  *next = &self->plan;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
measure (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan *asked,
         const genesis_abi_table *rows, genesis_abi_sums *sums)
{
  const int32_t *codes = rows->columns[0]->values;

  (void)state;
  (void)asked;
  sums->data[0][0] += (int64_t)rows->n_rows;
  for (uint64_t row = 0; row < rows->n_rows; row++)
    for (uint32_t i = 1; i < CANARY_BLOCKS; i++)
      for (uint32_t k = 0; k < canary_blocks[i].n_cells; k++)
        sums->data[i][k] += canary_signs[codes[row]] * canary_blocks[i].cells[k] * self->excess;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
absorb (genesis_abi_gen *self, const genesis_abi_blocks *asked, const genesis_abi_blocks *own,
        const genesis_abi_plan *answered, const genesis_abi_blocks *total)
{
  const genesis_abi_host *host = self->host;
  double released[CANARY_CELLS];
  uint32_t n = 0;
  char name[16];

  (void)asked;
  (void)own;
  for (uint32_t i = 0; i < total->n; i++)
    for (uint64_t k = 0; k < total->items[i]->n; k++)
      released[n++] = (double)((const int64_t *)total->items[i]->data)[k]
                      / (double)(INT64_C (1) << total->items[i]->shift);
  snprintf (name, sizeof name, "round-%02u", (unsigned)answered->phase);
  return host->put_block (host->ctx, name, GENESIS_ABI_F64, CANARY_CELLS, released);
}

static genesis_abi_status
sample (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_rng *rng,
        genesis_abi_table_out *rows)
{
  (void)state;
  (void)rng;
  (void)rows;
  return self->host->fail (self->host->ctx, GENESIS_ABI_E_UNSUPPORTED, NULL, "draws no rows");
}

static const genesis_abi_param_spec excess_param = {
  .struct_size = sizeof excess_param,
  .type = GENESIS_ABI_PARAM_INT,
  .name = "excess",
  .lo = 1,
  .hi = 1000,
  .def = 1,
};
static const genesis_abi_param_spec *const params[] = { &excess_param };
static const genesis_abi_generator generator = {
  sizeof generator, GENESIS_ABI_GEN_REENTRANT, create, destroy, plan, measure, absorb, sample,
};
static const genesis_abi_plugin canary_plugin = {
  .struct_size = sizeof canary_plugin,
  .kind = GENESIS_ABI_KIND_GENERATOR,
  .id = "org.example.canary",
  .name = "Canary",
  .version = "1",
  .n_params = 1,
  .state_version = 1,
  .params = params,
  .generator = &generator,
};
static const genesis_abi_plugin *const plugins[] = { &canary_plugin };
static const genesis_abi_module module = {
  GENESIS_ABI_MAGIC, sizeof module, GENESIS_ABI_MINOR, 0, 1, 0, plugins,
};

GENESIS_ABI_EXPORT const genesis_abi_module *
genesis_plugin_entry_v1 (uint32_t host_minor)
{
  (void)host_minor;
  return &module;
}
