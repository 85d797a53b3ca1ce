/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/**
 * The nearest correlation matrix where entries are not known equally well: X with unit diagonal and
 * eigenvalues >= 0 for which
 *
 *   sum of w_ij (x_ij - a_ij)^2
 *
 * is least. Equal weights give the problem of Higham (2002, IMA Journal of Numerical Analysis 22,
 * 329-343). Solved by the alternating direction method of multipliers (Boyd, Parikh, Chu, Peleato,
 * Eckstein 2011, sections 3.4.1, 3.4.3, 5): a step projects onto the cone and then solves for each
 * entry alone. It ends when no entry moves by 1e-8 and the two halves agree to 1e-8, or after 1,000
 * steps, and says which. Then eigenvalues below the floor are lifted and the diagonal made 1
 * again, so that the result is a correlation matrix in either case. Should that fail, the matrix is
 * shrunk towards I just far enough, which always works. Dependence is never dropped.
 *
 * A matrix whose eigenvalues are all >= GENESIS_SDK_REPAIR_FLOOR comes back untouched, and so does
 * what the repair itself returned.
 */
#define GENESIS_SDK_REPAIR_FLOOR 1e-8

typedef struct
{
  double distance;  /* Frobenius norm of what was changed */
  double largest;   /* the entry that moved most */
  double smallest;  /* smallest eigenvalue of the input */
  uint32_t steps;   /* 0: nothing to repair */
  uint32_t settled; /* 1: nothing moved any more; 0: consistent, but not the nearest */
  uint32_t shrunk;  /* 1: the fallback was needed */
} genesis_sdk_repair;

/* Doubles of workspace for a matrix of order n. */
size_t genesis_sdk_correlation_repair_get_work (uint32_t n);

/* matrix: n x n row major, symmetric, unit diagonal, finite entries; repaired in place. weights: n
   x n, symmetric, in (0, 1], the diagonal does not matter; those below 1e-4 cost steps. NULL: all
   1. fixed: n x n, not 0 where an entry must stay 0, or NULL; the nearest matrix is then sought
   among those (up to the last lifting of eigenvalues, which moves entries by about the floor).
   Returns 0 only when an entry is not finite. */
int genesis_sdk_correlation_repair (uint32_t n, double *matrix, const double *weights,
                                    const uint8_t *fixed, double *work, genesis_sdk_repair *report);

/* Whether a matrix would come back untouched. work as above. */
int genesis_sdk_correlation_is_consistent (uint32_t n, const double *matrix, double *work);
