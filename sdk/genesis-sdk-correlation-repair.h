/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/**
 * The nearest correlation matrix in the Frobenius norm (Higham 2002, IMA Journal of Numerical
 * Analysis 22, 329-343): alternating projections onto {eigenvalues >= 0} and {unit diagonal} with
 * Dykstra's correction, until a step is below 1e-8 or 200 steps are done; then eigenvalues below
 * the floor are lifted and the diagonal made 1 again. Should that fail, the matrix is shrunk
 * towards I just far enough, which always works. Dependence is never dropped.
 *
 * A matrix whose eigenvalues are all >= GENESIS_SDK_REPAIR_FLOOR comes back untouched, and so does
 * what the repair itself returned.
 */
#define GENESIS_SDK_REPAIR_FLOOR 1e-8

typedef struct
{
  double distance; /* Frobenius norm of what was changed */
  double largest;  /* the entry that moved most */
  double smallest; /* smallest eigenvalue of the input */
  uint32_t steps;  /* 0: nothing to repair */
  uint32_t shrunk; /* 1: the fallback was needed */
} genesis_sdk_repair;

/* Doubles of workspace for a matrix of order n. */
size_t genesis_sdk_correlation_repair_get_work (uint32_t n);

/* matrix: n x n row major, symmetric, unit diagonal, finite entries; repaired in place. fixed: n
   x n, not 0 where an entry must stay 0, or NULL; the nearest matrix is then sought among those
   (up to the last lifting of eigenvalues, which moves entries by about the floor). Returns 0
   only when an entry is not finite. */
int genesis_sdk_correlation_repair (uint32_t n, double *matrix, const uint8_t *fixed, double *work,
                                    genesis_sdk_repair *report);
