/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-question.h"
#include "copula-refinement.h"

#include <stdlib.h>

#include "copula-noise.h"

static int
is_tie_candidate (const genesis_abi_gen *gen, const copula_state *state, uint32_t c)
{
  const genesis_sdk_margin *margin = &state->margins[c];
  uint32_t seen = 0;

  if (gen->columns[c].starts != NULL || margin->missing > 0 || margin->n_cells > COPULA_TIE_LEVELS)
    return 0;
  for (uint32_t i = 0; i < margin->n_cells; i++)
    seen += margin->count[i] > 0;
  return seen >= 2 && seen <= state->n_patterns;
}

static genesis_abi_status
ask_refinement (const genesis_abi_gen *gen, const copula_state *state, copula_question *self)
{
  for (uint32_t c = 0; c < gen->n_columns; c++)
    {
      const genesis_sdk_margin *margin = &state->margins[c];
      uint32_t *cells;

      if (gen->columns[c].starts == NULL || margin->n_cells == 0)
        continue;
      cells = copula_scratch (gen, margin->n_cells, sizeof *cells);
      if (cells == NULL)
        return GENESIS_ABI_E_NOMEM;
      self->refined[c] = cells;
      self->n_refined[c] = copula_refinement_find_cells (margin, gen->bins, cells);
      self->n_blocks += self->n_refined[c] > 0;
    }
  return GENESIS_ABI_OK;
}

static void
ask_patterns (const genesis_abi_gen *gen, const copula_state *state, copula_question *self)
{
  if (state->n_patterns == 0)
    return;
  if (!(state->flags & COPULA_HAS_MASKS))
    {
      self->pattern_gaps = 1;
      self->n_blocks++;
      return;
    }
  /* what noise leaves of a table does not tell empty cells, which is what a tie consists of */
  if ((state->flags & COPULA_HAS_TIES) || genesis_sdk_noise_is_there (gen->session))
    return;
  for (uint32_t c = 0; c < gen->n_columns; c++)
    {
      self->ties[c] = (uint8_t)is_tie_candidate (gen, state, c);
      self->n_ties += self->ties[c];
    }
  self->n_blocks += self->n_ties;
}

genesis_abi_status
copula_question_init (const genesis_abi_gen *gen, const copula_state *state, copula_question *self)
{
  genesis_abi_status status;

  self->phase = state->phase + 1;
  self->marginals = state->phase == 0;
  self->pattern_gaps = self->pattern_rows = self->n_ties = self->dependence = 0;
  self->n_blocks = 1;
  self->n_refined = copula_scratch (gen, gen->n_columns, sizeof *self->n_refined);
  self->refined = copula_scratch (gen, gen->n_columns, sizeof *self->refined);
  self->ties = copula_scratch (gen, gen->n_columns, 1);
  if (self->n_refined == NULL || self->refined == NULL || self->ties == NULL)
    return GENESIS_ABI_E_NOMEM;
  if (self->marginals)
    {
      self->n_blocks += gen->n_columns + (gen->pattern_cells > 0);
      return GENESIS_ABI_OK;
    }
  status = genesis_sdk_noise_is_there (gen->session) ? GENESIS_ABI_OK
                                                     : ask_refinement (gen, state, self);
  ask_patterns (gen, state, self);
  if ((state->flags & COPULA_HAS_SCORES) && !(state->flags & COPULA_HAS_DEPENDENCE))
    {
      self->dependence = 1;
      self->n_blocks += copula_state_count_gaps (state) > 0 ? 3 : 1;
      /* where the hash is the mask, its cells say the same */
      self->pattern_rows = (state->flags & COPULA_HAS_MASKS) && !gen->pattern_exact;
      self->n_blocks += self->pattern_rows;
    }
  return status;
}

int
copula_question_is_dependence_next (const genesis_abi_gen *gen, const copula_state *state,
                                    const copula_question *next)
{
  if ((state->flags & COPULA_HAS_SCORES) || state->phase >= gen->rounds)
    return 0;
  return state->phase >= 2 || gen->rounds == 2 || next->n_blocks == 1;
}

double
copula_question_get_largest_score (const copula_latent *latent)
{
  int64_t largest = 0;

  for (uint32_t b = 0; b < latent->n_bins; b++)
    largest = llabs (latent->scores[b]) > largest ? llabs (latent->scores[b]) : largest;
  return (double)largest;
}
