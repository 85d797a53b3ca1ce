/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* org.example.hostile: does one wrong thing where it is called, the one that its setting "deed"
   names; "none" is honest. What a plugin says wrongly about itself is in broken-*.c. */
#include <stdio.h>
#include <stdlib.h>

#include "broken-base.h"
#include "plugin-hostile-private.h"

enum
{
  DEED_NONE,
  DEED_PLAN_PUTS_BLOCK,
  DEED_PLAN_CHANGES_LATER,
  DEED_PLAN_ROUND_TWICE,
  DEED_PLAN_TITLE,
  DEED_MEASURE_CLOBBERS_SUMS,
  DEED_MEASURE_LEAST_ROWS,
  DEED_MEASURE_HUGE_SCRATCH,
  DEED_MEASURE_NO_JOB,
  DEED_MEASURE_JOBS_FAIL,
  DEED_MEASURE_JOB_PUTS_BLOCK,
  DEED_MEASURE_PLACE,
  DEED_ABSORB_FAILS_HALFWAY,
  DEED_SAMPLE_PRESENCE,
  DEED_SAMPLE_SPLITS_IN_JOBS,
  DEED_SAMPLE_CLOBBERS_COLUMNS,
  DEED_DESTROY_FREES_MORE,
  DEED_LOGS,
  DEED_SPARSE_BACKWARDS,
  DEED_SPARSE_FAR_ROW,
  DEED_SPARSE_FAR_CELL,
  DEED_SPARSE_FORGETS_ROW,
  DEED_SPARSE_COUNTS_TWICE
};

static const char *const deeds[] = {
  "none",
  "plan-puts-block",
  "plan-changes-later",
  "plan-round-twice",
  "plan-title",
  "measure-clobbers-sums",
  "measure-least-rows",
  "measure-huge-scratch",
  "measure-no-job",
  "measure-jobs-fail",
  "measure-job-puts-block",
  "measure-place",
  "absorb-fails-halfway",
  "sample-presence",
  "sample-splits-in-jobs",
  "sample-clobbers-columns",
  "destroy-frees-more",
  "logs",
  "sparse-backwards",
  "sparse-far-row",
  "sparse-far-cell",
  "sparse-forgets-row",
  "sparse-counts-twice",
};

/* broken-base.h's instance, and what is done to it. */
typedef struct
{
  genesis_abi_gen base;
  int64_t deed;
  genesis_abi_plan plan;
  genesis_abi_block_spec spec;
  const genesis_abi_block_spec *specs[1];
  char name[8];
  uint64_t shape[1];
} Hostile;

static genesis_abi_status
create (const genesis_abi_host *host, const genesis_abi_session *session,
        const genesis_abi_schema *schema, const genesis_abi_config *config, genesis_abi_gen **out)
{
  Hostile *self = host->alloc (host->ctx, sizeof *self);

  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  memset (self, 0, sizeof *self);
  self->base.host = host;
  self->base.session = session;
  self->base.schema = schema;
  self->deed = config->values[0].i;
  *out = &self->base;
  return GENESIS_ABI_OK;
}

static void
destroy (genesis_abi_gen *base)
{
  const genesis_abi_host *host = base->host;

  if (((Hostile *)base)->deed == DEED_DESTROY_FREES_MORE)
    host->free (host->ctx, malloc (1));
  host->free (host->ctx, base);
}

static genesis_abi_status
plan (genesis_abi_gen *base, const genesis_abi_blocks *state, const genesis_abi_plan **next)
{
  Hostile *self = (Hostile *)base;
  const genesis_abi_host *host = base->host;
  int64_t n = 1;

  if (self->deed == DEED_PLAN_PUTS_BLOCK)
    return host->put_block (host->ctx, "rows", GENESIS_ABI_I64, 1, &n);
  if (self->deed == DEED_LOGS)
    host->log (host->ctx, GENESIS_ABI_LOG_WARN, "from plan");
  if (state->n > 0 && self->deed != DEED_PLAN_ROUND_TWICE)
    return GENESIS_ABI_FINISHED;
  self->plan = rows_plan;
  self->spec = rows_spec;
  strcpy (self->name, "rows");
  self->shape[0] = 1;
  self->spec.name = self->name;
  self->spec.shape = self->shape;
  self->specs[0] = &self->spec;
  self->plan.specs = self->specs;
  if (self->deed == DEED_PLAN_TITLE)
    self->plan.title = "marginals\033[2J";
  *next = &self->plan;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
fail_job (void *data, uint64_t i)
{
  const genesis_abi_host *host = data;
  char text[32];

  if (i < 3)
    return GENESIS_ABI_OK;
  snprintf (text, sizeof text, "job %d", (int)i);
  return host->fail (host->ctx, GENESIS_ABI_E_DATA, "rows", text);
}

static genesis_abi_status
put_job (void *data, uint64_t i)
{
  const genesis_abi_host *host = data;
  int64_t n = 1;

  return host->put_block (host->ctx, "rows", GENESIS_ABI_I64, 1, &n);
}

/* The plan that was handed out is no longer what it was; the one lent to measure must be. */
static genesis_abi_status
change_plan (Hostile *self, const genesis_abi_plan *lent)
{
  strcpy (self->name, "other");
  self->shape[0] = 1ull << 60;
  self->spec.struct_size = 0;
  self->specs[0] = NULL;
  self->plan.n_specs = 1000;
  return lent->n_specs == 1 && strcmp (lent->specs[0]->name, "rows") == 0
                 && lent->specs[0]->shape[0] == 1
             ? GENESIS_ABI_OK
             : GENESIS_ABI_E_INTERNAL;
}

static genesis_abi_status
measure (genesis_abi_gen *base, const genesis_abi_blocks *state, const genesis_abi_plan *asked,
         const genesis_abi_table *rows, genesis_abi_sums *add_into)
{
  Hostile *self = (Hostile *)base;
  const genesis_abi_host *host = base->host;
  char place[5000];

  add_into->data[0][0] += (int64_t)rows->n_rows;
  switch (self->deed)
    {
    case DEED_PLAN_CHANGES_LATER:
      return change_plan (self, asked);
    case DEED_MEASURE_CLOBBERS_SUMS:
      memset (add_into, 0xff, sizeof *add_into);
      return GENESIS_ABI_OK;
    case DEED_MEASURE_LEAST_ROWS:
      add_into->data[0][0] = INT64_MIN;
      return GENESIS_ABI_OK;
    case DEED_MEASURE_HUGE_SCRATCH:
      if (host->scratch (host->ctx, (size_t)1 << 60) != NULL
          || host->scratch (host->ctx, SIZE_MAX) != NULL
          || host->alloc (host->ctx, SIZE_MAX) != NULL)
        return GENESIS_ABI_E_INTERNAL;
      return host->fail (host->ctx, GENESIS_ABI_E_NOMEM, NULL, "no memory for 2^60 bytes");
    case DEED_MEASURE_NO_JOB:
      return host->parallel (host->ctx, 5, NULL, NULL);
    case DEED_MEASURE_JOBS_FAIL:
      return host->parallel (host->ctx, 100, (void *)host, fail_job);
    case DEED_MEASURE_JOB_PUTS_BLOCK:
      return host->parallel (host->ctx, 2, (void *)host, put_job);
    case DEED_MEASURE_PLACE:
      memset (place, 'x', sizeof place - 1);
      place[sizeof place - 1] = '\0';
      return host->fail (host->ctx, GENESIS_ABI_E_DATA, place, "what is wrong");
    case DEED_LOGS:
      host->log (host->ctx, GENESIS_ABI_LOG_INFO, "from measure");
      return GENESIS_ABI_OK;
    default:
      return GENESIS_ABI_OK;
    }
}

static genesis_abi_status
absorb (genesis_abi_gen *base, const genesis_abi_blocks *asked, const genesis_abi_blocks *own,
        const genesis_abi_plan *answered, const genesis_abi_blocks *total)
{
  Hostile *self = (Hostile *)base;
  const genesis_abi_host *host = base->host;
  genesis_abi_status status = base_absorb (base, asked, own, answered, total);

  host->progress (host->ctx, .5, "half\nway");
  if (self->deed == DEED_LOGS)
    host->log (host->ctx, GENESIS_ABI_LOG_WARN, "from absorb");
  if (self->deed == DEED_ABSORB_FAILS_HALFWAY)
    return host->fail (host->ctx, GENESIS_ABI_E_STATE, "rows", "half of it was put");
  return status;
}

typedef struct
{
  const genesis_abi_rng *rng;
  genesis_abi_table_out *rows;
} Split;

/* One column a job, each with a child of the one stream and a grandchild. */
static genesis_abi_status
sample_column (void *data, uint64_t j)
{
  const Split *split = data;
  const genesis_abi_rng *child = split->rng->split (split->rng->ctx, j);
  const genesis_abi_rng *own = child->split (child->ctx, 7);
  genesis_abi_column_out *column = split->rows->columns[j];
  uint64_t u;

  if (column->present == NULL)
    return GENESIS_ABI_OK;
  for (uint64_t i = 0; i < split->rows->n_rows; i++)
    {
      own->fill_u64 (own->ctx, &u, 1);
      column->present[i] = (uint8_t)(u & 1);
    }
  return GENESIS_ABI_OK;
}

static genesis_abi_status
sample (genesis_abi_gen *base, const genesis_abi_blocks *state, const genesis_abi_rng *rng,
        genesis_abi_table_out *rows)
{
  Hostile *self = (Hostile *)base;
  const genesis_abi_host *host = base->host;
  Split split = { rng, rows };
  genesis_abi_status status = base_sample (base, state, rng, rows);

  if (self->deed == DEED_SAMPLE_SPLITS_IN_JOBS)
    return host->parallel (host->ctx, rows->n_columns, &split, sample_column);
  for (uint32_t j = 0; j < rows->n_columns; j++)
    {
      if (self->deed == DEED_SAMPLE_PRESENCE && rows->columns[j]->present != NULL)
        rows->columns[j]->present[rows->n_rows - 1] = 2;
      if (self->deed == DEED_SAMPLE_CLOBBERS_COLUMNS)
        memset (rows->columns[j], 0xff, sizeof *rows->columns[j]);
    }
  if (self->deed == DEED_SAMPLE_CLOBBERS_COLUMNS)
    memset (rows, 0xff, sizeof *rows);
  return status;
}

/* -- row by row ------------------------------------------------------------- */

static genesis_abi_status
measure_sparse (genesis_abi_gen *base, const genesis_abi_blocks *state,
                const genesis_abi_plan *asked, const genesis_abi_table *rows, void *sink,
                genesis_abi_status (*emit) (void *sink, uint64_t row, uint32_t block, uint64_t cell,
                                            int64_t delta))
{
  const int64_t deed = ((Hostile *)base)->deed;

  for (uint64_t i = 0; i < rows->n_rows; i++)
    {
      const uint64_t row = deed == DEED_SPARSE_BACKWARDS ? rows->n_rows - 1 - i
                           : deed == DEED_SPARSE_FAR_ROW ? i + rows->n_rows
                                                         : i;

      if (deed == DEED_SPARSE_FORGETS_ROW && i == 3)
        continue;
      emit (sink, row, 0, deed == DEED_SPARSE_FAR_CELL, 1); /* what it answers is not looked at */
      if (deed == DEED_SPARSE_COUNTS_TWICE)
        emit (sink, row, 0, 0, 1);
    }
  return GENESIS_ABI_OK;
}

static const genesis_abi_sparse sparse = { sizeof sparse, 0, measure_sparse };

static const void *
find_extension (const char *id)
{
  return strcmp (id, GENESIS_ABI_SPARSE) == 0 ? &sparse : NULL;
}

static const genesis_abi_param_spec deed_param = {
  .struct_size = sizeof deed_param,
  .type = GENESIS_ABI_PARAM_CHOICE,
  .n_choices = sizeof deeds / sizeof *deeds,
  .name = "deed",
  .choices = deeds,
};
static const genesis_abi_param_spec *const params[] = { &deed_param };
static const genesis_abi_generator generator = {
  sizeof generator, GENESIS_ABI_GEN_REENTRANT, create, destroy, plan, measure, absorb, sample,
};
static const genesis_abi_plugin hostile_plugin = {
  .struct_size = sizeof hostile_plugin,
  .kind = GENESIS_ABI_KIND_GENERATOR,
  .id = "org.example.hostile",
  .name = "Hostile",
  .version = "1",
  .n_params = 1,
  .params = params,
  .generator = &generator,
  .extension = find_extension,
};
static const genesis_abi_plugin *const plugins[] = { &hostile_plugin, &hostile_sum_plugin,
                                                     &noisy_sum_plugin };
static const genesis_abi_module module = {
  GENESIS_ABI_MAGIC, sizeof module, GENESIS_ABI_MINOR, 0, 3, 0, plugins,
};

GENESIS_ABI_EXPORT const genesis_abi_module *
genesis_plugin_entry_v1 (uint32_t host_minor)
{
  return &module;
}
