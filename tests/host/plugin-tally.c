/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A small honest generator for the tests of the host and of federation: org.example.tally.
   Round 1 asks for sums, round 2 for a histogram of every column; rows are drawn column by
   column. Uses nothing but the ABI header. The same file offers the aggregator org.example.sum,
   see plugin-sum.c. */
#include <genesis/plugin-abi.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plugin-tally-private.h"

struct genesis_abi_gen
{
  const genesis_abi_host *host;
  const genesis_abi_session *session;
  int draw_uniform;
  uint32_t n_columns;
  TallyColumn *columns;
  uint64_t most_cells;
  genesis_abi_plan plan;
  uint32_t n_specs;
  genesis_abi_block_spec *specs; /* n_columns + 3 */
  const genesis_abi_block_spec **spec_pointers;
  uint64_t *shapes;
};

static void
destroy (genesis_abi_gen *self)
{
  const genesis_abi_host *host = self->host;

  for (uint32_t j = 0; self->columns != NULL && j < self->n_columns; j++)
    host->free (host->ctx, self->columns[j].block);
  host->free (host->ctx, self->columns);
  host->free (host->ctx, self->specs);
  host->free (host->ctx, self->spec_pointers);
  host->free (host->ctx, self->shapes);
  host->free (host->ctx, self);
}

static int
make_columns (genesis_abi_gen *self, const genesis_abi_schema *schema, uint64_t cells)
{
  const genesis_abi_host *host = self->host;

  for (uint32_t j = 0; j < self->n_columns; j++)
    {
      TallyColumn *column = &self->columns[j];
      size_t size = strlen (schema->fields[j]->name) + sizeof "hist:";

      column->field = schema->fields[j];
      column->n_cells = tally_count_cells (column->field, cells);
      column->block = host->alloc (host->ctx, size);
      if (column->block == NULL)
        return 0;
      snprintf (column->block, size, "hist:%s", column->field->name);
      if (column->n_cells > self->most_cells)
        self->most_cells = column->n_cells;
    }
  return 1;
}

static genesis_abi_status
create (const genesis_abi_host *host, const genesis_abi_session *session,
        const genesis_abi_schema *schema, const genesis_abi_config *config, genesis_abi_gen **out)
{
  genesis_abi_gen *self = host->alloc (host->ctx, sizeof *self);

  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  memset (self, 0, sizeof *self);
  self->host = host;
  self->session = session;
  self->draw_uniform = config->values[1].i == 1;
  self->n_columns = schema->n_fields;
  self->columns = host->alloc (host->ctx, (self->n_columns + 1) * sizeof *self->columns);
  self->specs = host->alloc (host->ctx, (self->n_columns + 3) * sizeof *self->specs);
  self->spec_pointers = host->alloc (host->ctx, (self->n_columns + 3) * sizeof (void *));
  self->shapes = host->alloc (host->ctx, (self->n_columns + 3) * sizeof *self->shapes);
  if (self->columns != NULL)
    memset (self->columns, 0, (self->n_columns + 1) * sizeof *self->columns);
  if (self->columns == NULL || self->specs == NULL || self->spec_pointers == NULL
      || self->shapes == NULL || !make_columns (self, schema, (uint64_t)config->values[0].i))
    {
      destroy (self);
      return GENESIS_ABI_E_NOMEM;
    }
  *out = self;
  return GENESIS_ABI_OK;
}

static const genesis_abi_block *
find_block (const genesis_abi_blocks *blocks, const char *name)
{
  for (uint32_t i = 0; i < blocks->n; i++)
    if (strcmp (blocks->items[i]->name, name) == 0)
      return blocks->items[i];
  return NULL;
}

static int64_t
read_phase (const genesis_abi_blocks *state)
{
  const genesis_abi_block *block = find_block (state, "phase");

  return block != NULL && block->dtype == GENESIS_ABI_I64 && block->n == 1
             ? *(const int64_t *)block->data
             : 0;
}

static void
ask (genesis_abi_gen *self, const char *name, uint64_t cells, uint32_t group, double largest,
     uint32_t flags)
{
  genesis_abi_block_spec *spec = &self->specs[self->n_specs];

  memset (spec, 0, sizeof *spec);
  self->shapes[self->n_specs] = cells;
  self->spec_pointers[self->n_specs++] = spec;
  spec->struct_size = sizeof *spec;
  spec->rank = 1;
  spec->name = name;
  spec->shape = &self->shapes[self->n_specs - 1];
  spec->norm = GENESIS_ABI_NORM_L2;
  spec->group = group;
  spec->unit = GENESIS_ABI_UNIT_RECORD;
  spec->flags = flags;
  spec->sensitivity = group == 0 ? 1 : largest * sqrt (self->n_columns);
  spec->hi = largest;
  spec->quantum = 1;
}

static genesis_abi_status
plan (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan **next)
{
  int64_t phase = read_phase (state);

  if (phase >= 2 || phase >= (int64_t)self->session->rounds)
    return GENESIS_ABI_FINISHED;
  memset (&self->plan, 0, sizeof self->plan);
  self->n_specs = 0;
  ask (self, "rows", 1, 0, 1, 1);
  if (phase == 0)
    {
      ask (self, "present", self->n_columns, 1, 1, 0);
      ask (self, "sums", self->n_columns, 2, (double)self->most_cells, 0);
    }
  else
    for (uint32_t j = 0; j < self->n_columns; j++)
      ask (self, self->columns[j].block, self->columns[j].n_cells + 1, 1, 1, 1);
  self->plan.struct_size = sizeof self->plan;
  self->plan.phase = (uint32_t)phase + 1;
  self->plan.title = phase == 0 ? "sums" : "histograms";
  self->plan.n_specs = self->n_specs;
  self->plan.specs = self->spec_pointers;
  self->plan.budget_share = .5;
  *next = &self->plan;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
measure (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan *asked,
         const genesis_abi_table *rows, genesis_abi_sums *sums)
{
  if (rows->n_columns != self->n_columns)
    return self->host->fail (self->host->ctx, GENESIS_ABI_E_DATA, NULL,
                             "the table has another number of columns than the schema");
  sums->data[0][0] += (int64_t)rows->n_rows;
  for (uint32_t j = 0; j < self->n_columns; j++)
    for (uint64_t i = 0; i < rows->n_rows; i++)
      {
        int64_t cell = tally_find_cell (&self->columns[j], rows->columns[j], i);

        if (cell < 0)
          return self->host->fail (self->host->ctx, GENESIS_ABI_E_DATA,
                                   self->columns[j].field->name, "a value lies outside the schema");
        if (asked->phase == 2)
          sums->data[j + 1][cell] += 1;
        else if (cell < (int64_t)self->columns[j].n_cells)
          {
            sums->data[1][j] += 1;
            sums->data[2][j] += cell;
          }
      }
  return GENESIS_ABI_OK;
}

static genesis_abi_status
absorb (genesis_abi_gen *self, const genesis_abi_blocks *asked, const genesis_abi_blocks *own,
        const genesis_abi_plan *answered, const genesis_abi_blocks *total)
{
  const genesis_abi_host *host = self->host;
  int64_t phase = answered->phase;
  genesis_abi_status status = host->put_block (host->ctx, "phase", GENESIS_ABI_I64, 1, &phase);

  for (uint32_t i = 0; status >= 0 && i < total->n; i++)
    status = host->put_block (host->ctx, total->items[i]->name, GENESIS_ABI_I64, total->items[i]->n,
                              total->items[i]->data);
  return status;
}

static genesis_abi_status
sample_column (genesis_abi_gen *self, uint32_t j, const genesis_abi_blocks *state,
               const genesis_abi_rng *rng, genesis_abi_table_out *rows)
{
  const TallyColumn *column = &self->columns[j];
  genesis_abi_column_out *to = rows->columns[j];
  const genesis_abi_block *counts = find_block (state, column->block);
  const int64_t *cells = counts != NULL && counts->n == column->n_cells + 1 ? counts->data : NULL;
  const genesis_abi_rng *own = rng->split (rng->ctx, j);
  double *u = self->host->scratch (self->host->ctx, (2 * rows->n_rows + 1) * sizeof *u);

  if (u == NULL)
    return GENESIS_ABI_E_NOMEM;
  own->fill_uniform (own->ctx, u, 2 * rows->n_rows);
  for (uint64_t i = 0; i < rows->n_rows; i++)
    {
      uint64_t with_missing = column->n_cells + (to->present != NULL);
      uint64_t cell = self->draw_uniform || cells == NULL
                          ? (uint64_t)(u[2 * i] * (double)column->n_cells)
                          : tally_pick_cell (cells, with_missing, u[2 * i]);

      if (to->present != NULL)
        to->present[i] = cell < column->n_cells;
      tally_write_value (column, to, i, cell < column->n_cells ? cell : 0, u[2 * i + 1]);
    }
  return GENESIS_ABI_OK;
}

static genesis_abi_status
sample (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_rng *rng,
        genesis_abi_table_out *rows)
{
  for (uint32_t j = 0; j < self->n_columns; j++)
    {
      genesis_abi_status status = sample_column (self, j, state, rng, rows);

      if (status < 0)
        return status;
    }
  return GENESIS_ABI_OK;
}

static const genesis_abi_param_spec cells_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_INT,
  .name = "cells",
  .help = "cells of a numeric column's histogram",
  .lo = 2,
  .hi = 4096,
  .def = 16,
};
static const char *const draw_choices[] = { "histogram", "uniform" };
static const genesis_abi_param_spec draw_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_CHOICE,
  .n_choices = 2,
  .name = "draw",
  .help = "draw values as counted, or uniformly within the bounds",
  .choices = draw_choices,
};
static const genesis_abi_param_spec *const params[] = { &cells_param, &draw_param };
static const genesis_abi_generator generator = {
  sizeof generator,
  GENESIS_ABI_GEN_REENTRANT | GENESIS_ABI_GEN_SITE_MODELS,
  create,
  destroy,
  plan,
  measure,
  absorb,
  sample,
};
static const genesis_abi_plugin tally_plugin = {
  .struct_size = sizeof tally_plugin,
  .kind = GENESIS_ABI_KIND_GENERATOR,
  .id = "org.example.tally",
  .name = "Tally",
  .version = "1.0.0",
  .summary = "Counts rows and cells; for tests",
  .author = "The Genesis Federated authors",
  .license = "LGPL-2.1-or-later",
  .url = "https://example.org/tally",
  .n_params = 2,
  .state_version = 1,
  .params = params,
  .generator = &generator,
};
static const genesis_abi_plugin *const plugins[] = { &tally_plugin, &tally_sum_plugin };
static const genesis_abi_module module = {
  GENESIS_ABI_MAGIC, sizeof module, GENESIS_ABI_MINOR, 0, 2, 0, plugins,
};

GENESIS_ABI_EXPORT const genesis_abi_module *
genesis_plugin_entry_v1 (uint32_t host_minor)
{
  return &module;
}
