/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisRegressionTree:
 *
 * A tree over binned features. A node sends a row left when its bin is at most @bin, a missing cell
 * where @missing_left says; a leaf has @feature -1.
 */
typedef struct
{
  gint32 feature;
  guint8 bin;
  gboolean missing_left;
  guint32 left, right;
  double value;
} GenesisTreeNode;

typedef struct
{
  GenesisTreeNode *nodes;
  guint n_nodes;
} GenesisRegressionTree;

/**
 * GenesisTreeRows:
 * @bins: n_features columns of bins, @stride bytes apart
 * @rows: the n rows of the matrix that are learned from; the grower orders them by leaf
 * @gradients, @hessians: by row of the matrix
 */
typedef struct
{
  const guint8 *bins;
  gsize stride;
  guint n_features;
  guint32 *rows;
  gsize n;
  const double *gradients, *hessians;
} GenesisTreeRows;

typedef struct _GenesisTreeGrower GenesisTreeGrower;

/* Room for trees over as many rows and features; used for one tree after another. */
GenesisTreeGrower *genesis_tree_grower_new (guint n_features, gsize n_rows, guint max_leaves,
                                            guint min_leaf_rows);
void genesis_tree_grower_free (GenesisTreeGrower *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisTreeGrower, genesis_tree_grower_free)

/* Grows one tree best leaf first, adds rate x its leaves to @scores (by row of the matrix). */
void genesis_tree_grower_grow (GenesisTreeGrower *self, const GenesisTreeRows *rows, double rate,
                               double *scores, GenesisRegressionTree *tree);

void genesis_regression_tree_clear (GenesisRegressionTree *self);

/* The leaf's value for row @row of a matrix of bins. */
double genesis_regression_tree_predict (const GenesisRegressionTree *self, const guint8 *bins,
                                        gsize stride, gsize row);

G_END_DECLS
