/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "genesis-sdk-margin.h"
#include "genesis-sdk-simplex.h"

/**
 * genesis_sdk_denoiser: what the noisy tables of one round become, one after the other. Each record
 * is in one cell of each table, so all get the same total: what the tables' sums and the block
 * "rows" agree on, each weighed by the inverse of its variance, K cells having K times the variance
 * of one. Where "rows" has a sensitivity of 0 (records are replaced, their number is public) it
 * carries no noise and is that total. Neighbouring cells of a numeric column are put together until
 * each group tells so many deviations of its noise. Then the table takes the nearest counts that
 * are not negative and have that total.
 *
 * sd, of the noise in one cell, is what the session tells; or, where the sums disagree by more than
 * twice that, what their disagreement tells (noise_scale above its default).
 */
typedef struct
{
  const genesis_abi_host *host;
  int64_t rows; /* at least 1 */
  double sd, merge_sd;
  genesis_sdk_simplex_cell *cells;
  uint32_t *sizes; /* cells of a group */
  /* the table cleaned last */
  uint32_t *first; /* cell that a group begins with */
  int64_t *counts; /* of groups, then of missing cells */
} genesis_sdk_denoiser;

/* All blocks of the plan behind "rows" are tables, of one group; ones: how many tables lie end to
   end in block 1, 2, ..., NULL: one each. rows: of the block "rows". */
genesis_abi_status genesis_sdk_denoiser_init (genesis_sdk_denoiser *self,
                                              const genesis_abi_host *host,
                                              const genesis_abi_session *session,
                                              const genesis_abi_plan *plan,
                                              const genesis_abi_blocks *total, const uint32_t *ones,
                                              double rows, double merge_sd);

/* A table of n cells, and one more for missing ones when has_gaps, as genesis_sdk_noise_read ()
   gives it. ordered: neighbours may be put together. Returns the number of groups. */
uint32_t genesis_sdk_denoiser_clean (genesis_sdk_denoiser *self, const int64_t *noisy, uint32_t n,
                                     int has_gaps, int ordered);

/* The same for the table of a column, made into its margin. */
genesis_abi_status genesis_sdk_denoiser_make_margin (genesis_sdk_denoiser *self,
                                                     const genesis_sdk_column *column,
                                                     const int64_t *noisy,
                                                     genesis_sdk_margin *margin);
