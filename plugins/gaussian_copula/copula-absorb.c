/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "copula-bins.h"
#include "copula-dependence.h"
#include "copula-pattern.h"
#include "copula-question.h"
#include "genesis-sdk-fail.h"
#include "genesis-sdk-rows.h"

/**
 * absorber: one total on its way into a state. asked is the state that the question came from, next the state under
 * construction: a copy of own. For the pooled model own is asked; a site's model takes cuts, scores and patterns from
 * asked and keeps masses and dependence of its own.
 */
typedef struct
{
  const genesis_abi_gen *gen;
  const genesis_abi_blocks *total;
  const copula_question *question;
  const copula_state *asked;
  copula_state next;
  uint32_t block; /* of the total, the next to be taken */
} absorber;

/* The next block of the total, which must have n cells; NULL after an error in *status. Without privacy totals are plain
   integers. */
static const int64_t *
take (absorber *self, uint64_t n, genesis_abi_status *status)
{
  const genesis_abi_block *block = self->total->items[self->block++];

  if (*status != GENESIS_ABI_OK)
    return NULL;
  if (block->dtype == GENESIS_ABI_I64 && block->n == n && block->shift == 0 && block->data != NULL)
    return block->data;
  *status =
      genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_DATA, block->name,
                        "the total of block '%s' is not the one that was asked for", block->name);
  return NULL;
}

/* A negative count, which only noise makes, is an empty cell. */
static int64_t
clip_count (int64_t count)
{
  return count > 0 ? count : 0;
}

static genesis_abi_status
absorb_numeric (absorber *self, uint32_t c, const int64_t *counts)
{
  const copula_column *column = &self->gen->columns[c];
  copula_margin *margin = &self->next.margins[c];
  int64_t *room = copula_scratch (self->gen, 3 * (uint64_t)column->n_cells, sizeof *room);
  int64_t *lo = room, *hi = room + column->n_cells, *count = hi + column->n_cells;
  uint32_t n = 0;

  if (room == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t i = 0; i < column->n_cells; i++)
    {
      if (counts[i] <= 0)
        continue;
      lo[n] = column->starts[i];
      hi[n] = i + 1 < column->n_cells ? column->starts[i + 1] - 1 : column->hi;
      count[n++] = counts[i];
    }
  margin->n_cells = n;
  margin->lo = lo;
  margin->hi = hi;
  margin->count = count;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
absorb_category (absorber *self, uint32_t c, const int64_t *counts)
{
  copula_margin *margin = &self->next.margins[c];
  uint32_t n = self->gen->columns[c].n_cells;
  int64_t *count = copula_scratch (self->gen, n, sizeof *count);

  if (count == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t i = 0; i < n; i++)
    count[i] = clip_count (counts[i]);
  margin->n_cells = n;
  margin->count = count;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
absorb_margin (absorber *self, uint32_t c)
{
  const copula_column *column = &self->gen->columns[c];
  copula_margin *margin = &self->next.margins[c];
  uint32_t n = column->n_cells;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *counts = take (self, n + (column->gap >= 0), &status);

  if (counts == NULL)
    return status;
  status =
      column->starts != NULL ? absorb_numeric (self, c, counts) : absorb_category (self, c, counts);
  margin->missing = column->gap >= 0 ? clip_count (counts[n]) : 0;
  if (status == GENESIS_ABI_OK && !copula_margin_sum (margin))
    return genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_OVERFLOW, NULL,
                             "column '%s': the counts leave 61 bits; use smaller weights",
                             column->field->name);
  return status;
}

static uint32_t
count_columns_with_gaps (const absorber *self)
{
  uint32_t n = 0;

  for (uint32_t c = 0; c < self->gen->n_columns; c++)
    n += self->next.margins[c].missing > 0;
  return n;
}

/* Rarer patterns go to the nearest kept one as soon as masks are known: at once when the hash is the mask. */
static void
place_cells (const genesis_abi_gen *gen, const copula_state *state, const int64_t *kept,
             int64_t *of_cell)
{
  for (uint32_t cell = 0; cell < gen->pattern_cells; cell++)
    {
      uint64_t mask = cell;

      of_cell[cell] = -1;
      if (gen->pattern_exact)
        of_cell[cell] = copula_pattern_nearest (&mask, state->masks, state->n_patterns, 1);
    }
  for (uint32_t p = 0; p < state->n_patterns; p++)
    of_cell[kept[p]] = p;
}

static genesis_abi_status
absorb_patterns (absorber *self)
{
  const genesis_abi_gen *gen = self->gen;
  copula_state *next = &self->next;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *counts = take (self, gen->pattern_cells, &status);
  int64_t *own = copula_scratch (gen, gen->pattern_cells, sizeof *own);
  int64_t *of_cell = copula_scratch (gen, gen->pattern_cells, sizeof *of_cell);
  int64_t *masks =
      copula_scratch (gen, COPULA_PATTERN_KEPT * (uint64_t)gen->pattern_words, sizeof *masks);
  int64_t kept[COPULA_PATTERN_KEPT];

  if (counts == NULL)
    return status;
  if (own == NULL || of_cell == NULL || masks == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t cell = 0; cell < gen->pattern_cells; cell++)
    own[cell] = clip_count (counts[cell]);
  next->pattern_counts = own;
  if (count_columns_with_gaps (self) < 2)
    return GENESIS_ABI_OK;
  next->n_patterns = copula_pattern_keep (own, gen->pattern_cells, kept);
  for (uint32_t p = 0; p < next->n_patterns && gen->pattern_exact; p++)
    masks[p] = kept[p];
  next->masks = masks;
  if (gen->pattern_exact && next->n_patterns > 0)
    next->flags |= COPULA_HAS_MASKS;
  place_cells (gen, next, kept, of_cell);
  next->pattern_of_cell = of_cell;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
absorb_marginals (absorber *self)
{
  genesis_abi_status status = GENESIS_ABI_OK;

  for (uint32_t c = 0; c < self->gen->n_columns && status == GENESIS_ABI_OK; c++)
    status = absorb_margin (self, c);
  if (status == GENESIS_ABI_OK && self->gen->pattern_cells > 0)
    status = absorb_patterns (self);
  return status;
}

static genesis_abi_status
absorb_refinement (absorber *self, uint32_t c)
{
  copula_margin *margin = &self->next.margins[c];
  uint32_t n = self->question->n_refined[c];
  uint64_t room = margin->n_cells + (uint64_t)n * COPULA_SPLIT;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *parts = take (self, (uint64_t)n * COPULA_SPLIT, &status);
  int64_t *cells = copula_scratch (self->gen, 3 * room, sizeof *cells);

  if (parts == NULL)
    return status;
  if (cells == NULL)
    return GENESIS_ABI_E_NOMEM;
  copula_margin_refine (margin, &self->asked->margins[c], self->question->refined[c], n, parts,
                        cells, cells + room, cells + 2 * room);
  copula_margin_sum (margin);
  return GENESIS_ABI_OK;
}

/* A kept cell of the hash leaves a column empty when most of its rows do. */
static genesis_abi_status
absorb_pattern_gaps (absorber *self)
{
  const genesis_abi_gen *gen = self->gen;
  copula_state *next = &self->next;
  uint32_t words = gen->pattern_words, n = next->n_patterns;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *gaps = take (self, (uint64_t)n * gen->n_gaps, &status);
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

/* Tied: every pattern that occurs with the column present shows exactly one of its levels, and shows it often enough
   that this is no accident. */
#define TIE_ROWS_MIN 5

static const int64_t *
find_levels (const absorber *self, uint32_t n_levels, const int64_t *table, int64_t *levels)
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
absorb_ties (absorber *self)
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
      table = take (self, (uint64_t)self->next.n_patterns * n_levels, &status);
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
copy_integers (absorber *self, const int64_t *values, uint64_t n)
{
  int64_t *copy = copula_scratch (self->gen, n, sizeof *copy);

  if (copy != NULL)
    memcpy (copy, values, n * sizeof *copy);
  return copy;
}

/* The scores are asked's; cut points and masses are those of the state under construction. */
static genesis_abi_status
absorb_dependence (absorber *self)
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
  sums = take (self, n * (n - 1) / 2, &status);
  if (sums == NULL)
    return status;
  next->products = copy_integers (self, sums, n * (n - 1) / 2);
  next->presence = next->means = NULL;
  if (gaps > 0)
    {
      sums = take (self, gaps * (gaps + 1) / 2, &status);
      next->presence = sums != NULL ? copy_integers (self, sums, gaps * (gaps + 1) / 2) : NULL;
      sums = take (self, gaps * n, &status);
      next->means = sums != NULL ? copy_integers (self, sums, gaps * n) : NULL;
      if (status != GENESIS_ABI_OK)
        return status;
    }
  if (next->products == NULL || (gaps > 0 && (next->presence == NULL || next->means == NULL)))
    return GENESIS_ABI_E_NOMEM;
  next->dependence_rows = next->rows;
  next->flags |= COPULA_HAS_SCORES | COPULA_HAS_DEPENDENCE;
  return copula_dependence_solve (self->gen, next);
}

/* A site's patterns are the pooled ones, so that tables over patterns mean the same everywhere. */
static void
adopt_patterns (absorber *self)
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
absorb_rest (absorber *self)
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
  if (status == GENESIS_ABI_OK && self->question->dependence)
    status = absorb_dependence (self);
  return status;
}

static genesis_abi_status
freeze_latent (absorber *self, copula_latent *latent)
{
  copula_state *next = &self->next;
  int64_t *counts = copula_scratch (self->gen, latent->n_bins, sizeof *counts);
  int64_t *scores = copula_scratch (self->gen, latent->n_bins, sizeof *scores);

  if (counts == NULL || scores == NULL)
    return GENESIS_ABI_E_NOMEM;
  copula_dependence_count (self->gen, next, latent, counts);
  copula_bins_score (counts, latent->n_bins, self->gen->clip, self->gen->grid, scores);
  latent->scores = scores;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
freeze_bins (absorber *self, uint32_t c)
{
  const copula_margin *margin = &self->next.margins[c];
  int64_t *bins = copula_scratch (self->gen, margin->n_cells, sizeof *bins);

  if (bins == NULL)
    return GENESIS_ABI_E_NOMEM;
  if (self->gen->columns[c].starts == NULL)
    {
      copula_bins_order (margin->count, margin->n_cells, bins);
      self->next.n_bins[c] = margin->n_cells;
    }
  else
    self->next.n_bins[c] = copula_bins_cut (margin, self->gen->bins, bins);
  self->next.bins[c] = bins;
  return GENESIS_ABI_OK;
}

static int
varies (const copula_margin *margin)
{
  for (uint32_t i = 0; i < margin->n_cells; i++)
    if (margin->count[i] > 0)
      return margin->count[i] < margin->present;
  return 0;
}

static copula_latent *
append_latent (absorber *self, uint32_t kind, uint32_t column, uint32_t n_bins)
{
  copula_latent *latent = &self->next.latents[self->next.n_latents++];

  latent->kind = kind;
  latent->column = column;
  latent->n_bins = n_bins;
  return latent;
}

/* Values in the order of the schema, then what says which cells are empty. A column that does not vary has no latent,
   nor does one that the pattern determines. */
static void
list_latents (absorber *self)
{
  copula_state *next = &self->next;

  for (uint32_t c = 0; c < self->gen->n_columns; c++)
    if (varies (&next->margins[c]) && next->n_bins[c] > 1 && next->ties[c] == NULL)
      append_latent (self, COPULA_LATENT_VALUE, c, next->n_bins[c])->has_gaps =
          next->margins[c].missing > 0;
  if (next->n_patterns > 1)
    append_latent (self, COPULA_LATENT_PATTERN, 0, next->n_patterns);
  for (uint32_t c = 0; c < self->gen->n_columns && next->n_patterns == 0; c++)
    if (next->margins[c].missing > 0 && next->margins[c].present > 0)
      append_latent (self, COPULA_LATENT_INDICATOR, c, 2);
}

static genesis_abi_status
freeze (absorber *self)
{
  copula_state *next = &self->next;
  genesis_abi_status status = GENESIS_ABI_OK;

  next->bins = copula_scratch (self->gen, self->gen->n_columns, sizeof *next->bins);
  next->n_bins = copula_scratch (self->gen, self->gen->n_columns, sizeof *next->n_bins);
  next->latents =
      copula_scratch (self->gen, 2 * (uint64_t)self->gen->n_columns + 1, sizeof *next->latents);
  next->n_latents = 0;
  if (next->bins == NULL || next->n_bins == NULL || next->latents == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t c = 0; c < self->gen->n_columns && status == GENESIS_ABI_OK; c++)
    if (next->margins[c].present > 0)
      status = freeze_bins (self, c);
  if (status != GENESIS_ABI_OK)
    return status;
  list_latents (self);
  if (next->n_latents < 2)
    {
      memset (next->n_bins, 0, self->gen->n_columns * sizeof *next->n_bins);
      memset (next->bins, 0, self->gen->n_columns * sizeof *next->bins);
      next->n_latents = 0;
      return GENESIS_ABI_OK;
    }
  for (uint32_t l = 0; l < next->n_latents && status == GENESIS_ABI_OK; l++)
    status = freeze_latent (self, &next->latents[l]);
  next->flags |= COPULA_HAS_SCORES;
  return status;
}

static genesis_abi_status
finish (absorber *self)
{
  copula_question after;
  genesis_abi_status status = copula_question_init (self->gen, &self->next, &after);

  if (status == GENESIS_ABI_OK
      && copula_question_is_dependence_next (self->gen, &self->next, &after))
    status = freeze (self);
  if (status == GENESIS_ABI_OK)
    status = copula_state_write (self->gen, &self->next);
  return status;
}

genesis_abi_status
copula_absorb (genesis_abi_gen *gen, const genesis_abi_blocks *asked_blocks,
               const genesis_abi_blocks *own_blocks, const genesis_abi_plan *plan,
               const genesis_abi_blocks *total)
{
  absorber self = { .gen = gen, .total = total, .block = 1 };
  copula_question question;
  copula_state asked;
  double rows = 0.0;
  genesis_abi_status status = copula_state_read (gen, asked_blocks, &asked);

  if (status == GENESIS_ABI_OK)
    status = copula_question_init (gen, &asked, &question);
  /* a site that came after round 1 has no margins of its own: it begins with the pooled ones */
  if (status == GENESIS_ABI_OK)
    status = copula_state_read (gen, own_blocks->n > 0 ? own_blocks : asked_blocks, &self.next);
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
  self.next.rows = rows > 0.0 ? (int64_t)rint (rows) : 0;
  status = question.marginals ? absorb_marginals (&self) : absorb_rest (&self);
  if (status == GENESIS_ABI_OK)
    status = finish (&self);
  return status;
}
