/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-generator.h"
#include "genesis-sdk-simplex.h"

/**
 * copula_denoiser: what the noisy tables of round 1 become, one after the other. All count the same
 * records, so all get the same total: what the tables' sums and the block "rows" agree on, each
 * weighed by the inverse of its variance, K cells having K times the variance of one. Neighbouring
 * cells of a numeric column are put together until each group tells 4 deviations of its noise. Then
 * the table takes the nearest counts that are not negative and have that total.
 *
 * sd, of the noise in one cell, is what the session tells; or, where the sums disagree by more than
 * twice that, what their disagreement tells (noise_scale above its default).
 */
typedef struct
{
  const genesis_abi_gen *gen;
  int64_t rows; /* at least 1 */
  double sd;
  genesis_sdk_simplex_cell *cells;
  uint32_t *sizes; /* cells of a group */
  /* the table cleaned last */
  uint32_t *first; /* cell that a group begins with */
  int64_t *counts; /* of groups, then of missing cells */
} copula_denoiser;

/* rows: of the block "rows". */
genesis_abi_status copula_denoiser_init (copula_denoiser *self, const genesis_abi_gen *gen,
                                         const genesis_abi_plan *plan,
                                         const genesis_abi_blocks *total, double rows);

/* A table of n cells, and one more for missing ones when has_gaps, as read. ordered: neighbours may
   be put together. Returns the number of groups. */
uint32_t copula_denoiser_clean (copula_denoiser *self, const int64_t *noisy, uint32_t n,
                                int has_gaps, int ordered);
