/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>

G_BEGIN_DECLS

/**
 * GenesisPartition:
 * @rows: places of all rows of a table, part after part
 * @starts: where each part begins in @rows, and behind the last one their number
 *
 * The rows of one table in parts that have no row in common: eight bytes a row and eight a part.
 * Immutable once made; threads may share it.
 */
typedef struct
{
  gatomicrefcount ref_count;
  guint n_parts;
  guint64 n_rows;
  guint64 *rows;
  guint64 *starts;
} GenesisPartition;

/* starts are zero and rows unset: for those who fill it. */
GenesisPartition *genesis_partition_new (guint n_parts, guint64 n_rows);
/* parts: of each row, below n_parts. Rows of a part keep their order. */
GenesisPartition *genesis_partition_new_from_parts (guint n_parts, guint64 n_rows,
                                                    const guint32 *parts);
GenesisPartition *genesis_partition_ref (GenesisPartition *self);
void genesis_partition_unref (GenesisPartition *self);

/* Each row in a part that the seed decides; sizes differ by at most one. INVALID_CONFIG with fewer
   rows than sites. */
GenesisPartition *genesis_partition_new_iid (guint64 n_rows, guint n_sites, guint64 seed,
                                             GError **error);
/* The column's values, in order of size, dealt to the sites in turn: no value is at two sites.
   INVALID_CONFIG with fewer values than sites. */
GenesisPartition *genesis_partition_new_by_column (GenesisTable *table, guint column, guint n_sites,
                                                   GError **error);
/* The rows of each value split by shares that are drawn from Dirichlet (alpha, ..., alpha); every
   site has at least one row. alpha above 0; INFINITY: equal shares. */
GenesisPartition *genesis_partition_new_dirichlet (GenesisTable *table, guint column, guint n_sites,
                                                   double alpha, guint64 seed, GError **error);

/* One part for each distinct value of the column, missing being one, the largest first and then in
   order of value. */
GenesisPartition *genesis_partition_new_by_value (GenesisTable *table, guint column);

static inline guint64
genesis_partition_get_size (const GenesisPartition *self, guint part)
{
  return self->starts[part + 1] - self->starts[part];
}

static inline const guint64 *
genesis_partition_get_rows (const GenesisPartition *self, guint part)
{
  return self->rows + self->starts[part];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisPartition, genesis_partition_unref)

G_END_DECLS
