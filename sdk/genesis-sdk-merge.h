/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdint.h>

/**
 * Neighbours of a noisy table put together until the noise no longer hides what they hold. limit is
 * what a cell must hold to be told from noise: so many standard deviations of its noise. A group of
 * m cells has sqrt m times the noise of one.
 *
 * A cell that holds limit stays alone, so that no spike is smeared. Each run of cells between such
 * ones is cut from the left as soon as a group holds limit sqrt m; what is left of a run joins the
 * run's last group. A run that holds too little as a whole is one group all the same.
 *
 * first: room for n; gets the first cell of each group. Returns the number of groups. n >= 1, limit
 * >= 0; limit 0 leaves counts that are not negative as they are.
 */
uint32_t genesis_sdk_merge_cells (uint32_t n, const int64_t *counts, double limit, uint32_t *first);
