/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-generator.h"
#include "genesis-sdk-noise.h"

/* The share of the run's budget that a round of a private session may spend. */
double copula_noise_get_share (const genesis_abi_gen *gen, uint32_t phase, int dependence);

/* The finest grid 2^-g of scores, g from 2 to most, on which the deviation of the noise in their
   products stays below 2^26. */
int copula_noise_find_grid (const genesis_abi_gen *gen, int most);
