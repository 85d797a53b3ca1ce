/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdint.h>

#define COPULA_PATTERN_CELLS 4096u
#define COPULA_PATTERN_EXACT 12u /* with so many gap columns the hash is the mask itself */
#define COPULA_PATTERN_KEPT  63u

/**
 * Which cells of a row are missing is a column of its own. A mask has one bit for each column that
 * may be missing, bit g % 64 of word g / 64. Patterns are counted through a public hash of the
 * mask; the heaviest 63 are kept, in order of mass; rarer ones are taken for the nearest kept one,
 * the heavier of two.
 */
uint32_t copula_pattern_hash (const uint64_t *mask, uint32_t words, uint32_t exact);

/* The fullest cells of the hash, most rows first, ties by cell. kept: room for 63. Returns how
   many. */
uint32_t copula_pattern_keep (const int64_t *counts, uint32_t n_cells, int64_t *kept);

/* The kept pattern nearest to mask in Hamming distance; masks: n x words. n >= 1. */
uint32_t copula_pattern_nearest (const uint64_t *mask, const int64_t *masks, uint32_t n,
                                 uint32_t words);
