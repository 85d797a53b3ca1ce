/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisSortedNumbers:
 * @values: ascending
 *
 * The numbers of a column that are not missing.
 */
typedef struct
{
  double *values;
  gsize n;
} GenesisSortedNumbers;

void genesis_sorted_numbers_init (GenesisSortedNumbers *self, const double *numbers,
                                  guint64 n_rows);
void genesis_sorted_numbers_clear (GenesisSortedNumbers *self);
/* NaN when there is none. */
double genesis_sorted_numbers_get_min (const GenesisSortedNumbers *self);
double genesis_sorted_numbers_get_max (const GenesisSortedNumbers *self);
/* How many lie between the two, ends included. */
gsize genesis_sorted_numbers_count_between (const GenesisSortedNumbers *self, double lo, double hi);
/* Linear between the two neighbours of (n - 1) q, as numpy has it; n must not be 0. */
double genesis_sorted_numbers_get_quantile (const GenesisSortedNumbers *self, double q);
/* The largest difference of the two distribution functions (Kolmogorov-Smirnov); NaN when one is
   empty. decimals: whether numbers are first rounded to 14 decimals. */
double genesis_sorted_numbers_distance (const GenesisSortedNumbers *a,
                                        const GenesisSortedNumbers *b, gboolean decimals);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisSortedNumbers, genesis_sorted_numbers_clear)

G_END_DECLS
