/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisFeatureMatrix:
 *
 * Bins of cells: @n_features columns of @n_rows bytes, column after column.
 */
typedef struct
{
  guint8 *bins;
  gsize n_rows;
  guint n_features;
} GenesisFeatureMatrix;

typedef enum
{
  GENESIS_BOOSTING_LOGISTIC, /* targets 0 or 1; scores are log odds */
  GENESIS_BOOSTING_SQUARES   /* targets are numbers; scores estimate their mean */
} GenesisBoostingLoss;

/**
 * GenesisBoostedTrees:
 *
 * 80 regression trees of up to 31 leaves, learned one after another from what is left to explain,
 * each counted by a tenth. No randomness, no early stopping: equal rows give equal trees.
 */
typedef struct _GenesisBoostedTrees GenesisBoostedTrees;

/* Learns @targets (by row of the matrix) from the @n rows @rows. */
GenesisBoostedTrees *genesis_boosted_trees_new (const GenesisFeatureMatrix *matrix,
                                                const guint32 *rows, gsize n, const double *targets,
                                                GenesisBoostingLoss loss);
void genesis_boosted_trees_free (GenesisBoostedTrees *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisBoostedTrees, genesis_boosted_trees_free)

/* Scores of the @n rows @rows of a matrix of the same bins, in that order. */
void genesis_boosted_trees_predict (const GenesisBoostedTrees *self,
                                    const GenesisFeatureMatrix *matrix, const guint32 *rows,
                                    gsize n, double *scores);

G_END_DECLS
