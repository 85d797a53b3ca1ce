/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-partition-private.h"

#include <genesis/genesis-error.h>

#include "base/genesis-permutation-private.h"

GenesisPartition *
genesis_partition_new_iid (guint64 n_rows, guint n_sites, guint64 seed, GError **error)
{
  GenesisPartition *self;
  GenesisPermutation order;

  if (n_rows < n_sites)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the table has %" G_GUINT64_FORMAT " rows for %u sites, and each needs one; "
                   "simulate fewer sites",
                   n_rows, n_sites);
      return NULL;
    }
  self = genesis_partition_new (n_sites, n_rows);
  genesis_permutation_init (&order, seed, n_rows);
  for (guint64 i = 0; i < n_rows; i++)
    self->rows[i] = genesis_permutation_apply (&order, i);
  for (guint site = 0; site <= n_sites; site++)
    self->starts[site] = (guint64)((unsigned __int128)n_rows * site / n_sites);
  return self;
}
