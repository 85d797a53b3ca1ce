/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-group-values-private.h"
#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisWorkloadTable:
 * @GENESIS_WORKLOAD_SYNTHETIC: the rows that are judged
 * @GENESIS_WORKLOAD_FLOOR: training rows with every column shuffled by itself: the margins, no
 *   dependence
 * @GENESIS_WORKLOAD_CEILING: training rows as they are: as near to the judge as fresh real rows
 * come
 */
typedef enum
{
  GENESIS_WORKLOAD_SYNTHETIC,
  GENESIS_WORKLOAD_FLOOR,
  GENESIS_WORKLOAD_CEILING,
  GENESIS_WORKLOAD_N_TABLES
} GenesisWorkloadTable;

/* More triples are not measured: so many are drawn, by the seed. */
#define GENESIS_WORKLOAD_MOST_TRIPLES 500u

/**
 * GenesisWorkload:
 * @n_rows: of each table that is compared: the smallest number that one of them has
 * @has_holdout: whether the judge is a holdout; else the training rows were halved, and the judge
 * is
 *   one half, the ceiling the other
 * @n_pairs, @n_triples: of columns, measured; NaN below when there are none
 * @pairs: of each table the mean over the pairs of half the L1 distance to the judge's pair tables
 * @triples: the same over triples
 * @pair_errors: of each pair, (0, 1), (0, 2), ..., the synthetic table's own
 * @fidelity: (floor - synthetic) / (floor - ceiling), not clipped; NaN where floor and ceiling
 *   cannot be told apart
 *
 * How far a table is from a judge whose rows no generator has seen, in the questions that analysts
 * ask: counts over two (three) columns. Bins: up to twenty of equal depth from the judge.
 */
typedef struct
{
  guint64 n_rows;
  gboolean has_holdout;
  guint n_pairs, n_triples;
  guint64 n_triples_in_all;
  GenesisGroupValues pairs[GENESIS_WORKLOAD_N_TABLES];
  GenesisGroupValues triples[GENESIS_WORKLOAD_N_TABLES];
  double *pair_errors;
  GenesisGroupValues fidelity;
} GenesisWorkload;

/* holdout: NULL: there is none. NULL with CANCELLED only. With fewer than GENESIS_N_GROUPS rows
   there are no figures. */
GenesisWorkload *genesis_workload_new (const GenesisQualityFrame *training,
                                       const GenesisQualityFrame *synthetic,
                                       const GenesisQualityFrame *holdout, guint64 seed,
                                       GCancellable *cancellable, GError **error);
void genesis_workload_free (GenesisWorkload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisWorkload, genesis_workload_free)

G_END_DECLS
