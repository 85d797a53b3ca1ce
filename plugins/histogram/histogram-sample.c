/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "genesis-sdk-fail.h"
#include "genesis-sdk-quantiles.h"

#include "histogram-state.h"

/**
 * drawing: rows of one chunk, column after column. The values of column c come from stream c, its
 * gaps from stream n_columns + c, so that no column's draws depend on another's.
 */
typedef struct
{
  const genesis_abi_gen *gen;
  const genesis_abi_rng *rng;
  histogram_state state;
  double uniforms[HISTOGRAM_BLOCK];
} drawing;

static void
draw_gaps (drawing *self, const genesis_abi_rng *stream, double share, uint8_t *present,
           uint64_t n_rows)
{
  for (uint64_t first = 0; first < n_rows; first += HISTOGRAM_BLOCK)
    {
      uint64_t left = n_rows - first;
      uint32_t n = left < HISTOGRAM_BLOCK ? (uint32_t)left : HISTOGRAM_BLOCK;

      stream->fill_uniform (stream->ctx, self->uniforms, n);
      for (uint32_t i = 0; i < n; i++)
        present[first + i] = self->uniforms[i] < share;
    }
}

static genesis_abi_status
draw_presence (drawing *self, uint32_t c, genesis_abi_column_out *out, uint64_t n_rows)
{
  const genesis_sdk_column *column = &self->gen->columns[c];
  const genesis_sdk_margin *margin = &self->state.margins[c];
  const genesis_abi_rng *stream;

  if (column->gap < 0 || (margin->missing == 0 && margin->present > 0))
    return GENESIS_ABI_OK;
  if (out->present == NULL)
    return genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_DATA, NULL,
                             "column '%s' has missing cells and no room to say so",
                             column->field->name);
  if (margin->present == 0)
    {
      memset (out->present, 0, n_rows);
      return GENESIS_ABI_OK;
    }
  stream = self->rng->split (self->rng->ctx, (uint64_t)self->gen->n_columns + c);
  if (stream == NULL)
    return GENESIS_ABI_E_NOMEM;
  draw_gaps (self, stream,
             (double)margin->present / ((double)margin->present + (double)margin->missing),
             out->present, n_rows);
  return GENESIS_ABI_OK;
}

static genesis_abi_status
draw_column (drawing *self, uint32_t c, genesis_abi_column_out *out, uint64_t n_rows)
{
  const genesis_abi_rng *stream;
  genesis_sdk_quantiles quantiles;
  genesis_abi_status status =
      genesis_sdk_quantiles_init (&quantiles, self->gen->host, &self->gen->columns[c],
                                  &self->state.margins[c], NULL);

  if (status == GENESIS_ABI_OK)
    status = draw_presence (self, c, out, n_rows);
  if (status != GENESIS_ABI_OK)
    return status;
  stream = self->rng->split (self->rng->ctx, c);
  if (stream == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint64_t first = 0; first < n_rows; first += HISTOGRAM_BLOCK)
    {
      uint64_t left = n_rows - first;
      uint32_t n = left < HISTOGRAM_BLOCK ? (uint32_t)left : HISTOGRAM_BLOCK;

      stream->fill_uniform (stream->ctx, self->uniforms, n);
      genesis_sdk_quantiles_write (&quantiles, self->uniforms, n, out, first);
    }
  return GENESIS_ABI_OK;
}

genesis_abi_status
histogram_sample (genesis_abi_gen *gen, const genesis_abi_blocks *state, const genesis_abi_rng *rng,
                  genesis_abi_table_out *rows)
{
  drawing *self = histogram_scratch (gen, 1, sizeof *self);
  genesis_abi_status status;

  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  self->gen = gen;
  self->rng = rng;
  if (rows->n_columns != gen->n_columns)
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_DATA, NULL,
                             "the table has %u columns, the schema %u", (unsigned)rows->n_columns,
                             (unsigned)gen->n_columns);
  if (rows->n_rows == 0)
    return GENESIS_ABI_OK;
  status = histogram_state_read (gen, state, &self->state);
  if (status == GENESIS_ABI_OK && !self->state.is_trained)
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_STATE, NULL,
                             "no round was answered yet; train the model first");
  for (uint32_t c = 0; c < gen->n_columns && status == GENESIS_ABI_OK; c++)
    status = draw_column (self, c, rows->columns[c], rows->n_rows);
  return status;
}
