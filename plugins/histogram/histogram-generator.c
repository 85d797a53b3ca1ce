/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "histogram-generator.h"

#include <string.h>

#include "genesis-sdk-fail.h"
#include "genesis-sdk-noise.h"
#include "genesis-sdk-simplex.h"

#define MAX_BLOCKS (4096u - 1) /* of a plan, beside the rows */
#define MAX_CELLS  ((UINT64_C (1) << 26) - 1)

void
histogram_destroy (genesis_abi_gen *self)
{
  const genesis_abi_host *host = self->host;

  genesis_sdk_plan_clear (&self->plan);
  for (uint32_t c = 0; c < self->n_columns && self->columns != NULL; c++)
    genesis_sdk_memory_give_back (host, self->columns[c].starts);
  genesis_sdk_memory_give_back (host, self->columns);
  genesis_sdk_memory_give_back (host, self->offsets);
  genesis_sdk_memory_give_back (host, self);
}

/* A column keeps as many starts as it has cells. room: for max_cells. */
static genesis_abi_status
init_column (genesis_abi_gen *self, uint32_t c, int64_t *room, int32_t *n_gaps)
{
  const genesis_abi_field *field = self->schema->fields[c];
  genesis_sdk_column *column = &self->columns[c];
  const char *wrong = genesis_sdk_column_init_with_spikes (column, field, c, self->max_cells, room);
  int is_numeric = column->starts != NULL;

  column->starts = NULL; /* room is not the column's */
  if (wrong == NULL && column->n_cells >= GENESIS_SDK_SIMPLEX_MAX_CELLS)
    wrong = "it has more categories than this plugin counts; put rare ones together";
  if (wrong != NULL)
    return genesis_sdk_fail (self->host, GENESIS_ABI_E_CONFIG, NULL, "column '%s': %s", field->name,
                             wrong);
  if (field->flags & GENESIS_ABI_FIELD_MAY_BE_MISSING)
    column->gap = (*n_gaps)++;
  if (!is_numeric)
    return GENESIS_ABI_OK;
  column->starts = genesis_sdk_memory_take (self->host, column->n_cells, sizeof *room);
  if (column->starts == NULL)
    return GENESIS_ABI_E_NOMEM;
  memcpy (column->starts, room, column->n_cells * sizeof *room);
  return GENESIS_ABI_OK;
}

static genesis_abi_status
init_columns (genesis_abi_gen *self)
{
  int64_t *room = histogram_scratch (self, self->max_cells, sizeof *room);
  uint64_t n_cells = 0, in_block = 0;
  genesis_abi_status status = GENESIS_ABI_OK;
  int32_t n_gaps = 0;

  if (room == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t c = 0; c < self->n_columns && status == GENESIS_ABI_OK; c++)
    {
      status = init_column (self, c, room, &n_gaps);
      in_block = c % self->columns_per_block == 0 ? 0 : in_block;
      self->offsets[c] = in_block;
      in_block += histogram_count_cells (&self->columns[c]);
      n_cells += histogram_count_cells (&self->columns[c]);
    }
  if (status == GENESIS_ABI_OK && n_cells > MAX_CELLS)
    return genesis_sdk_fail (self->host, GENESIS_ABI_E_CONFIG, "cells",
                             "the columns have %llu cells and a plan holds %llu; lower 'cells' or "
                             "leave out columns of many categories",
                             (unsigned long long)n_cells, (unsigned long long)MAX_CELLS);
  return status;
}

static genesis_abi_status
init (genesis_abi_gen *self, const genesis_abi_config *config)
{
  int64_t cells = config->values[0].i;

  self->is_noisy = genesis_sdk_noise_is_there (self->session);
  self->max_cells = cells > 0        ? (uint32_t)cells
                    : self->is_noisy ? HISTOGRAM_NOISY_CELLS
                                     : GENESIS_SDK_COLUMN_CELLS;
  self->merge_sd = config->values[1].r;
  self->n_columns = self->schema->n_fields;
  self->columns_per_block = (self->n_columns + MAX_BLOCKS - 1) / MAX_BLOCKS;
  self->n_blocks = histogram_get_block (self, self->n_columns - 1) + 1;
  self->columns = genesis_sdk_memory_take (self->host, self->n_columns, sizeof *self->columns);
  self->offsets = genesis_sdk_memory_take (self->host, self->n_columns, sizeof *self->offsets);
  if (self->columns == NULL || self->offsets == NULL)
    return GENESIS_ABI_E_NOMEM;
  return init_columns (self);
}

genesis_abi_status
histogram_create (const genesis_abi_host *host, const genesis_abi_session *session,
                  const genesis_abi_schema *schema, const genesis_abi_config *config,
                  genesis_abi_gen **out)
{
  genesis_abi_gen *self;
  genesis_abi_status status;

  if (schema->n_fields == 0)
    return genesis_sdk_fail (host, GENESIS_ABI_E_CONFIG, NULL,
                             "the schema has no columns; name at least one");
  self = genesis_sdk_memory_take (host, 1, sizeof *self);
  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  self->host = host;
  self->session = session;
  self->schema = schema;
  genesis_sdk_plan_init (&self->plan, host);
  status = init (self, config);
  if (status != GENESIS_ABI_OK)
    {
      histogram_destroy (self);
      return status;
    }
  *out = self;
  return GENESIS_ABI_OK;
}
