/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "copula-absorber.h"
#include "copula-dependence.h"
#include "copula-freeze.h"
#include "copula-noise.h"
#include "copula-refinement.h"
#include "genesis-sdk-fail.h"
#include "genesis-sdk-rows.h"

static genesis_abi_status
absorb_refinement (copula_absorber *self, uint32_t c)
{
  genesis_sdk_margin *margin = &self->next.margins[c];
  uint32_t n = self->question->n_refined[c];
  uint64_t room = margin->n_cells + (uint64_t)n * COPULA_SPLIT;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *parts = copula_absorber_take_counts (self, (uint64_t)n * COPULA_SPLIT, &status);
  int64_t *cells = copula_scratch (self->gen, 3 * room, sizeof *cells);

  if (parts == NULL)
    return status;
  if (cells == NULL)
    return GENESIS_ABI_E_NOMEM;
  copula_refinement_apply (margin, &self->asked->margins[c], self->question->refined[c], n, parts,
                           cells, cells + room, cells + 2 * room);
  genesis_sdk_margin_sum (margin);
  return GENESIS_ABI_OK;
}

/* A kept cell of the hash leaves a column empty when most of its rows do. */
static genesis_abi_status
absorb_pattern_gaps (copula_absorber *self)
{
  const genesis_abi_gen *gen = self->gen;
  copula_state *next = &self->next;
  uint32_t words = gen->pattern_words, n = next->n_patterns;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *gaps = copula_absorber_take (self, (uint64_t)n * gen->n_gaps, &status);
  int64_t *masks = copula_scratch (gen, (uint64_t)n * words, sizeof *masks);
  int64_t *rows = copula_scratch (gen, n, sizeof *rows);

  if (gaps == NULL)
    return status;
  if (masks == NULL || rows == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t cell = 0; cell < gen->pattern_cells; cell++)
    if (next->pattern_of_cell[cell] >= 0)
      rows[next->pattern_of_cell[cell]] += next->pattern_counts[cell];
  for (uint32_t p = 0; p < n; p++)
    for (uint32_t g = 0; g < gen->n_gaps; g++)
      if (gaps[(size_t)p * gen->n_gaps + g] > rows[p] / 2)
        masks[(size_t)p * words + g / 64] |= (int64_t)(UINT64_C (1) << (g % 64));
  next->masks = masks;
  next->flags |= COPULA_HAS_MASKS;
  return GENESIS_ABI_OK;
}

/* Tied: every pattern that occurs with the column present shows exactly one of its levels, and
   shows it often enough that this is no accident. */
#define TIE_ROWS_MIN 5

static const int64_t *
find_levels (const copula_absorber *self, uint32_t n_levels, const int64_t *table, int64_t *levels)
{
  for (uint32_t p = 0; p < self->next.n_patterns; p++)
    {
      levels[p] = -1;
      for (uint32_t level = 0; level < n_levels; level++)
        {
          int64_t count = table[(size_t)p * n_levels + level];

          if (count <= 0)
            continue;
          if (levels[p] >= 0 || count < TIE_ROWS_MIN)
            return NULL;
          levels[p] = level;
        }
    }
  return levels;
}

static genesis_abi_status
absorb_ties (copula_absorber *self)
{
  genesis_abi_status status = GENESIS_ABI_OK;

  for (uint32_t c = 0; c < self->gen->n_columns; c++)
    {
      uint32_t n_levels = self->gen->columns[c].n_cells;
      const int64_t *table;
      int64_t *levels;

      self->next.ties[c] = NULL;
      if (!self->question->ties[c])
        continue;
      table = copula_absorber_take (self, (uint64_t)self->next.n_patterns * n_levels, &status);
      levels = copula_scratch (self->gen, self->next.n_patterns, sizeof *levels);
      if (table == NULL)
        return status;
      if (levels == NULL)
        return GENESIS_ABI_E_NOMEM;
      self->next.ties[c] = find_levels (self, n_levels, table, levels);
    }
  if (self->next.flags & COPULA_HAS_MASKS)
    self->next.flags |= COPULA_HAS_TIES;
  return GENESIS_ABI_OK;
}

static const int64_t *
copy_integers (copula_absorber *self, const int64_t *values, uint64_t n)
{
  int64_t *copy = copula_scratch (self->gen, n, sizeof *copy);

  if (copy != NULL)
    memcpy (copy, values, n * sizeof *copy);
  return copy;
}

/* Of a sum of products, in scores. */
static double
find_product_noise (const copula_absorber *self, const genesis_abi_plan *plan)
{
  for (uint32_t i = 0; i < plan->n_specs; i++)
    if (strcmp (plan->specs[i]->name, "products") == 0)
      return genesis_sdk_noise_get_sigma (self->gen->session, plan, plan->specs[i])
             * plan->specs[i]->quantum;
  return 0.0;
}

/* The scores are asked's; cut points and masses are those of the state under construction. */
static genesis_abi_status
absorb_dependence (copula_absorber *self, const genesis_abi_plan *plan)
{
  const copula_state *asked = self->asked;
  copula_state *next = &self->next;
  uint64_t n = asked->n_latents, gaps = copula_state_count_gaps (asked);
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *sums;

  next->bins = asked->bins;
  next->n_bins = asked->n_bins;
  next->latents = asked->latents;
  next->n_latents = asked->n_latents;
  sums = copula_absorber_take (self, n * (n - 1) / 2, &status);
  if (sums == NULL)
    return status;
  next->products = copy_integers (self, sums, n * (n - 1) / 2);
  next->presence = next->means = NULL;
  if (gaps > 0)
    {
      sums = copula_absorber_take (self, gaps * (gaps + 1) / 2, &status);
      next->presence = sums != NULL ? copy_integers (self, sums, gaps * (gaps + 1) / 2) : NULL;
      sums = copula_absorber_take (self, gaps * n, &status);
      next->means = sums != NULL ? copy_integers (self, sums, gaps * n) : NULL;
      if (status != GENESIS_ABI_OK)
        return status;
    }
  if (next->products == NULL || (gaps > 0 && (next->presence == NULL || next->means == NULL)))
    return GENESIS_ABI_E_NOMEM;
  next->dependence_rows = next->rows;
  next->flags |= COPULA_HAS_SCORES | COPULA_HAS_DEPENDENCE;
  return copula_dependence_solve (self->gen, next, find_product_noise (self, plan));
}

/* A site's patterns are the pooled ones, so that tables over patterns mean the same everywhere. */
static void
adopt_patterns (copula_absorber *self)
{
  self->next.n_patterns = self->asked->n_patterns;
  self->next.masks = self->asked->masks;
  self->next.pattern_of_cell = self->asked->pattern_of_cell;
  self->next.flags &= ~COPULA_HAS_MASKS;
  self->next.flags |= self->asked->flags & COPULA_HAS_MASKS;
  if (self->asked->flags & COPULA_HAS_TIES)
    self->next.ties = self->asked->ties;
}

static genesis_abi_status
absorb_pattern_rows (copula_absorber *self)
{
  uint32_t n = self->next.n_patterns;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *rows = copula_absorber_take_counts (self, n, &status);
  int64_t *copy = copula_scratch (self->gen, n, sizeof *copy);

  if (rows == NULL)
    return status;
  if (copy == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t p = 0; p < n; p++)
    copy[p] = rows[p] > 0 ? rows[p] : 0;
  self->next.pattern_rows = copy;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
absorb_rest (copula_absorber *self, const genesis_abi_plan *plan)
{
  genesis_abi_status status = GENESIS_ABI_OK;
  int had_masks = (self->asked->flags & COPULA_HAS_MASKS) != 0;

  adopt_patterns (self);
  for (uint32_t c = 0; c < self->gen->n_columns && status == GENESIS_ABI_OK; c++)
    if (self->question->n_refined[c] > 0)
      status = absorb_refinement (self, c);
  if (status == GENESIS_ABI_OK && self->question->pattern_gaps)
    status = absorb_pattern_gaps (self);
  else if (status == GENESIS_ABI_OK && had_masks && !(self->asked->flags & COPULA_HAS_TIES))
    status = absorb_ties (self);
  if (status == GENESIS_ABI_OK && self->question->pattern_rows)
    status = absorb_pattern_rows (self);
  if (status == GENESIS_ABI_OK && self->question->dependence)
    status = absorb_dependence (self, plan);
  return status;
}

static genesis_abi_status
finish (copula_absorber *self)
{
  copula_question after;
  genesis_abi_status status = copula_question_init (self->gen, &self->next, &after);

  if (status == GENESIS_ABI_OK
      && copula_question_is_dependence_next (self->gen, &self->next, &after))
    status = copula_freeze (self->gen, &self->next);
  if (status == GENESIS_ABI_OK)
    status = copula_state_write (self->gen, &self->next);
  return status;
}

/* A site that came after round 1 or left a round out has cells of its own no longer: it begins with
   the pooled ones. Counts of other cells than those that were asked for cannot be joined with the
   answer. */
static genesis_abi_status
read_own (const genesis_abi_gen *gen, const genesis_abi_blocks *asked,
          const genesis_abi_blocks *own, uint32_t phase, copula_state *next)
{
  genesis_abi_status status = GENESIS_ABI_OK;

  if (own->n > 0)
    status = copula_state_read (gen, own, next);
  if (status == GENESIS_ABI_OK && (own->n == 0 || next->phase != phase))
    status = copula_state_read (gen, asked, next);
  return status;
}

genesis_abi_status
copula_absorb (genesis_abi_gen *gen, const genesis_abi_blocks *asked_blocks,
               const genesis_abi_blocks *own_blocks, const genesis_abi_plan *plan,
               const genesis_abi_blocks *total)
{
  copula_absorber self = {
    .gen = gen, .total = total, .block = 1, .is_noisy = genesis_sdk_noise_is_there (gen->session)
  };
  copula_question question;
  copula_state asked;
  double rows = 0.0;
  genesis_abi_status status = copula_state_read (gen, asked_blocks, &asked);

  if (status == GENESIS_ABI_OK)
    status = copula_question_init (gen, &asked, &question);
  if (status == GENESIS_ABI_OK)
    status = read_own (gen, asked_blocks, own_blocks, asked.phase, &self.next);
  if (status == GENESIS_ABI_OK)
    status = genesis_sdk_rows_read (gen->host, total, &rows);
  if (status != GENESIS_ABI_OK)
    return status;
  if (plan->phase != question.phase || total->n != question.n_blocks)
    return genesis_sdk_fail (gen->host, GENESIS_ABI_E_STATE, NULL,
                             "the plan of round %u does not follow from this state",
                             (unsigned)plan->phase);
  self.question = &question;
  self.asked = &asked;
  self.next.phase = question.phase;
  /* one that no run can have is as good as the largest that fits */
  self.next.rows = rows > 0.0 ? (int64_t)fmin (rint (rows), (double)GENESIS_SDK_MARGIN_MAX) : 0;
  status = question.marginals ? copula_absorber_take_marginals (&self, plan, rows)
                              : absorb_rest (&self, plan);
  if (status == GENESIS_ABI_OK)
    status = finish (&self);
  return status;
}
