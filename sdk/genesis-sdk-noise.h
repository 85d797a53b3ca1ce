/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/**
 * How much noise a private session puts into totals, as far as the public numbers tell. A block's
 * noise has the deviation
 *
 *   sensitivity x largest weight x rows per person / sqrt (group's share x mu^2 of the round),
 *
 * the round's mu^2 being its share of the run's. Where the run has no budget, and never above it, a
 * round is taken to cost 100: noise_scale .1, the default.
 */
#define GENESIS_SDK_NOISE_ROUND_MU2 100.0

/* Totals of such blocks are read up to this shift. */
#define GENESIS_SDK_NOISE_SHIFT_MAX 62

int genesis_sdk_noise_is_there (const genesis_abi_session *session);

/* Of one block of a plan, in integers of the block; 0 without privacy. */
double genesis_sdk_noise_get_sigma (const genesis_abi_session *session,
                                    const genesis_abi_plan *plan,
                                    const genesis_abi_block_spec *spec);

/* The same for a block that is not in a plan yet. */
double genesis_sdk_noise_predict (const genesis_abi_session *session, double sensitivity,
                                  double budget_share, double group_share);

/* Whether a total has a block of n integers as it was asked for; without privacy they are plain. */
int genesis_sdk_noise_is_asked (const genesis_abi_session *session, const genesis_abi_block *block,
                                uint64_t n);

/* Noisy cells as whole numbers, data x 2^-shift, in memory of the call and so small that n of them
   add up to less than 2^60. NULL: no memory. */
int64_t *genesis_sdk_noise_read (const genesis_abi_host *host, const genesis_abi_block *block);
