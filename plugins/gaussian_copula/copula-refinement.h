/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "genesis-sdk-margin.h"

#define COPULA_SPLIT     64u  /* parts of a refined cell */
#define COPULA_POPULATED 256u /* up to so many populated cells, each is refined */

/* The cells that the next round splits: wider than one unit, and heavier than 1/bins of the mass
   or one of few. Writes their places (room for n_cells) and returns how many. */
uint32_t copula_refinement_find_cells (const genesis_sdk_margin *self, uint32_t bins,
                                       uint32_t *cells);

/* A cell of w units has min (w, 64) parts; part k begins at floor (w k / parts). */
static inline uint32_t
copula_refinement_get_parts (int64_t lo, int64_t hi)
{
  uint64_t width = (uint64_t)hi - (uint64_t)lo + 1;

  return width < COPULA_SPLIT ? (uint32_t)width : COPULA_SPLIT;
}

static inline uint32_t
copula_refinement_find_part (int64_t lo, int64_t hi, int64_t value)
{
  uint64_t width = (uint64_t)hi - (uint64_t)lo + 1, at = (uint64_t)value - (uint64_t)lo;
  uint64_t parts = copula_refinement_get_parts (lo, hi);

  return (uint32_t)(((at + 1) * parts - 1) / width);
}

int64_t copula_refinement_get_part_start (int64_t lo, int64_t hi, uint32_t part);

/**
 * Puts the answers to a refinement in the place of the cells they split. asked: the margin that the
 * question came from; cells: its n places; parts: n x 64 counts. lo, hi, count: room for
 * self->n_cells + 64 n. A cell keeps its mass: when the round's sites are not those of round 1, the
 * parts are scaled to it, cumulative sums rounded half up. A cell that nobody answered for stays as
 * it is.
 */
void copula_refinement_apply (genesis_sdk_margin *self, const genesis_sdk_margin *asked,
                              const uint32_t *cells, uint32_t n, const int64_t *parts, int64_t *lo,
                              int64_t *hi, int64_t *count);
