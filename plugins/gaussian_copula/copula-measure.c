/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "copula-pattern.h"
#include "copula-question.h"
#include "copula-refinement.h"
#include "copula-rows.h"
#include "genesis-sdk-fail.h"
#include "genesis-sdk-rows.h"

/* OpenBLAS by its Fortran name. cblas_dsyrk has a second provider, the reference cblas that GSL
   brings; when the program or the library links GSL that one is found first, and is many times
   slower. */
extern void dsyrk_ (const char *uplo, const char *trans, const int *n, const int *k,
                    const double *alpha, const double *a, const int *lda, const double *beta,
                    double *c, const int *ldc);

/* Rows whose products may meet in one double: (2^16)^2 x 2^20 = 2^52, every partial sum is an
   exact integer. */
#define EXACT_ROWS (UINT64_C (1) << 20)

/**
 * meter: one measurement. matrix holds a block of rows column by column: the scores of each latent,
 * then the presence of each latent with gaps; its cross-products are what the dependence blocks ask
 * for.
 */
typedef struct
{
  const genesis_abi_gen *gen;
  const copula_state *state;
  const copula_question *question;
  genesis_abi_sums *sums;
  copula_rows rows;
  /* first of its kind in the plan */
  uint32_t refine_block, gaps_block, ties_block, pattern_rows_block, dependence_block;
  int64_t **refined_starts; /* n_columns */
  uint32_t order;           /* columns of matrix */
  double *matrix, *products;
  uint64_t held;         /* rows in products */
  double **value_of_bin; /* scores of a latent, as doubles */
} meter;

static genesis_abi_status
measure_marginals (meter *self)
{
  const genesis_abi_gen *gen = self->gen;
  genesis_abi_status status = GENESIS_ABI_OK;

  for (uint32_t c = 0; c < gen->n_columns && status == GENESIS_ABI_OK; c++)
    if (gen->columns[c].starts != NULL)
      status =
          copula_rows_prepare (&self->rows, c, gen->columns[c].starts, gen->columns[c].n_cells);
  while (status == GENESIS_ABI_OK && copula_rows_next (&self->rows))
    {
      for (uint32_t c = 0; c < gen->n_columns && status == GENESIS_ABI_OK; c++)
        {
          status = copula_rows_read (&self->rows, c);
          if (status == GENESIS_ABI_OK)
            genesis_sdk_column_count (&gen->columns[c], &self->rows.locators[c], self->rows.units,
                                      self->rows.present, self->rows.n, self->rows.bins,
                                      self->sums->data[1 + c]);
        }
      if (gen->pattern_cells == 0 || status != GENESIS_ABI_OK)
        continue;
      for (uint32_t i = 0; i < self->rows.n; i++)
        self->sums->data[1 + gen->n_columns]
                        [copula_pattern_hash (self->rows.masks + (size_t)i * gen->pattern_words,
                                              gen->pattern_words, gen->pattern_exact)]++;
    }
  return status;
}

static void
count_parts (meter *self, uint32_t c, uint32_t block)
{
  const genesis_sdk_margin *margin = &self->state->margins[c];
  const uint32_t *cells = self->question->refined[c];
  uint32_t n = self->question->n_refined[c];
  int64_t *counts = self->sums->data[block];

  for (uint32_t i = 0; i < self->rows.n; i++)
    {
      int64_t value = self->rows.units[i], lo, hi;
      uint32_t at;

      if (!self->rows.present[i])
        continue;
      at = genesis_sdk_search (self->refined_starts[c], n, value);
      lo = margin->lo[cells[at]];
      hi = margin->hi[cells[at]];
      if (value >= lo && value <= hi)
        counts[(size_t)at * COPULA_SPLIT + copula_refinement_find_part (lo, hi, value)]++;
    }
}

static void
fill_values (meter *self, uint32_t latent, uint32_t c)
{
  const double *score = self->value_of_bin[latent];
  double *out = self->matrix + (size_t)latent * COPULA_BLOCK;

  if (self->gen->columns[c].starts != NULL)
    genesis_sdk_locator_find (&self->rows.locators[c], self->rows.units, self->rows.n,
                              self->rows.bins);
  else
    for (uint32_t i = 0; i < self->rows.n; i++)
      self->rows.bins[i] = (uint32_t)self->rows.units[i];
  for (uint32_t i = 0; i < self->rows.n; i++)
    out[i] = self->rows.present[i] ? score[self->rows.bins[i]] : 0.0;
}

/* What one column gives to the dependence: its value latent, its presence and its indicator. */
static void
fill_column (meter *self, uint32_t c)
{
  const copula_state *state = self->state;
  uint32_t gap = state->n_latents;

  for (uint32_t l = 0; l < state->n_latents; l++)
    {
      const copula_latent *latent = &state->latents[l];
      double *out = self->matrix + (size_t)l * COPULA_BLOCK;

      if (latent->column == c && latent->kind == COPULA_LATENT_VALUE)
        {
          fill_values (self, l, c);
          if (latent->has_gaps)
            for (uint32_t i = 0; i < self->rows.n; i++)
              self->matrix[(size_t)gap * COPULA_BLOCK + i] = self->rows.present[i];
        }
      else if (latent->column == c && latent->kind == COPULA_LATENT_INDICATOR)
        for (uint32_t i = 0; i < self->rows.n; i++)
          out[i] = self->value_of_bin[l][!self->rows.present[i]];
      gap += latent->has_gaps;
    }
}

static void
fill_patterns (meter *self)
{
  for (uint32_t l = 0; l < self->state->n_latents; l++)
    if (self->state->latents[l].kind == COPULA_LATENT_PATTERN)
      for (uint32_t i = 0; i < self->rows.n; i++)
        self->matrix[(size_t)l * COPULA_BLOCK + i] = self->value_of_bin[l][self->rows.patterns[i]];
}

/* products is column major with the upper triangle filled: entry (i, j), i <= j, at i + j order. */
static void
flush_products (meter *self)
{
  int64_t *const *sums = self->sums->data + self->dependence_block;
  uint32_t n = self->state->n_latents, gaps = self->order - n;
  uint64_t at = 0;

  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = i + 1; j < n; j++)
      sums[0][at++] += (int64_t)self->products[i + (size_t)j * self->order];
  at = 0;
  for (uint32_t g = 0; g < gaps; g++)
    for (uint32_t h = g; h < gaps; h++)
      sums[1][at++] += (int64_t)self->products[(n + g) + (size_t)(n + h) * self->order];
  for (uint32_t g = 0; g < gaps; g++)
    for (uint32_t i = 0; i < n; i++)
      sums[2][(size_t)g * n + i] += (int64_t)self->products[i + (size_t)(n + g) * self->order];
  memset (self->products, 0, (size_t)self->order * self->order * sizeof (double));
  self->held = 0;
}

static void
add_products (meter *self)
{
  const int order = (int)self->order, n = (int)self->rows.n, stride = COPULA_BLOCK;
  const double one = 1.0;

  if (self->held + self->rows.n > EXACT_ROWS)
    flush_products (self);
  dsyrk_ ("U", "T", &order, &n, &one, self->matrix, &stride, &one, self->products, &order);
  self->held += self->rows.n;
}

static void
count_patterns (meter *self)
{
  const genesis_abi_gen *gen = self->gen;
  int64_t *counts = self->sums->data[self->gaps_block];

  for (uint32_t i = 0; i < self->rows.n; i++)
    {
      const uint64_t *mask = self->rows.masks + (size_t)i * gen->pattern_words;
      int64_t kept =
          self->state
              ->pattern_of_cell[copula_pattern_hash (mask, gen->pattern_words, gen->pattern_exact)];

      if (kept < 0)
        continue;
      for (uint32_t g = 0; g < gen->n_gaps; g++)
        counts[(size_t)kept * gen->n_gaps + g] += (int64_t)((mask[g / 64] >> (g % 64)) & 1);
    }
}

/* The masks are complete only after all columns were read: a second pass over the columns that
   may be tied. */
static genesis_abi_status
count_ties (meter *self)
{
  genesis_abi_status status = GENESIS_ABI_OK;
  uint32_t block = self->ties_block;

  for (uint32_t c = 0; c < self->gen->n_columns && status == GENESIS_ABI_OK; c++)
    {
      if (!self->question->ties[c])
        continue;
      status = copula_rows_read (&self->rows, c);
      if (status == GENESIS_ABI_OK)
        for (uint32_t i = 0; i < self->rows.n; i++)
          if (self->rows.present[i])
            self->sums->data[block][(size_t)self->rows.patterns[i] * self->gen->columns[c].n_cells
                                    + self->rows.units[i]]++;
      block++;
    }
  return status;
}

static genesis_abi_status
measure_block (meter *self)
{
  const genesis_abi_gen *gen = self->gen;
  uint32_t block = self->refine_block;
  genesis_abi_status status = GENESIS_ABI_OK;

  for (uint32_t c = 0; c < gen->n_columns; c++)
    {
      int wanted = self->question->n_refined[c] > 0 || self->question->dependence
                   || gen->columns[c].gap >= 0;

      if (wanted)
        status = copula_rows_read (&self->rows, c);
      if (status != GENESIS_ABI_OK)
        return status;
      if (self->question->n_refined[c] > 0)
        count_parts (self, c, block++);
      if (self->question->dependence)
        fill_column (self, c);
    }
  if (self->state->n_patterns > 0)
    copula_rows_find_patterns (&self->rows, self->state);
  if (self->question->pattern_gaps)
    count_patterns (self);
  if (self->question->n_ties > 0)
    status = count_ties (self);
  if (self->question->pattern_rows)
    for (uint32_t i = 0; i < self->rows.n; i++)
      self->sums->data[self->pattern_rows_block][self->rows.patterns[i]]++;
  if (self->question->dependence && status == GENESIS_ABI_OK)
    {
      fill_patterns (self);
      add_products (self);
    }
  return status;
}

static genesis_abi_status
prepare_refinement (meter *self)
{
  for (uint32_t c = 0; c < self->gen->n_columns; c++)
    {
      uint32_t n = self->question->n_refined[c];

      if (n == 0)
        continue;
      self->refined_starts[c] = copula_scratch (self->gen, n, sizeof **self->refined_starts);
      if (self->refined_starts[c] == NULL)
        return GENESIS_ABI_E_NOMEM;
      for (uint32_t i = 0; i < n; i++)
        self->refined_starts[c][i] = self->state->margins[c].lo[self->question->refined[c][i]];
    }
  return GENESIS_ABI_OK;
}

/* A category's bins stand in the order of their latent; the table goes from code to score at
   once. */
static genesis_abi_status
prepare_latent (meter *self, uint32_t l)
{
  const copula_latent *latent = &self->state->latents[l];
  int is_category =
      latent->kind == COPULA_LATENT_VALUE && self->gen->columns[latent->column].starts == NULL;
  const int64_t *order = is_category ? self->state->bins[latent->column] : NULL;
  double *values = copula_scratch (self->gen, latent->n_bins, sizeof *values);

  if (values == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t b = 0; b < latent->n_bins; b++)
    values[order != NULL ? order[b] : b] = (double)latent->scores[b];
  self->value_of_bin[l] = values;
  if (latent->kind != COPULA_LATENT_VALUE || is_category)
    return GENESIS_ABI_OK;
  return copula_rows_prepare (&self->rows, latent->column, self->state->bins[latent->column],
                              latent->n_bins);
}

static genesis_abi_status
prepare_dependence (meter *self)
{
  genesis_abi_status status = GENESIS_ABI_OK;

  self->order = self->state->n_latents + copula_state_count_gaps (self->state);
  self->matrix = copula_scratch (self->gen, (uint64_t)self->order * COPULA_BLOCK, sizeof (double));
  self->products = copula_scratch (self->gen, (uint64_t)self->order * self->order, sizeof (double));
  self->value_of_bin = copula_scratch (self->gen, self->state->n_latents, sizeof (double *));
  if (self->matrix == NULL || self->products == NULL || self->value_of_bin == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t l = 0; l < self->state->n_latents && status == GENESIS_ABI_OK; l++)
    status = prepare_latent (self, l);
  return status;
}

static genesis_abi_status
measure_rest (meter *self)
{
  genesis_abi_status status;

  self->refined_starts = copula_scratch (self->gen, self->gen->n_columns, sizeof (int64_t *));
  if (self->refined_starts == NULL)
    return GENESIS_ABI_E_NOMEM;
  self->refine_block = 1;
  self->gaps_block = 1;
  for (uint32_t c = 0; c < self->gen->n_columns; c++)
    self->gaps_block += self->question->n_refined[c] > 0;
  self->ties_block = self->gaps_block + self->question->pattern_gaps;
  self->pattern_rows_block = self->ties_block + self->question->n_ties;
  self->dependence_block = self->pattern_rows_block + self->question->pattern_rows;
  status = prepare_refinement (self);
  if (status == GENESIS_ABI_OK && self->question->dependence)
    status = prepare_dependence (self);
  while (status == GENESIS_ABI_OK && copula_rows_next (&self->rows))
    status = measure_block (self);
  if (status == GENESIS_ABI_OK && self->question->dependence)
    flush_products (self);
  return status;
}

genesis_abi_status
copula_measure (genesis_abi_gen *gen, const genesis_abi_blocks *blocks,
                const genesis_abi_plan *plan, const genesis_abi_table *rows,
                genesis_abi_sums *add_into)
{
  meter self = { .gen = gen, .sums = add_into };
  copula_question question;
  copula_state state;
  genesis_abi_status status = copula_state_read (gen, blocks, &state);

  if (status == GENESIS_ABI_OK)
    status = copula_question_init (gen, &state, &question);
  if (status != GENESIS_ABI_OK)
    return status;
  if (plan->phase != question.phase || plan->n_specs != question.n_blocks
      || add_into->n != question.n_blocks)
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_STATE, NULL,
                             "the plan of round %u does not follow from this state",
                             (unsigned)plan->phase);
  self.state = &state;
  self.question = &question;
  status = copula_rows_init (&self.rows, gen, rows);
  if (status != GENESIS_ABI_OK)
    return status;
  genesis_sdk_rows_add (add_into, rows->n_rows);
  return question.marginals ? measure_marginals (&self) : measure_rest (&self);
}
