/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-partition-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "base/genesis-permutation-private.h"
#include "simulation/genesis-dirichlet-private.h"

/* Sites that differ as a column does (Hsu, Qi and Brown, "Measuring the Effects of Non-Identical
   Data Distribution for Federated Visual Classification", 2019, with the roles of Li et al., ICDE
   2022): for each value v with n_v rows, shares p ~ Dirichlet (alpha, ..., alpha) over the K sites,
   and site k gets the rows of v, in an order that the seed decides, from round (n_v P_(k-1)) to
   round (n_v P_k), P being the sums of p. So its share of the value is p_k within 1/n_v: mean 1/K,
   variance (1/K) (1 - 1/K) / (K alpha + 1). */

#define PURPOSE "simulation-dirichlet"

/* The rows of one value, to the sites. */
static void
split_value (const GenesisPartition *values, guint value, const double *shares, guint n_sites,
             guint64 seed, guint32 *sites)
{
  const guint64 n = genesis_partition_get_size (values, value);
  const guint64 *rows = genesis_partition_get_rows (values, value);
  GenesisPermutation order;
  double sum = 0.0;
  guint64 i = 0;

  genesis_permutation_init (&order, seed, n);
  for (guint site = 0; site < n_sites; site++)
    {
      guint64 end;

      sum += shares[site];
      end = site + 1 == n_sites ? n : MIN ((guint64)rint (sum * (double)n), n);
      for (; i < end; i++)
        sites[rows[genesis_permutation_apply (&order, i)]] = site;
    }
}

/* The largest number of rows that sites may be cut down to so that n_empty rows become free. */
static guint64
find_level (const guint64 *sizes, guint n_sites, guint64 n_rows, guint64 n_empty)
{
  guint64 low = 1, high = n_rows; /* low frees enough: there are as many rows as sites */

  while (low < high)
    {
      const guint64 level = low + (high - low + 1) / 2;
      guint64 freed = 0;

      for (guint site = 0; site < n_sites; site++)
        freed += sizes[site] > level ? sizes[site] - level : 0;
      if (freed >= n_empty)
        low = level;
      else
        high = level - 1;
    }
  return low;
}

/* Sites without a row get one of the largest sites', which rows the seed decides. */
static void
fill_empty_sites (guint32 *sites, guint n_sites, guint64 n_rows, guint64 seed)
{
  g_autofree guint64 *sizes = g_new0 (guint64, n_sites);
  GenesisPermutation order;
  guint64 n_empty = 0, level;
  guint empty = 0;

  for (guint64 row = 0; row < n_rows; row++)
    sizes[sites[row]]++;
  for (guint site = 0; site < n_sites; site++)
    n_empty += sizes[site] == 0;
  level = find_level (sizes, n_sites, n_rows, n_empty);
  genesis_permutation_init (&order, seed, n_rows);
  for (guint64 i = 0; i < n_rows && n_empty > 0; i++)
    {
      const guint64 row = genesis_permutation_apply (&order, i);

      if (sizes[sites[row]] <= level)
        continue;
      while (sizes[empty] > 0)
        empty++;
      sizes[sites[row]]--;
      sizes[empty]++;
      sites[row] = empty;
      n_empty--;
    }
}

GenesisPartition *
genesis_partition_new_dirichlet (GenesisTable *table, guint column, guint n_sites, double alpha,
                                 guint64 seed, GError **error)
{
  const guint64 n_rows = genesis_table_get_n_rows (table);
  g_autoptr (GenesisPartition) values = NULL;
  g_autofree double *shares = NULL;
  g_autofree guint32 *sites = NULL;

  if (n_rows < n_sites)
    return genesis_partition_new_iid (n_rows, n_sites, seed, error); /* for its error */
  values = genesis_partition_new_by_value (table, column);
  shares = g_new (double, n_sites);
  sites = g_new (guint32, n_rows);
  for (guint value = 0; value < values->n_parts; value++)
    {
      GenesisStream stream;

      genesis_stream_init (&stream, seed, PURPOSE, value);
      genesis_dirichlet_draw (&stream, alpha, shares, n_sites);
      split_value (values, value, shares, n_sites, genesis_stream_u64 (&stream), sites);
    }
  fill_empty_sites (sites, n_sites, n_rows, seed);
  return genesis_partition_new_from_parts (n_sites, n_rows, sites);
}
