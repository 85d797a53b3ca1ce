/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/**
 * What a plan's noise is: each group of blocks gets a share of the round's mu^2, and from it
 *
 *   sigma_g = C Delta_g / sqrt (share_g mu^2),   mu^2 = sum over groups of (C Delta_g / sigma_g)^2.
 *
 * Groups that no record can move (Delta_g = 0) get no noise and cost nothing.
 */

/* The mu^2 of a round: 1 / noise_scale^2, but never more than its share of a finite budget. Rounded
   down to whole units of 2^-40, so that shares that sum to 1 never pass the budget. */
double secure_dp_round_mu2 (double noise_scale, double budget_mu2, double budget_share);

/* What is wrong with a plan, by block, or NULL: a bound for another unit than the session's. */
const char *secure_dp_find_fault (const genesis_abi_plan *plan, const genesis_abi_session *session,
                                  const char **block);

/* What releasing the plan costs, out of mu2 for the whole round. */
double secure_dp_plan_mu2 (const genesis_abi_plan *plan, double mu2);

/* sigma of one block; 0 when it needs no noise. */
double secure_dp_block_sigma (const genesis_abi_plan *plan, uint32_t block, double mu2,
                              double clip);
