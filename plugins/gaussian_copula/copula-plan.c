/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "copula-noise.h"
#include "copula-question.h"
#include "copula-refinement.h"

/* Groups of a plan, beside the rows: each has a sensitivity of its own. */
#define GROUP_TABLES                                                                               \
  1u /* cells and patterns, or refinement: every record adds at most 1 to each table */
#define GROUP_MASKS    2u
#define GROUP_TIES     3u
#define GROUP_PRODUCTS 4u
#define GROUP_MEANS    5u
#define GROUP_PRESENCE 6u
#define N_GROUPS       7u

#define SHARE_MARGINALS  0.3
#define SHARE_DEPENDENCE 0.6
#define SHARE_REST       0.1 /* of all rounds that only refine, together */

typedef struct
{
  genesis_abi_gen *gen;
  double squares[N_GROUPS]; /* sensitivity^2 */
  double flip[N_GROUPS];    /* factor under replace-one neighbours, squared */
  int failed;
} builder;

static genesis_abi_block_spec *
add (builder *self, const char *prefix, const char *column, uint64_t n, uint64_t m, uint32_t group,
     double square)
{
  genesis_abi_block_spec *spec =
      genesis_sdk_plan_add (&self->gen->plan, prefix, column, n, m, group);

  self->failed |= spec == NULL;
  self->squares[group] += square;
  return spec;
}

static void
add_marginals (builder *self)
{
  const genesis_abi_gen *gen = self->gen;
  genesis_abi_block_spec *spec;

  for (uint32_t c = 0; c < gen->n_columns; c++)
    {
      const genesis_sdk_column *column = &gen->columns[c];

      spec = add (self, "cells:", column->field->name, column->n_cells + (column->gap >= 0), 0,
                  GROUP_TABLES, 1.0);
      if (spec != NULL)
        spec->flags = 1;
    }
  if (gen->pattern_cells > 0)
    {
      spec = add (self, "patterns", "", gen->pattern_cells, 0, GROUP_TABLES, 1.0);
      if (spec != NULL)
        spec->flags = 1;
    }
}

static void
add_tables (builder *self, const copula_state *state, const copula_question *question)
{
  const genesis_abi_gen *gen = self->gen;

  for (uint32_t c = 0; c < gen->n_columns; c++)
    if (question->n_refined[c] > 0)
      add (self, "refine:", gen->columns[c].field->name, question->n_refined[c], COPULA_SPLIT,
           GROUP_TABLES, 1.0);
  if (question->pattern_gaps)
    add (self, "pattern-gaps", "", state->n_patterns, gen->n_gaps, GROUP_MASKS, gen->n_gaps);
  for (uint32_t c = 0; c < gen->n_columns; c++)
    if (question->ties[c])
      add (self, "tie:", gen->columns[c].field->name, state->n_patterns, gen->columns[c].n_cells,
           GROUP_TIES, 1.0);
}

/* Sensitivities from the score tables really used, not from the nominal clip. */
static void
add_dependence (builder *self, const copula_state *state)
{
  uint64_t n = state->n_latents, gaps = copula_state_count_gaps (state);
  double quantum = ldexp (1.0, -self->gen->grid), largest = 0.0, sum = 0.0, squares = 0.0;
  genesis_abi_block_spec *spec;

  for (uint32_t l = 0; l < n; l++)
    {
      double score = copula_question_get_largest_score (&state->latents[l]);

      squares += sum * score * score;
      sum += score * score;
      largest = fmax (largest, score);
    }
  spec = add (self, "products", "", n * (n - 1) / 2, 0, GROUP_PRODUCTS, squares);
  if (spec != NULL)
    {
      spec->lo = -largest * largest;
      spec->hi = largest * largest;
      spec->quantum = quantum * quantum;
    }
  if (gaps == 0)
    return;
  add (self, "presence", "", gaps * (gaps + 1) / 2, 0, GROUP_PRESENCE,
       0.5 * (double)(gaps * (gaps + 1)));
  spec = add (self, "means", "", gaps, n, GROUP_MEANS, (double)gaps * sum);
  if (spec != NULL)
    {
      spec->lo = -largest;
      spec->hi = largest;
      spec->quantum = quantum;
    }
}

/* What a group's share of the round is in proportion to. Presence counts are large, and means only
   correct a product by another mean, which is small: errors of theirs hardly show. */
static double
get_weight (int is_noisy, uint32_t group)
{
  static const double weights[N_GROUPS] = { 0.0, 0.06, 1.0, 1.0, 1.0, 0.04, 0.02 };

  return is_noisy ? weights[group] : 1.0;
}

/* What replacing a record can move beyond removing one: a table, also that of masks, loses one row
   of entries and gains another, a product goes from one end to the other, a presence count moves by
   one. */
static void
close_groups (builder *self)
{
  static const double factor[N_GROUPS] = { 0.0, M_SQRT2, M_SQRT2, M_SQRT2, 2.0, 2.0, 1.0 };
  int replace = self->gen->session->neighbours == 1;
  int is_noisy = genesis_sdk_noise_is_there (self->gen->session);
  double weights = 0.0;

  for (uint32_t g = 1; g < N_GROUPS; g++)
    weights += self->squares[g] > 0.0 ? get_weight (is_noisy, g) : 0.0;
  for (uint32_t g = 1; g < N_GROUPS; g++)
    if (self->squares[g] > 0.0)
      genesis_sdk_plan_close_group (&self->gen->plan, g,
                                    sqrt (self->squares[g]) * (replace ? factor[g] : 1.0),
                                    0.99 / weights * get_weight (is_noisy, g));
}

static double
get_share (const genesis_abi_gen *gen, const copula_question *question)
{
  if (genesis_sdk_noise_is_there (gen->session))
    return copula_noise_get_share (gen, question->phase, question->dependence);
  if (question->marginals)
    return SHARE_MARGINALS;
  return question->dependence ? SHARE_DEPENDENCE : SHARE_REST / gen->rounds;
}

static const char *
get_title (const copula_question *question)
{
  if (question->marginals)
    return "marginals";
  return question->dependence ? "dependence" : "refinement";
}

genesis_abi_status
copula_plan (genesis_abi_gen *self, const genesis_abi_blocks *blocks, const genesis_abi_plan **next)
{
  builder build = { .gen = self };
  copula_question question;
  copula_state state;
  genesis_abi_status status = copula_state_read (self, blocks, &state);

  if (status == GENESIS_ABI_OK)
    status = copula_question_init (self, &state, &question);
  if (status != GENESIS_ABI_OK)
    return status;
  if (state.phase >= self->rounds || question.n_blocks == 1)
    return GENESIS_ABI_FINISHED;
  status = genesis_sdk_plan_begin (&self->plan, self->session, question.phase,
                                   get_title (&question), get_share (self, &question));
  if (status != GENESIS_ABI_OK)
    return status;
  if (question.marginals)
    add_marginals (&build);
  else
    add_tables (&build, &state, &question);
  if (question.pattern_rows)
    add (&build, "pattern-rows", "", state.n_patterns, 0, GROUP_TABLES, 1.0);
  if (question.dependence)
    add_dependence (&build, &state);
  if (build.failed)
    return GENESIS_ABI_E_NOMEM;
  close_groups (&build);
  *next = &self->plan.plan;
  return GENESIS_ABI_OK;
}
