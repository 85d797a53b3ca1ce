/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include <genesis/plugin-abi.h>

G_BEGIN_DECLS

/**
 * GenesisNoiseGroup:
 * @number: as the specs of its blocks say
 * @label: for people: its first block, and how many more there are
 * @n_cells: of all its blocks
 * @sensitivity: the most that the unit which is protected moves it, as an L2 norm in the integers
 *   of its blocks
 * @sigma: of its noise, in the same integers; %INFINITY when it has no share
 * @mu2: (sensitivity / sigma)^2
 *
 * Blocks that share one bound, and what their part of a round costs.
 */
typedef struct
{
  guint32 number;
  char *label;
  guint64 n_cells;
  double sensitivity, sigma, mu2;
} GenesisNoiseGroup;

/* (element-type GenesisNoiseGroup): the groups of a plan that a record can move, in the order of
   their first blocks. mu2 of the whole round is divided by the plan's group_share, in equal parts
   where it gives none. clip and factor multiply every bound. */
GPtrArray *genesis_noise_groups_new (const genesis_abi_plan *plan, double mu2, double clip,
                                     double factor);
const GenesisNoiseGroup *genesis_noise_groups_find (GPtrArray *groups, guint32 number);

/* The largest L2 norm of what one record adds to a group, from a bound in the spec's own norm. */
double genesis_noise_group_bound (const genesis_abi_plan *plan, guint32 group);

G_END_DECLS
