/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Groups of rows that a figure is computed without, one after the other. */
#define GENESIS_N_GROUPS 20u

/**
 * GenesisGroupValues:
 * @all: a figure of all rows
 * @without: the same without the rows of one group
 *
 * A figure and what its delete-a-group jackknife needs (Kott, "The delete-a-group jackknife",
 * Journal of Official Statistics 17, 2001). The bootstrap is no alternative here: a resampled table
 * repeats rows, so the total variation between two tables always grows, and the interval lies
 * beside its own estimate.
 */
typedef struct
{
  double all;
  double without[GENESIS_N_GROUPS];
} GenesisGroupValues;

/**
 * GenesisInterval:
 * @lo, @hi: NaN where there is none
 *
 * A figure with the ends of its 95 % interval.
 */
typedef struct
{
  double value, lo, hi;
} GenesisInterval;

#define GENESIS_INTERVAL_NONE                                                                      \
  (GenesisInterval)                                                                                \
  {                                                                                                \
    NAN, NAN, NAN                                                                                  \
  }

/* The figure, and t (19 degrees of freedom) standard errors to either side of it. */
GenesisInterval genesis_group_values_get_interval (const GenesisGroupValues *self);
/* The same with all three brought into [0, 1]. */
GenesisInterval genesis_group_values_get_share (const GenesisGroupValues *self);
/* NaN where a group has no value. */
double genesis_group_values_get_error (const GenesisGroupValues *self);
/* Of each of n rows its group: equally many in each, a function of seed, purpose and n. */
guint8 *genesis_group_values_draw_groups (guint64 n, guint64 seed, const char *purpose);
/* The share of rows that have a mark, among those that count. (n, n marked of each group) */
void genesis_group_values_set_share (GenesisGroupValues *self,
                                     const guint64 counted[GENESIS_N_GROUPS],
                                     const guint64 marked[GENESIS_N_GROUPS]);
void genesis_group_values_add (GenesisGroupValues *self, const GenesisGroupValues *other);
void genesis_group_values_scale (GenesisGroupValues *self, double factor);

G_END_DECLS
