/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define COPULA_LADDER_NEAR 300u   /* terms of every ladder */
#define COPULA_LADDER_FAR  21600u /* terms that serve up to |rho| = .999 */

/**
 * copula_ladder: a step function of a standard normal, s = s_b on (a_b, a_b+1], with its Hermite
 * coefficients. h_k are the normalised polynomials, h_k+1 = (x h_k - sqrt (k) h_k-1) / sqrt (k +
 * 1):
 *
 *   c_0 = sum_b p_b s_b
 *   c_k = sum_b s_b k^(-1/2) [h_k-1 (a_b) phi (a_b) - h_k-1 (a_b+1) phi (a_b+1)]
 */
typedef struct
{
  uint32_t n_terms; /* COPULA_LADDER_NEAR, or COPULA_LADDER_FAR once extended */
  double *c;        /* n_terms + 1 */
  double variance;  /* of s */
  double tail;      /* root of the sum of the squares of all coefficients beyond NEAR */
  uint32_t n_steps;
  double *cut;   /* the finite ones where the score steps */
  double *step;  /* what the score rises by there */
  double *above; /* share of the mass beyond the cut */
  double *work;  /* 2 n_steps */
} copula_ladder;

/* Doubles that a ladder of n_bins bins needs, and what its extension needs beyond. */
uint64_t copula_ladder_get_room (uint32_t n_bins);
#define COPULA_LADDER_FAR_ROOM (COPULA_LADDER_FAR + 1u)

/* counts and scores of n_bins bins; one unit of a score is worth quantum. */
void copula_ladder_init (copula_ladder *self, const int64_t *counts, const int64_t *scores,
                         uint32_t n_bins, double quantum, double *room);

/* Computes the coefficients up to COPULA_LADDER_FAR; the second time nothing is left to do. */
void copula_ladder_extend (copula_ladder *self, double *room);

/* The covariance of a (Z) and b (Z), or of a (Z) and b (-Z) for side -1: the ends of what any
   correlation can give. */
double copula_ladder_get_limit (const copula_ladder *a, const copula_ladder *b, int side);
