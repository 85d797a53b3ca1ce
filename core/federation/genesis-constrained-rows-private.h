/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>

G_BEGIN_DECLS

/* Draws n_rows more rows. Each attempt, from 1, is another draw. NULL with error. */
typedef GenesisTable *(*GenesisRedrawFunc) (guint attempt, guint64 n_rows, gpointer user_data,
                                            GError **error);

/**
 * GenesisConstrainedRows:
 * @n_mended: cells that were written so that their row keeps a constraint
 * @n_redrawn: rows that were drawn anew
 *
 * What it took to keep a schema's constraints.
 */
typedef struct
{
  guint64 n_mended, n_redrawn;
} GenesisConstrainedRows;

/* The table with rows that keep every constraint of its schema: mended where one cell follows from
   others, else drawn anew, at most GENESIS_CONSTRAINED_ROWS_ATTEMPTS times. The table's buffers
   must be its own; (transfer full) table. NULL with GENESIS_ERROR_FAILED naming the constraint when
   some row cannot be had. */
#define GENESIS_CONSTRAINED_ROWS_ATTEMPTS 100u
GenesisTable *genesis_constrained_rows_keep (GenesisConstrainedRows *self, GenesisTable *table,
                                             GenesisRedrawFunc redraw, gpointer user_data,
                                             GError **error);

G_END_DECLS
