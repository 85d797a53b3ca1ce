/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-cell-codes-private.h"
#include "quality/genesis-workload-private.h"

G_BEGIN_DECLS

/**
 * GenesisWorkloadTables:
 * @judge: the holdout, or one half of the training rows
 * @others: the tables that are compared with it
 *
 * Four tables of equally many rows in random order, cut into the judge's cells.
 */
typedef struct
{
  guint64 n_rows;
  GenesisCellCodes *judge, *others[GENESIS_WORKLOAD_N_TABLES];
} GenesisWorkloadTables;

void genesis_workload_tables_init (GenesisWorkloadTables *self, const GenesisQualityFrame *training,
                                   const GenesisQualityFrame *synthetic,
                                   const GenesisQualityFrame *holdout, guint64 seed);
void genesis_workload_tables_clear (GenesisWorkloadTables *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisWorkloadTables, genesis_workload_tables_clear)

G_END_DECLS
