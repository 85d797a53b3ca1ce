/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "genesis-sdk-denoiser.h"
#include "copula-question.h"

/**
 * copula_absorber: one total on its way into a state. asked is the state that the question came
 * from, next the state under construction: a copy of own. For the pooled model own is asked; a
 * site's model takes cuts, scores and patterns from asked and keeps masses and dependence of its
 * own.
 */
typedef struct
{
  const genesis_abi_gen *gen;
  const genesis_abi_blocks *total;
  const copula_question *question;
  const copula_state *asked;
  copula_state next;
  int is_noisy;
  genesis_sdk_denoiser denoiser; /* of round 1 with noise */
  uint32_t block;                /* of the total, the next to be taken */
} copula_absorber;

/* The next block of the total, which must have n cells; NULL after an error in *status. Without
   privacy totals are plain integers; with it they are read as whole numbers, any of them. */
const int64_t *copula_absorber_take (copula_absorber *self, uint64_t n, genesis_abi_status *status);
/* The same for counts, which must add up to at most GENESIS_SDK_MARGIN_MAX. */
const int64_t *copula_absorber_take_counts (copula_absorber *self, uint64_t n,
                                            genesis_abi_status *status);

/* The blocks of round 1. */
genesis_abi_status copula_absorber_take_marginals (copula_absorber *self,
                                                   const genesis_abi_plan *plan, double rows);
