/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-ladder.h"
#include "copula-state.h"

/* Under so many rows that two columns have in common their correlation is 0. */
#define COPULA_COMMON_ROWS 50

/**
 * copula_pairs: what a state's sums say about two latents at a time.
 */
typedef struct
{
  const genesis_abi_gen *gen;
  const copula_state *state;
  copula_ladder *ladders;
  uint32_t *gap_of; /* place of a latent among those with gaps */
  uint32_t n_gaps;
  double quantum;
  double noise; /* deviation of the noise in a sum of products, in scores; 0: none */
} copula_pairs;

genesis_abi_status copula_pairs_init (copula_pairs *self, const genesis_abi_gen *gen,
                                      const copula_state *state, double noise);

/* Whether the pair is 0 by decision: a column with gaps and what says where they are. It stays 0
   through the repair, else the values that are present would leave their margin. */
int copula_pairs_are_independent (const copula_pairs *self, uint32_t i, uint32_t j);

/* Rows where both are present. */
double copula_pairs_count_common (const copula_pairs *self, uint32_t i, uint32_t j);

/* The latent correlation that explains the mean product of the scores. */
genesis_abi_status copula_pairs_solve (copula_pairs *self, uint32_t i, uint32_t j, double *rho);

/**
 * How well the rows tell the correlation: half the way that it goes when the covariance goes from
 * one standard error below what was seen to one above, sd = sqrt (var s_i var s_j / n), which is
 * exact for unrelated columns, and noise adds to it. Not the slope at the root: two rare events
 * that were never seen together put the root where g is flat, and all that is known is that one or
 * two such rows would have made it another. At most 1, which is also what too few common rows give.
 */
genesis_abi_status copula_pairs_get_error (copula_pairs *self, uint32_t i, uint32_t j,
                                           double *error);
