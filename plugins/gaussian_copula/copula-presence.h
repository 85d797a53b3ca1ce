/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "genesis-sdk-dealer.h"

#include "copula-state.h"

/**
 * copula_presence: which cells of a drawn row are empty. With patterns the row's kept pattern says
 * so. The kept ones need not add up to each column's missing share: rows with a rarer pattern were
 * counted for the nearest, and two masks may share a cell of the hash. What is left is made up
 * column by column: a cell that the pattern leaves present is emptied, or one that it empties is
 * filled, with the probability that brings the share to the column's own. Without patterns an
 * indicator latent of each column says so.
 */
typedef struct
{
  const genesis_abi_gen *gen;
  const copula_state *state;
  int has_patterns;
  genesis_sdk_dealer dealer; /* u -> pattern, when has_patterns */
  double *emptied, *filled;  /* n_gaps; probabilities, 0 where nothing is left */
} copula_presence;

genesis_abi_status copula_presence_init (copula_presence *self, const genesis_abi_gen *gen,
                                         const copula_state *state);

/* Whether drawing the presence of a column takes uniforms of its own. */
int copula_presence_wants_uniforms (const copula_presence *self, uint32_t column);

/* patterns: of n rows; uniforms: NULL unless wanted. present gets 1 or 0. */
void copula_presence_draw (const copula_presence *self, uint32_t column, const uint32_t *patterns,
                           const double *uniforms, uint32_t n, uint8_t *present);
