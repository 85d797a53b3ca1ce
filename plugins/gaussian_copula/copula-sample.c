/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "copula-bins.h"
#include "copula-presence.h"
#include "genesis-sdk-cholesky.h"
#include "genesis-sdk-fail.h"
#include "genesis-sdk-quantiles.h"

/**
 * drawing: rows of one chunk, COPULA_BLOCK at a time. uniforms holds one series for each value,
 * each indicator and the pattern, in the order value 0.., indicator 0.., pattern; series of latents
 * are correlated normals, the others are independent. Every series has a stream of its own, so that
 * no column's draws depend on another's.
 */
typedef struct
{
  const genesis_abi_gen *gen;
  copula_state state;
  const genesis_abi_rng **streams; /* one a series; NULL: the series is not needed */
  uint32_t n_series;
  int32_t *latent_of;               /* series -> latent, or -1 */
  double *factor;                   /* Cholesky factor */
  double *normals;                  /* latents x COPULA_BLOCK */
  double *uniforms;                 /* COPULA_BLOCK, of one series */
  uint32_t *patterns;               /* of the rows of the block */
  genesis_sdk_quantiles *quantiles; /* one a column */
  copula_presence presence;
  uint32_t n;
} drawing;

static uint32_t
get_series (const drawing *self, const copula_latent *latent)
{
  if (latent->kind == COPULA_LATENT_PATTERN)
    return 2 * self->gen->n_columns;
  return latent->column + (latent->kind == COPULA_LATENT_INDICATOR ? self->gen->n_columns : 0);
}

static genesis_abi_status
prepare_latents (drawing *self)
{
  const genesis_abi_gen *gen = self->gen;
  uint64_t n = self->state.flags & COPULA_HAS_DEPENDENCE ? self->state.n_latents : 0;

  self->n_series = 2 * gen->n_columns + 1;
  self->streams = copula_scratch (gen, self->n_series, sizeof *self->streams);
  self->latent_of = copula_scratch (gen, self->n_series, sizeof *self->latent_of);
  self->factor = copula_scratch (gen, n * n, sizeof *self->factor);
  self->normals = copula_scratch (gen, n * COPULA_BLOCK, sizeof *self->normals);
  self->uniforms = copula_scratch (gen, COPULA_BLOCK, sizeof *self->uniforms);
  self->patterns = copula_scratch (gen, COPULA_BLOCK, sizeof *self->patterns);
  if (self->streams == NULL || self->latent_of == NULL || self->factor == NULL
      || self->normals == NULL || self->uniforms == NULL || self->patterns == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t s = 0; s < self->n_series; s++)
    self->latent_of[s] = -1;
  for (uint32_t l = 0; l < n; l++)
    self->latent_of[get_series (self, &self->state.latents[l])] = (int32_t)l;
  if (n == 0)
    return GENESIS_ABI_OK;
  memcpy (self->factor, self->state.correlation, n * n * sizeof *self->factor);
  if (!genesis_sdk_cholesky ((uint32_t)n, self->factor))
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_STATE, NULL,
                             "the correlations of the state are not consistent; use the model file "
                             "that this plugin wrote");
  return GENESIS_ABI_OK;
}

static genesis_abi_status
prepare_column (drawing *self, uint32_t c)
{
  const genesis_abi_gen *gen = self->gen;
  const genesis_sdk_column *column = &gen->columns[c];
  const genesis_sdk_margin *margin = &self->state.margins[c];
  const int64_t *codes = NULL;

  if (column->starts == NULL)
    codes = self->state.bins[c];
  if (column->starts == NULL && codes == NULL)
    {
      int64_t *order = copula_scratch (gen, margin->n_cells, sizeof *order);

      if (order == NULL)
        return GENESIS_ABI_E_NOMEM;
      copula_bins_order (margin->count, margin->n_cells, order);
      codes = order;
    }
  return genesis_sdk_quantiles_init (&self->quantiles[c], gen->host, column, margin, codes);
}

static genesis_abi_status
prepare_columns (drawing *self)
{
  uint32_t n = self->gen->n_columns;
  genesis_abi_status status = GENESIS_ABI_OK;

  self->quantiles = copula_scratch (self->gen, n, sizeof *self->quantiles);
  if (self->quantiles == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t c = 0; c < n && status == GENESIS_ABI_OK; c++)
    status = prepare_column (self, c);
  return status;
}

/* Streams live until the call returns. */
static genesis_abi_status
open_streams (drawing *self, const genesis_abi_rng *rng)
{
  uint32_t n = self->gen->n_columns;

  for (uint32_t s = 0; s < self->n_series; s++)
    {
      int wanted = self->latent_of[s] >= 0;

      if (s < n)
        wanted |= self->state.margins[s].present > 0;
      else
        wanted |= s < 2 * n ? copula_presence_wants_uniforms (&self->presence, s - n)
                            : self->presence.has_patterns;
      if (!wanted)
        continue;
      self->streams[s] = rng->split (rng->ctx, s);
      if (self->streams[s] == NULL)
        return GENESIS_ABI_E_NOMEM;
    }
  return GENESIS_ABI_OK;
}

static void
fill_normals (drawing *self)
{
  uint32_t n = self->state.n_latents;

  if (!(self->state.flags & COPULA_HAS_DEPENDENCE))
    return;
  for (uint32_t s = 0; s < self->n_series; s++)
    if (self->latent_of[s] >= 0)
      self->streams[s]->fill_normal (self->streams[s]->ctx,
                                     self->normals + (size_t)self->latent_of[s] * COPULA_BLOCK,
                                     self->n);
  genesis_sdk_cholesky_multiply (n, self->factor, self->normals, COPULA_BLOCK, self->n);
}

/* Phi by table, linear between 8,192 points of [-8, 8]: wrong by 1.2e-7 at most, increasing, the
   same everywhere. */
static void
make_uniforms (const drawing *self, const double *normals, double *uniforms)
{
  const double *table = self->gen->normal;
  const double scale = COPULA_NORMAL_CELLS / (2.0 * COPULA_NORMAL_EDGE);

  for (uint32_t i = 0; i < self->n; i++)
    {
      double x = (normals[i] + COPULA_NORMAL_EDGE) * scale;
      uint32_t at;

      x = x > 0.0 ? x : 0.0;
      x = x < COPULA_NORMAL_CELLS - 0.5 ? x : COPULA_NORMAL_CELLS - 0.5;
      at = (uint32_t)x;
      uniforms[i] = table[at] + (x - at) * (table[at + 1] - table[at]);
    }
}

static const double *
fill_uniforms (drawing *self, uint32_t series)
{
  int32_t latent = self->latent_of[series];

  if (latent >= 0)
    make_uniforms (self, self->normals + (size_t)latent * COPULA_BLOCK, self->uniforms);
  else
    self->streams[series]->fill_uniform (self->streams[series]->ctx, self->uniforms, self->n);
  return self->uniforms;
}

static void
draw_patterns (drawing *self)
{
  const double *u;
  double fraction;

  if (!self->presence.has_patterns)
    return;
  u = fill_uniforms (self, 2 * self->gen->n_columns);
  for (uint32_t i = 0; i < self->n; i++)
    self->patterns[i] = genesis_sdk_dealer_deal (&self->presence.dealer, u[i], &fraction);
}

static void
draw_presence (drawing *self, uint32_t c, uint8_t *present)
{
  const double *u = NULL;

  if (copula_presence_wants_uniforms (&self->presence, c))
    u = fill_uniforms (self, self->gen->n_columns + c);
  copula_presence_draw (&self->presence, c, self->patterns, u, self->n, present);
}

/* A column that is a function of the pattern has its level. */
static void
tie_codes (drawing *self, uint32_t c, int32_t *codes)
{
  const int64_t *tie = self->presence.has_patterns ? self->state.ties[c] : NULL;

  for (uint32_t i = 0; tie != NULL && i < self->n; i++)
    if (tie[self->patterns[i]] >= 0)
      codes[i] = (int32_t)tie[self->patterns[i]];
}

static genesis_abi_status
draw_column (drawing *self, uint32_t c, genesis_abi_column_out *out, uint64_t first,
             uint8_t *present)
{
  const genesis_sdk_column *column = &self->gen->columns[c];
  int empty = 0;

  draw_presence (self, c, present);
  for (uint32_t i = 0; i < self->n; i++)
    empty |= !present[i];
  if (empty && out->present == NULL)
    return genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_DATA, NULL,
                             "column '%s' has missing cells and no room to say so",
                             column->field->name);
  if (out->present != NULL)
    memcpy (out->present + first, present, self->n);
  if (self->state.margins[c].present == 0)
    return GENESIS_ABI_OK;
  genesis_sdk_quantiles_write (&self->quantiles[c], fill_uniforms (self, c), self->n, out, first);
  if (column->starts == NULL)
    tie_codes (self, c, (int32_t *)out->values + first);
  return GENESIS_ABI_OK;
}

static genesis_abi_status
draw_block (drawing *self, genesis_abi_table_out *rows, uint64_t first)
{
  uint8_t present[COPULA_BLOCK];
  genesis_abi_status status = GENESIS_ABI_OK;

  fill_normals (self);
  draw_patterns (self);
  for (uint32_t c = 0; c < self->gen->n_columns && status == GENESIS_ABI_OK; c++)
    status = draw_column (self, c, rows->columns[c], first, present);
  return status;
}

static genesis_abi_status
prepare (drawing *self, const genesis_abi_blocks *blocks, const genesis_abi_rng *rng)
{
  genesis_abi_status status = copula_state_read (self->gen, blocks, &self->state);

  if (status == GENESIS_ABI_OK && self->state.phase == 0)
    return genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_STATE, NULL,
                             "no round was answered yet; train the model first");
  if (status == GENESIS_ABI_OK)
    status = prepare_latents (self);
  if (status == GENESIS_ABI_OK)
    status = prepare_columns (self);
  if (status == GENESIS_ABI_OK)
    status = copula_presence_init (&self->presence, self->gen, &self->state);
  if (status == GENESIS_ABI_OK)
    status = open_streams (self, rng);
  return status;
}

genesis_abi_status
copula_sample (genesis_abi_gen *gen, const genesis_abi_blocks *state, const genesis_abi_rng *rng,
               genesis_abi_table_out *rows)
{
  drawing self = { .gen = gen };
  genesis_abi_status status = GENESIS_ABI_OK;

  if (rows->n_columns != gen->n_columns)
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_DATA, NULL,
                             "the table has %u columns, the schema %u", (unsigned)rows->n_columns,
                             (unsigned)gen->n_columns);
  if (rows->n_rows == 0)
    return GENESIS_ABI_OK;
  status = prepare (&self, state, rng);
  for (uint64_t first = 0; first < rows->n_rows && status == GENESIS_ABI_OK; first += COPULA_BLOCK)
    {
      uint64_t left = rows->n_rows - first;

      self.n = left < COPULA_BLOCK ? (uint32_t)left : COPULA_BLOCK;
      status = draw_block (&self, rows, first);
    }
  return status;
}
