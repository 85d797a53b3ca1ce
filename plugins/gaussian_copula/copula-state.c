/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-state.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "genesis-sdk-blocks.h"
#include "genesis-sdk-fail.h"

#define HEADER_ENTRIES 5u
#define SCORE_MAX      (INT64_C (1) << 16)

uint32_t
copula_state_count_gaps (const copula_state *self)
{
  uint32_t n = 0;

  for (uint32_t l = 0; l < self->n_latents; l++)
    n += self->latents[l].has_gaps;
  return n;
}

uint64_t
copula_state_get_pair (uint64_t n, uint64_t i, uint64_t j)
{
  return i * (2 * n - i - 1) / 2 + (j - i - 1);
}

typedef struct
{
  const genesis_abi_gen *gen;
  const genesis_abi_blocks *blocks;
  genesis_abi_status status;
} reader;

static void
refuse (reader *self, const char *name, const char *column, const char *what)
{
  if (self->status != GENESIS_ABI_OK)
    return;
  self->status =
      genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_STATE, NULL,
                        "block '%s%s' of the state %s; use the model file that this plugin "
                        "wrote, whole",
                        name, column, what);
}

/* The values of a block of exactly n entries (0: any number, told in *found). NULL after a
   refusal. */
static const void *
take (reader *self, const char *name, const char *column, uint32_t dtype, uint64_t n,
      uint64_t *found)
{
  const genesis_abi_block *block;

  if (self->status != GENESIS_ABI_OK)
    return NULL;
  block = genesis_sdk_blocks_find_of (self->blocks, name, column);
  if (block == NULL)
    refuse (self, name, column, "is absent");
  else if (block->dtype != dtype || block->shift != 0 || block->data == NULL)
    refuse (self, name, column, "is of the wrong type");
  else if (n > 0 ? block->n != n : block->n == 0 || block->n > UINT32_MAX)
    refuse (self, name, column, "has the wrong size");
  else
    {
      if (found != NULL)
        *found = block->n;
      return block->data;
    }
  return NULL;
}

static const int64_t *
take_integers (reader *self, const char *name, const char *column, uint64_t n, uint64_t *found)
{
  return take (self, name, column, GENESIS_ABI_I64, n, found);
}

static int
has_block (reader *self, const char *name, const char *column)
{
  return genesis_sdk_blocks_find_of (self->blocks, name, column) != NULL;
}

static int
are_within (const int64_t *values, uint64_t n, int64_t lo, int64_t hi)
{
  for (uint64_t i = 0; i < n; i++)
    if (values[i] < lo || values[i] > hi)
      return 0;
  return 1;
}

static int
are_cells (const copula_column *column, const copula_margin *margin)
{
  for (uint32_t i = 0; i < margin->n_cells; i++)
    {
      if (margin->lo[i] < column->lo || margin->hi[i] > column->hi || margin->lo[i] > margin->hi[i])
        return 0;
      if (i > 0 && margin->lo[i] <= margin->hi[i - 1])
        return 0;
    }
  return 1;
}

static void
read_margin (reader *self, const copula_column *column, copula_margin *margin)
{
  const char *name = column->field->name;
  uint64_t n = column->n_cells + 1;
  const int64_t *counts = take_integers (self, "counts:", name, column->starts == NULL ? n : 0, &n);

  if (counts == NULL)
    return;
  margin->n_cells = (uint32_t)n - 1;
  margin->count = counts;
  margin->missing = counts[n - 1];
  margin->lo = margin->hi = NULL;
  if (column->starts != NULL && margin->n_cells > 0)
    {
      margin->lo = take_integers (self, "cells:", name, 2 * (n - 1), NULL);
      if (margin->lo == NULL)
        return;
      margin->hi = margin->lo + margin->n_cells;
      if (!are_cells (column, margin))
        refuse (self, "cells:", name, "holds cells that overlap or leave the schema");
    }
  if (!copula_margin_sum (margin))
    refuse (self, "counts:", name, "holds counts that no table has");
}

static void
read_pattern_rows (reader *self, copula_state *state)
{
  if (!has_block (self, "pattern-rows", ""))
    return;
  state->pattern_rows = take_integers (self, "pattern-rows", "", state->n_patterns, NULL);
  if (state->pattern_rows != NULL
      && (!are_within (state->pattern_rows, state->n_patterns, 0, COPULA_SUM_MAX)
          || !copula_counts_fit (state->pattern_rows, state->n_patterns)))
    refuse (self, "pattern-rows", "", "holds counts that no table has");
}

static void
read_patterns (reader *self, copula_state *state)
{
  const genesis_abi_gen *gen = self->gen;
  uint64_t n = 0;

  if (gen->pattern_cells == 0)
    return;
  state->pattern_counts = take_integers (self, "patterns", "", gen->pattern_cells, NULL);
  if (state->pattern_counts != NULL
      && (!are_within (state->pattern_counts, gen->pattern_cells, 0, COPULA_SUM_MAX)
          || !copula_counts_fit (state->pattern_counts, gen->pattern_cells)))
    refuse (self, "patterns", "", "holds counts that no table has");
  if (!has_block (self, "pattern-masks", ""))
    return;
  state->masks = take_integers (self, "pattern-masks", "", 0, &n);
  state->pattern_of_cell = take_integers (self, "pattern-of-cell", "", gen->pattern_cells, NULL);
  if (state->pattern_of_cell == NULL)
    return;
  if (n % gen->pattern_words != 0)
    refuse (self, "pattern-masks", "", "has the wrong size");
  state->n_patterns = (uint32_t)(n / gen->pattern_words);
  read_pattern_rows (self, state);
  if (!are_within (state->pattern_of_cell, gen->pattern_cells, -1, (int64_t)state->n_patterns - 1))
    refuse (self, "pattern-of-cell", "", "names a pattern that is not there");
}

static void
read_ties (reader *self, copula_state *state)
{
  for (uint32_t c = 0; c < self->gen->n_columns && state->n_patterns > 0; c++)
    {
      const copula_column *column = &self->gen->columns[c];

      if (column->starts != NULL || !has_block (self, "tie:", column->field->name))
        continue;
      state->ties[c] = take_integers (self, "tie:", column->field->name, state->n_patterns, NULL);
      if (state->ties[c] != NULL && !are_within (state->ties[c], state->n_patterns, -1, column->hi))
        refuse (self, "tie:", column->field->name, "names a category that is not there");
    }
}

static int
are_starts (const copula_column *column, const int64_t *starts, uint64_t n)
{
  for (uint64_t i = 1; i < n; i++)
    if (starts[i] <= starts[i - 1])
      return 0;
  return are_within (starts, n, column->lo, column->hi);
}

static int
is_order (reader *self, const int64_t *codes, uint64_t n)
{
  uint8_t *seen = copula_scratch (self->gen, n, 1);

  if (seen == NULL)
    {
      self->status = GENESIS_ABI_E_NOMEM;
      return 1;
    }
  for (uint64_t i = 0; i < n; i++)
    {
      if (codes[i] < 0 || (uint64_t)codes[i] >= n || seen[codes[i]])
        return 0;
      seen[codes[i]] = 1;
    }
  return 1;
}

static void
read_bins (reader *self, const copula_column *column, copula_state *state)
{
  const char *name = column->field->name;
  uint32_t c = column->index;
  uint64_t n = column->n_cells;

  if (!has_block (self, "bins:", name))
    return;
  state->bins[c] = take_integers (self, "bins:", name, column->starts == NULL ? n : 0, &n);
  if (state->bins[c] == NULL)
    return;
  state->n_bins[c] = (uint32_t)n;
  if (column->starts != NULL ? !are_starts (column, state->bins[c], n)
                             : !is_order (self, state->bins[c], n))
    refuse (self, "bins:", name, "does not cut the column");
}

static uint32_t
get_latent_bins (reader *self, const copula_state *state, const copula_latent *latent)
{
  if (latent->kind == COPULA_LATENT_VALUE && latent->column < self->gen->n_columns)
    return state->n_bins[latent->column];
  if (latent->kind == COPULA_LATENT_INDICATOR && latent->column < self->gen->n_columns
      && self->gen->columns[latent->column].gap >= 0)
    return 2;
  if (latent->kind == COPULA_LATENT_PATTERN)
    return state->n_patterns;
  return 0;
}

static void
read_latents (reader *self, copula_state *state)
{
  const copula_column *columns = self->gen->columns;
  uint64_t n = 0, n_scores = 0, used = 0;
  const int64_t *entries, *scores;

  for (uint32_t c = 0; c < self->gen->n_columns; c++)
    read_bins (self, &columns[c], state);
  entries = take_integers (self, "latents", "", 0, &n);
  scores = take_integers (self, "scores", "", 0, &n_scores);
  if (entries == NULL || scores == NULL)
    return;
  state->n_latents = (uint32_t)(n / 3);
  state->latents = copula_scratch (self->gen, state->n_latents + 1, sizeof (copula_latent));
  if (state->latents == NULL)
    {
      self->status = GENESIS_ABI_E_NOMEM;
      return;
    }
  if (n % 3 != 0 || state->n_latents > 2 * self->gen->n_columns + 1
      || !are_within (entries, n, 0, UINT32_MAX))
    refuse (self, "latents", "", "cannot be read");
  else if (!are_within (scores, n_scores, -SCORE_MAX, SCORE_MAX))
    refuse (self, "scores", "", "holds a score that is out of range");
  if (self->status != GENESIS_ABI_OK)
    return;
  for (uint32_t l = 0; l < state->n_latents; l++)
    {
      copula_latent *latent = &state->latents[l];

      latent->kind = (uint32_t)entries[3 * l];
      latent->column = (uint32_t)entries[3 * l + 1];
      latent->has_gaps = entries[3 * l + 2] != 0;
      latent->scores = scores + used;
      latent->n_bins = get_latent_bins (self, state, latent);
      used += latent->n_bins;
      if (latent->n_bins == 0 || used > n_scores
          || (latent->has_gaps
              && (latent->kind != COPULA_LATENT_VALUE || columns[latent->column].gap < 0)))
        {
          refuse (self, "latents", "", "names a latent that is not there");
          return;
        }
    }
  if (used != n_scores)
    refuse (self, "scores", "", "has the wrong size");
}

static int
is_correlation (const double *matrix, uint32_t n)
{
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j < n; j++)
      {
        double entry = matrix[(size_t)i * n + j];

        if (!(fabs (entry) <= 1.0) || entry != matrix[(size_t)j * n + i]
            || (i == j && entry != 1.0))
          return 0;
      }
  return 1;
}

static void
read_dependence (reader *self, copula_state *state)
{
  uint64_t n = state->n_latents, gaps = copula_state_count_gaps (state);

  state->products = take_integers (self, "products", "", n * (n - 1) / 2, NULL);
  if (gaps > 0)
    {
      state->presence = take_integers (self, "presence", "", gaps * (gaps + 1) / 2, NULL);
      state->means = take_integers (self, "means", "", gaps * n, NULL);
    }
  state->raw = take (self, "latent-correlation", "", GENESIS_ABI_F64, n * n, NULL);
  state->correlation = take (self, "correlation", "", GENESIS_ABI_F64, n * n, NULL);
  state->repair = take (self, "repair", "", GENESIS_ABI_F64, COPULA_REPAIR_ENTRIES, NULL);
  if (self->status != GENESIS_ABI_OK)
    return;
  if (n < 2)
    refuse (self, "latents", "", "is too short for the dependence it has");
  if (!is_correlation (state->raw, state->n_latents))
    refuse (self, "latent-correlation", "", "is no table of correlations");
  if (!is_correlation (state->correlation, state->n_latents))
    refuse (self, "correlation", "", "is no table of correlations");
}

static void
read_header (reader *self, copula_state *state)
{
  const int64_t *header = take_integers (self, "copula", "", HEADER_ENTRIES, NULL);

  if (header == NULL)
    return;
  if (header[0] != COPULA_STATE_VERSION || header[1] < 1 || header[1] > UINT16_MAX || header[2] < 0
      || header[2] > 15 || header[3] < 0 || header[4] < 0)
    {
      refuse (self, "copula", "", "was written by another version");
      return;
    }
  state->phase = (uint32_t)header[1];
  state->flags = (uint32_t)header[2];
  state->rows = header[3];
  state->dependence_rows = header[4];
  if ((state->flags & COPULA_HAS_DEPENDENCE) && !(state->flags & COPULA_HAS_SCORES))
    refuse (self, "copula", "", "contradicts itself");
}

genesis_abi_status
copula_state_init (const genesis_abi_gen *gen, copula_state *self)
{
  uint32_t n = gen->n_columns;

  memset (self, 0, sizeof *self);
  self->margins = copula_scratch (gen, n, sizeof *self->margins);
  self->ties = copula_scratch (gen, n, sizeof *self->ties);
  self->bins = copula_scratch (gen, n, sizeof *self->bins);
  self->n_bins = copula_scratch (gen, n, sizeof *self->n_bins);
  if (self->margins == NULL || self->ties == NULL || self->bins == NULL || self->n_bins == NULL)
    return GENESIS_ABI_E_NOMEM;
  return GENESIS_ABI_OK;
}

genesis_abi_status
copula_state_read (const genesis_abi_gen *gen, const genesis_abi_blocks *blocks, copula_state *self)
{
  reader from = { .gen = gen, .blocks = blocks, .status = GENESIS_ABI_OK };
  genesis_abi_status status = copula_state_init (gen, self);

  if (status != GENESIS_ABI_OK || blocks->n == 0)
    return status;
  read_header (&from, self);
  for (uint32_t c = 0; c < gen->n_columns && from.status == GENESIS_ABI_OK; c++)
    read_margin (&from, &gen->columns[c], &self->margins[c]);
  if (from.status == GENESIS_ABI_OK)
    read_patterns (&from, self);
  if (from.status == GENESIS_ABI_OK)
    read_ties (&from, self);
  if (from.status == GENESIS_ABI_OK && (self->flags & COPULA_HAS_SCORES))
    read_latents (&from, self);
  if (from.status == GENESIS_ABI_OK && (self->flags & COPULA_HAS_DEPENDENCE))
    read_dependence (&from, self);
  return from.status;
}
