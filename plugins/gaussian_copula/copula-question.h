/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-state.h"

#define COPULA_TIE_LEVELS 64u

/**
 * copula_question: what the plan that follows from a state asks, block by block, in plan order:
 *
 *   phase 1       rows, cells:<column>..., patterns
 *   later phases  rows, refine:<column>..., pattern-gaps, tie:<column>..., pattern-rows, products,
 *                 presence, means
 *
 * plan, measure and absorb all derive it from the same state: nothing else is remembered.
 */
typedef struct
{
  uint32_t phase;        /* that the plan will have */
  uint32_t marginals;    /* the blocks of phase 1 */
  uint32_t *n_refined;   /* n_columns */
  uint32_t **refined;    /* n_columns; places of the cells to split */
  uint32_t pattern_gaps; /* which columns the kept patterns leave empty */
  uint8_t *ties;         /* n_columns; kept patterns x levels */
  uint32_t n_ties;
  uint32_t pattern_rows; /* with dependence: rows of each kept pattern, the nearest counted in */
  uint32_t dependence;
  uint32_t n_blocks; /* with rows; 1: nothing left to ask */
} copula_question;

genesis_abi_status copula_question_init (const genesis_abi_gen *gen, const copula_state *state,
                                         copula_question *self);

/* Whether the state after its last round is ready to have its scores frozen, so that the next
   round asks dependence: after round 2, earlier when nothing else is left to ask or no round
   would remain. */
int copula_question_is_dependence_next (const genesis_abi_gen *gen, const copula_state *state,
                                        const copula_question *next);

/* Largest entry of a score table. */
double copula_question_get_largest_score (const copula_latent *latent);
