/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-state.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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
  genesis_sdk_state_reader from;
} reader;

static void
read_pattern_rows (reader *self, copula_state *state)
{
  if (!genesis_sdk_state_has (&self->from, "pattern-rows", ""))
    return;
  state->pattern_rows =
      genesis_sdk_state_take_integers (&self->from, "pattern-rows", "", state->n_patterns, NULL);
  if (state->pattern_rows != NULL
      && (!genesis_sdk_state_are_within (state->pattern_rows, state->n_patterns, 0,
                                         GENESIS_SDK_MARGIN_MAX)
          || !genesis_sdk_margin_counts_fit (state->pattern_rows, state->n_patterns)))
    genesis_sdk_state_refuse (&self->from, "pattern-rows", "", "holds counts that no table has");
}

static void
read_patterns (reader *self, copula_state *state)
{
  const genesis_abi_gen *gen = self->gen;
  uint64_t n = 0;

  if (gen->pattern_cells == 0)
    return;
  state->pattern_counts =
      genesis_sdk_state_take_integers (&self->from, "patterns", "", gen->pattern_cells, NULL);
  if (state->pattern_counts != NULL
      && (!genesis_sdk_state_are_within (state->pattern_counts, gen->pattern_cells, 0,
                                         GENESIS_SDK_MARGIN_MAX)
          || !genesis_sdk_margin_counts_fit (state->pattern_counts, gen->pattern_cells)))
    genesis_sdk_state_refuse (&self->from, "patterns", "", "holds counts that no table has");
  if (!genesis_sdk_state_has (&self->from, "pattern-masks", ""))
    return;
  state->masks = genesis_sdk_state_take_integers (&self->from, "pattern-masks", "", 0, &n);
  state->pattern_of_cell = genesis_sdk_state_take_integers (&self->from, "pattern-of-cell", "",
                                                            gen->pattern_cells, NULL);
  if (state->pattern_of_cell == NULL)
    return;
  if (n % gen->pattern_words != 0)
    genesis_sdk_state_refuse (&self->from, "pattern-masks", "", "has the wrong size");
  state->n_patterns = (uint32_t)(n / gen->pattern_words);
  read_pattern_rows (self, state);
  if (!genesis_sdk_state_are_within (state->pattern_of_cell, gen->pattern_cells, -1,
                                     (int64_t)state->n_patterns - 1))
    genesis_sdk_state_refuse (&self->from, "pattern-of-cell", "",
                              "names a pattern that is not there");
}

static void
read_ties (reader *self, copula_state *state)
{
  for (uint32_t c = 0; c < self->gen->n_columns && state->n_patterns > 0; c++)
    {
      const genesis_sdk_column *column = &self->gen->columns[c];

      if (column->starts != NULL
          || !genesis_sdk_state_has (&self->from, "tie:", column->field->name))
        continue;
      state->ties[c] = genesis_sdk_state_take_integers (&self->from, "tie:", column->field->name,
                                                        state->n_patterns, NULL);
      if (state->ties[c] != NULL
          && !genesis_sdk_state_are_within (state->ties[c], state->n_patterns, -1, column->hi))
        genesis_sdk_state_refuse (&self->from, "tie:", column->field->name,
                                  "names a category that is not there");
    }
}

static int
are_starts (const genesis_sdk_column *column, const int64_t *starts, uint64_t n)
{
  for (uint64_t i = 1; i < n; i++)
    if (starts[i] <= starts[i - 1])
      return 0;
  return genesis_sdk_state_are_within (starts, n, column->lo, column->hi);
}

static int
is_order (reader *self, const int64_t *codes, uint64_t n)
{
  uint8_t *seen = copula_scratch (self->gen, n, 1);

  if (seen == NULL)
    {
      self->from.status = GENESIS_ABI_E_NOMEM;
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
read_bins (reader *self, const genesis_sdk_column *column, copula_state *state)
{
  const char *name = column->field->name;
  uint32_t c = column->index;
  uint64_t n = column->n_cells;

  if (!genesis_sdk_state_has (&self->from, "bins:", name))
    return;
  state->bins[c] = genesis_sdk_state_take_integers (&self->from, "bins:", name,
                                                    column->starts == NULL ? n : 0, &n);
  if (state->bins[c] == NULL)
    return;
  state->n_bins[c] = (uint32_t)n;
  if (column->starts != NULL ? !are_starts (column, state->bins[c], n)
                             : !is_order (self, state->bins[c], n))
    genesis_sdk_state_refuse (&self->from, "bins:", name, "does not cut the column");
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
  const genesis_sdk_column *columns = self->gen->columns;
  uint64_t n = 0, n_scores = 0, used = 0;
  const int64_t *entries, *scores;

  for (uint32_t c = 0; c < self->gen->n_columns; c++)
    read_bins (self, &columns[c], state);
  entries = genesis_sdk_state_take_integers (&self->from, "latents", "", 0, &n);
  scores = genesis_sdk_state_take_integers (&self->from, "scores", "", 0, &n_scores);
  if (entries == NULL || scores == NULL)
    return;
  state->n_latents = (uint32_t)(n / 3);
  state->latents = copula_scratch (self->gen, state->n_latents + 1, sizeof (copula_latent));
  if (state->latents == NULL)
    {
      self->from.status = GENESIS_ABI_E_NOMEM;
      return;
    }
  if (n % 3 != 0 || state->n_latents > 2 * self->gen->n_columns + 1
      || !genesis_sdk_state_are_within (entries, n, 0, UINT32_MAX))
    genesis_sdk_state_refuse (&self->from, "latents", "", "cannot be read");
  else if (!genesis_sdk_state_are_within (scores, n_scores, -SCORE_MAX, SCORE_MAX))
    genesis_sdk_state_refuse (&self->from, "scores", "", "holds a score that is out of range");
  if (self->from.status != GENESIS_ABI_OK)
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
          genesis_sdk_state_refuse (&self->from, "latents", "", "names a latent that is not there");
          return;
        }
    }
  if (used != n_scores)
    genesis_sdk_state_refuse (&self->from, "scores", "", "has the wrong size");
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

  state->products =
      genesis_sdk_state_take_integers (&self->from, "products", "", n * (n - 1) / 2, NULL);
  if (gaps > 0)
    {
      state->presence = genesis_sdk_state_take_integers (&self->from, "presence", "",
                                                         gaps * (gaps + 1) / 2, NULL);
      state->means = genesis_sdk_state_take_integers (&self->from, "means", "", gaps * n, NULL);
    }
  state->raw =
      genesis_sdk_state_take (&self->from, "latent-correlation", "", GENESIS_ABI_F64, n * n, NULL);
  state->correlation =
      genesis_sdk_state_take (&self->from, "correlation", "", GENESIS_ABI_F64, n * n, NULL);
  state->repair = genesis_sdk_state_take (&self->from, "repair", "", GENESIS_ABI_F64,
                                          COPULA_REPAIR_ENTRIES, NULL);
  if (self->from.status != GENESIS_ABI_OK)
    return;
  if (n < 2)
    genesis_sdk_state_refuse (&self->from, "latents", "", "is too short for the dependence it has");
  if (!is_correlation (state->raw, state->n_latents))
    genesis_sdk_state_refuse (&self->from, "latent-correlation", "", "is no table of correlations");
  if (!is_correlation (state->correlation, state->n_latents))
    genesis_sdk_state_refuse (&self->from, "correlation", "", "is no table of correlations");
}

static void
read_header (reader *self, copula_state *state)
{
  const int64_t *header =
      genesis_sdk_state_take_integers (&self->from, "copula", "", HEADER_ENTRIES, NULL);

  if (header == NULL)
    return;
  if (header[0] != COPULA_STATE_VERSION || header[1] < 1 || header[1] > UINT16_MAX || header[2] < 0
      || header[2] > 15 || header[3] < 0 || header[4] < 0)
    {
      genesis_sdk_state_refuse (&self->from, "copula", "", "was written by another version");
      return;
    }
  state->phase = (uint32_t)header[1];
  state->flags = (uint32_t)header[2];
  state->rows = header[3];
  state->dependence_rows = header[4];
  if ((state->flags & COPULA_HAS_DEPENDENCE) && !(state->flags & COPULA_HAS_SCORES))
    genesis_sdk_state_refuse (&self->from, "copula", "", "contradicts itself");
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
  reader to = { .gen = gen, .from = { .host = gen->host, .blocks = blocks } };
  genesis_abi_status status = copula_state_init (gen, self);

  if (status != GENESIS_ABI_OK || blocks->n == 0)
    return status;
  read_header (&to, self);
  for (uint32_t c = 0; c < gen->n_columns && to.from.status == GENESIS_ABI_OK; c++)
    genesis_sdk_margin_read (&self->margins[c], &to.from, &gen->columns[c]);
  if (to.from.status == GENESIS_ABI_OK)
    read_patterns (&to, self);
  if (to.from.status == GENESIS_ABI_OK)
    read_ties (&to, self);
  if (to.from.status == GENESIS_ABI_OK && (self->flags & COPULA_HAS_SCORES))
    read_latents (&to, self);
  if (to.from.status == GENESIS_ABI_OK && (self->flags & COPULA_HAS_DEPENDENCE))
    read_dependence (&to, self);
  return to.from.status;
}
