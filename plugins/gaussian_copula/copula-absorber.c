/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-absorber.h"

#include <stdio.h>

#include "copula-noise.h"
#include "copula-pattern.h"
#include "genesis-sdk-fail.h"

/* Rows with rare patterns, from which share on they are told. */
#define RARE_MUCH 0.05
/* What a pattern must hold to be told from noise. */
#define PATTERN_SD 4.0
/* What a group of neighbouring cells must hold. */
#define MERGE_SD 4.0

const int64_t *
copula_absorber_take (copula_absorber *self, uint64_t n, genesis_abi_status *status)
{
  const genesis_abi_block *block = self->total->items[self->block++];
  const int64_t *values;

  if (*status != GENESIS_ABI_OK)
    return NULL;
  if (genesis_sdk_noise_is_asked (self->gen->session, block, n))
    {
      if (!self->is_noisy)
        return block->data;
      values = genesis_sdk_noise_read (self->gen->host, block);
      *status = values != NULL ? GENESIS_ABI_OK : GENESIS_ABI_E_NOMEM;
      return values;
    }
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

  if (counts == NULL || genesis_sdk_margin_counts_fit (counts, n))
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
absorb_margin (copula_absorber *self, uint32_t c)
{
  const genesis_sdk_column *column = &self->gen->columns[c];
  uint32_t n = column->n_cells;
  genesis_abi_status status = GENESIS_ABI_OK;
  const int64_t *counts = copula_absorber_take_counts (self, n + (column->gap >= 0), &status);

  if (counts == NULL)
    return status;
  if (self->is_noisy)
    return genesis_sdk_denoiser_make_margin (&self->denoiser, column, counts,
                                             &self->next.margins[c]);
  return genesis_sdk_margin_init (&self->next.margins[c], self->gen->host, column, column->starts,
                                  n, counts);
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

/* A pattern that noise alone may have made is one of the rarer ones. */
static void
drop_noise (copula_absorber *self, const int64_t *counts, const int64_t *kept)
{
  double least = PATTERN_SD * self->denoiser.sd;

  while (self->next.n_patterns > 1 && (double)counts[kept[self->next.n_patterns - 1]] < least)
    self->next.n_patterns--;
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
  if (self->is_noisy)
    {
      genesis_sdk_denoiser_clean (&self->denoiser, counts, gen->pattern_cells, 0, 0);
      counts = self->denoiser.counts;
    }
  for (uint32_t cell = 0; cell < gen->pattern_cells; cell++)
    own[cell] = clip_count (counts[cell]);
  next->pattern_counts = own;
  if (count_columns_with_gaps (self) < 2)
    return GENESIS_ABI_OK;
  next->n_patterns = copula_pattern_keep (own, gen->pattern_cells, kept);
  if (self->is_noisy)
    drop_noise (self, own, kept);
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
copula_absorber_take_marginals (copula_absorber *self, const genesis_abi_plan *plan, double rows)
{
  genesis_abi_status status = GENESIS_ABI_OK;

  if (self->is_noisy)
    status = genesis_sdk_denoiser_init (&self->denoiser, self->gen->host, self->gen->session, plan,
                                        self->total, NULL, rows, MERGE_SD);

  for (uint32_t c = 0; c < self->gen->n_columns && status == GENESIS_ABI_OK; c++)
    status = absorb_margin (self, c);
  if (status == GENESIS_ABI_OK && self->gen->pattern_cells > 0)
    status = absorb_patterns (self);
  return status;
}
