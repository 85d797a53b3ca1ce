/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-generator.h"

/**
 * copula_noise: how much noise a private session puts into totals, as far as the public numbers
 * tell. A block's noise has the deviation
 *
 *   sensitivity x largest weight x rows per person / sqrt (group's share x mu^2 of the round),
 *
 * the round's mu^2 being its share of the run's. Where the run has no budget, and never above it, a
 * round is taken to cost 100: noise_scale .1, the default.
 */
#define COPULA_NOISE_ROUND_MU2 100.0

int copula_noise_is_there (const genesis_abi_gen *gen);

/* The share of the run's budget that a round may spend. */
double copula_noise_get_share (const genesis_abi_gen *gen, uint32_t phase, int dependence);

/* The finest grid 2^-g of scores, g from 2 to most, on which the deviation of the noise in their
   products stays below 2^26. */
int copula_noise_find_grid (const genesis_abi_gen *gen, int most);

/* Of one block of a plan, in integers of the block; 0 without privacy. */
double copula_noise_get_sigma (const genesis_abi_gen *gen, const genesis_abi_plan *plan,
                               const genesis_abi_block_spec *spec);

/* The same for a block that is not in a plan yet. */
double copula_noise_predict (const genesis_abi_gen *gen, double sensitivity, double budget_share,
                             double group_share);

/* Noisy cells as whole numbers, data x 2^-shift, in memory of the call and so small that n of them
   add up to less than 2^60. NULL: no memory. */
int64_t *copula_noise_read (const genesis_abi_gen *gen, const genesis_abi_block *block);
