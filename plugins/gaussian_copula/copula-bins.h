/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdint.h>

#include "genesis-sdk-margin.h"

/**
 * The bins that carry scores. A numeric column: every cell one unit wide whose value passes the
 * atom rule is a bin; the rest is cut into bins of about equal mass. A bin begins at the lowest
 * unit of its first cell and ends where the next begins. A category column: one bin a level, most
 * frequent first, ties by code.
 */

/* starts: room for margin->n_cells. Returns the number of bins, 0 when nothing is present. */
uint32_t copula_bins_cut (const genesis_sdk_margin *margin, uint32_t bins, int64_t *starts);
/* The codes 0..n-1 by falling count; order: room for n. */
void copula_bins_order (const int64_t *count, uint32_t n, int64_t *order);

/* Counts of a margin in bins that were cut from another: a cell belongs to the bin that its
   lowest unit falls into. */
void copula_bins_count (const genesis_sdk_margin *margin, const int64_t *starts, uint32_t n_bins,
                        int64_t *counts);

/**
 * Scores in units of 2^-grid: s_b = (phi (a_b) - phi (a_b+1)) / p_b, recentred, clipped to [-clip,
 * clip], rounded. An empty bin gets the limit, its own cut. counts must hold something.
 */
void copula_bins_score (const int64_t *counts, uint32_t n_bins, double clip, int grid,
                        int64_t *scores);

/* a = Phi^-1 (below / total), from the nearer tail; +-infinity at the ends. */
double copula_bins_get_cut (int64_t below, int64_t total);
double copula_bins_get_density (double a);
