/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-partition-private.h"

GenesisPartition *
genesis_partition_new (guint n_parts, guint64 n_rows)
{
  GenesisPartition *self = g_new0 (GenesisPartition, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_parts = n_parts;
  self->n_rows = n_rows;
  self->rows = g_new (guint64, n_rows);
  self->starts = g_new0 (guint64, n_parts + 1);
  return self;
}

GenesisPartition *
genesis_partition_new_from_parts (guint n_parts, guint64 n_rows, const guint32 *parts)
{
  GenesisPartition *self = genesis_partition_new (n_parts, n_rows);
  g_autofree guint64 *next = g_new0 (guint64, n_parts);

  for (guint64 row = 0; row < n_rows; row++)
    self->starts[parts[row] + 1]++;
  for (guint part = 0; part < n_parts; part++)
    {
      self->starts[part + 1] += self->starts[part];
      next[part] = self->starts[part];
    }
  for (guint64 row = 0; row < n_rows; row++)
    self->rows[next[parts[row]]++] = row;
  return self;
}

GenesisPartition *
genesis_partition_ref (GenesisPartition *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
genesis_partition_unref (GenesisPartition *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->rows);
  g_free (self->starts);
  g_free (self);
}
