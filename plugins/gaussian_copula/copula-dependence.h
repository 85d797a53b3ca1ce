/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-state.h"

/* Counts of a latent's bins in the state that is being built; room for latent->n_bins. */
void copula_dependence_count (const genesis_abi_gen *gen, const copula_state *state,
                              const copula_latent *latent, int64_t *counts);

/**
 * Solves for the latent correlation of every pair from products, presence and means, repairs the
 * matrix, and sets raw, correlation and repair of the state. The repair seeks the nearest
 * consistent matrix with weights 1 / (1 + (e / .03)^2), e the standard error of a pair: what the
 * rows hardly tell gives way to what they tell well.
 */
genesis_abi_status copula_dependence_solve (const genesis_abi_gen *gen, copula_state *state,
                                            double noise);
