/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-freeze.h"

#include <string.h>

#include "copula-bins.h"
#include "copula-dependence.h"

typedef struct
{
  const genesis_abi_gen *gen;
  copula_state *state;
} freezer;

static genesis_abi_status
freeze_latent (freezer *self, copula_latent *latent)
{
  copula_state *next = self->state;
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
freeze_bins (freezer *self, uint32_t c)
{
  const genesis_sdk_margin *margin = &self->state->margins[c];
  int64_t *bins = copula_scratch (self->gen, margin->n_cells, sizeof *bins);

  if (bins == NULL)
    return GENESIS_ABI_E_NOMEM;
  if (self->gen->columns[c].starts == NULL)
    {
      copula_bins_order (margin->count, margin->n_cells, bins);
      self->state->n_bins[c] = margin->n_cells;
    }
  else
    self->state->n_bins[c] = copula_bins_cut (margin, self->gen->bins, bins);
  self->state->bins[c] = bins;
  return GENESIS_ABI_OK;
}

static int
varies (const genesis_sdk_margin *margin)
{
  for (uint32_t i = 0; i < margin->n_cells; i++)
    if (margin->count[i] > 0)
      return margin->count[i] < margin->present;
  return 0;
}

static copula_latent *
append_latent (freezer *self, uint32_t kind, uint32_t column, uint32_t n_bins)
{
  copula_latent *latent = &self->state->latents[self->state->n_latents++];

  latent->kind = kind;
  latent->column = column;
  latent->n_bins = n_bins;
  return latent;
}

/* Values in the order of the schema, then what says which cells are empty. A column that does
   not vary has no latent, nor does one that the pattern determines. */
static void
list_latents (freezer *self)
{
  copula_state *next = self->state;

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

genesis_abi_status
copula_freeze (const genesis_abi_gen *gen, copula_state *next)
{
  freezer freezing = { .gen = gen, .state = next }, *self = &freezing;
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
