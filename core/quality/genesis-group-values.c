/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-group-values-private.h"

#include <math.h>

#include "base/genesis-permutation-private.h"
#include "base/genesis-stream-private.h"

/* Quantile .975 of Student's t with 19 degrees of freedom. */
#define T_19 2.093024054408263

/* se^2 = (G - 1) / G sum (v_g - mean)^2 */
double
genesis_group_values_get_error (const GenesisGroupValues *self)
{
  double mean = 0, squares = 0;

  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    mean += self->without[g] / GENESIS_N_GROUPS;
  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    squares += (self->without[g] - mean) * (self->without[g] - mean);
  return sqrt (squares * (GENESIS_N_GROUPS - 1) / GENESIS_N_GROUPS);
}

GenesisInterval
genesis_group_values_get_interval (const GenesisGroupValues *self)
{
  double reach = T_19 * genesis_group_values_get_error (self);

  return (GenesisInterval){ self->all, self->all - reach, self->all + reach };
}

GenesisInterval
genesis_group_values_get_share (const GenesisGroupValues *self)
{
  GenesisInterval interval = genesis_group_values_get_interval (self);

  /* CLAMP leaves NaN as it is. */
  interval.value = CLAMP (interval.value, 0, 1);
  interval.lo = CLAMP (interval.lo, 0, 1);
  interval.hi = CLAMP (interval.hi, 0, 1);
  return interval;
}

guint8 *
genesis_group_values_draw_groups (guint64 n, guint64 seed, const char *purpose)
{
  guint8 *groups = g_new (guint8, MAX (n, 1));
  GenesisPermutation permutation;
  GenesisStream stream;

  if (n == 0)
    return groups;
  genesis_stream_init (&stream, seed, purpose, 0);
  genesis_permutation_init (&permutation, genesis_stream_u64 (&stream), n);
  for (guint64 row = 0; row < n; row++)
    groups[row] = (guint8)(genesis_permutation_apply (&permutation, row) % GENESIS_N_GROUPS);
  return groups;
}

static double
divide (guint64 part, guint64 whole)
{
  return whole > 0 ? (double)part / (double)whole : NAN;
}

void
genesis_group_values_set_share (GenesisGroupValues *self, const guint64 counted[GENESIS_N_GROUPS],
                                const guint64 marked[GENESIS_N_GROUPS])
{
  guint64 n = 0, n_marked = 0;

  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    {
      n += counted[g];
      n_marked += marked[g];
    }
  self->all = divide (n_marked, n);
  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    self->without[g] = divide (n_marked - marked[g], n - counted[g]);
}

void
genesis_group_values_add (GenesisGroupValues *self, const GenesisGroupValues *other)
{
  self->all += other->all;
  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    self->without[g] += other->without[g];
}

void
genesis_group_values_scale (GenesisGroupValues *self, double factor)
{
  self->all *= factor;
  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    self->without[g] *= factor;
}
