/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-cell-codes-private.h"
#include "quality/genesis-group-values-private.h"

G_BEGIN_DECLS

/**
 * GenesisCellDistance:
 *
 * Half the L1 distance between two tables of counts over the same cells, their shares of rows that
 * is: total variation. Keeps the room to count in from one call to the next; one thread at a time.
 */
typedef struct _GenesisCellDistance GenesisCellDistance;

GenesisCellDistance *genesis_cell_distance_new (void);
void genesis_cell_distance_free (GenesisCellDistance *self);
/* Of the cells that columns (one to three) make together: between judge and each of others. Without
   groups only .all is set. Every table has at least one row. */
void genesis_cell_distance_measure (GenesisCellDistance *self, const GenesisCellCodes *judge,
                                    const GenesisCellCodes *const *others, guint n_others,
                                    const guint *columns, guint n_columns,
                                    GenesisGroupValues *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCellDistance, genesis_cell_distance_free)

G_END_DECLS
