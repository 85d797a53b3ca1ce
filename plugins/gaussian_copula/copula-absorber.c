/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-absorber.h"

#include <stdio.h>

#include "copula-pattern.h"
#include "genesis-sdk-fail.h"

/* Rows with rare patterns, from which share on they are told. */
#define RARE_MUCH 0.05

const int64_t *
copula_absorber_take (copula_absorber *self, uint64_t n, genesis_abi_status *status)
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

const int64_t *
copula_absorber_take_counts (copula_absorber *self, uint64_t n, genesis_abi_status *status)
{
  const char *name = self->total->items[self->block]->name;
  const int64_t *counts = copula_absorber_take (self, n, status);

  if (counts == NULL || copula_counts_fit (counts, n))
    return counts;
  *status = genesis_sdk_fail (self->gen->host, GENESIS_ABI_E_OVERFLOW, name,
                              "the counts of block '%s' leave 61 bits; use smaller weights", name);
  return NULL;
}

/* A negative count, which only noise makes, is an empty cell. */
static int64_t
clip_count (int64_t count)
{
  return count > 0 ? count : 0;
}

static genesis_abi_status
absorb_numeric (copula_absorber *self, uint32_t c, const int64_t *counts)
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
absorb_category (copula_absorber *self, uint32_t c, const int64_t *counts)
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
absorb_margin (copula_absorber *self, uint32_t c)
{
  const copula_column *column = &self->gen->columns[c];
  copula_margin *margin = &self->next.margins[c];
  uint32_t n = column->n_cells;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *counts = copula_absorber_take_counts (self, n + (column->gap >= 0), &status);

  if (counts == NULL)
    return status;
  status =
      column->starts != NULL ? absorb_numeric (self, c, counts) : absorb_category (self, c, counts);
  margin->missing = column->gap >= 0 ? clip_count (counts[n]) : 0;
  if (status == GENESIS_ABI_OK)
    copula_margin_sum (margin);
  return status;
}

static uint32_t
count_columns_with_gaps (const copula_absorber *self)
{
  uint32_t n = 0;

  for (uint32_t c = 0; c < self->gen->n_columns; c++)
    n += self->next.margins[c].missing > 0;
  return n;
}

/* Rarer patterns go to the nearest kept one as soon as masks are known: at once when the hash is
   the mask. */
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

/* Shares of single columns come out all the same, see copula_presence; what is missing together
   does not. */
static void
tell_rare_patterns (const genesis_abi_gen *gen, const copula_state *state, const int64_t *kept)
{
  double rows = 0.0, held = 0.0;
  char text[256];

  for (uint32_t cell = 0; cell < gen->pattern_cells; cell++)
    rows += (double)state->pattern_counts[cell];
  for (uint32_t p = 0; p < state->n_patterns; p++)
    held += (double)state->pattern_counts[kept[p]];
  if (!(rows - held > RARE_MUCH * rows))
    return;
  snprintf (text, sizeof text,
            "%.0f %% of the rows have patterns of missing cells beyond the %u most frequent; each "
            "column keeps its share of missing cells, which of them are missing together is "
            "approximate",
            100.0 * (rows - held) / rows, (unsigned)state->n_patterns);
  gen->host->log (gen->host->ctx, GENESIS_ABI_LOG_WARN, text);
}

static genesis_abi_status
absorb_patterns (copula_absorber *self)
{
  const genesis_abi_gen *gen = self->gen;
  copula_state *next = &self->next;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *counts = copula_absorber_take_counts (self, gen->pattern_cells, &status);
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
  tell_rare_patterns (gen, next, kept);
  next->pattern_of_cell = of_cell;
  return GENESIS_ABI_OK;
}

genesis_abi_status
copula_absorber_take_marginals (copula_absorber *self)
{
  genesis_abi_status status = GENESIS_ABI_OK;

  for (uint32_t c = 0; c < self->gen->n_columns && status == GENESIS_ABI_OK; c++)
    status = absorb_margin (self, c);
  if (status == GENESIS_ABI_OK && self->gen->pattern_cells > 0)
    status = absorb_patterns (self);
  return status;
}
