/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-boosted-trees-private.h"

#include <math.h>
#include <string.h>

#include "quality/genesis-tree-grower-private.h"

/* Gradient boosting: Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals
   of Statistics 29 (2001), with Newton steps in the leaves. */

#define N_TREES       80u
#define MAX_LEAVES    31u
#define MIN_LEAF_ROWS 20u
#define RATE          0.1

struct _GenesisBoostedTrees
{
  double baseline;
  GenesisRegressionTree trees[N_TREES];
};

/* What a model without features would say. A share of 0 or 1 has no log odds: half a row is added
   to either side. */
static double
find_baseline (const guint32 *rows, gsize n, const double *targets, GenesisBoostingLoss loss)
{
  double sum = 0, mean;

  for (gsize i = 0; i < n; i++)
    sum += targets[rows[i]];
  if (loss == GENESIS_BOOSTING_SQUARES)
    return n == 0 ? 0.0 : sum / (double)n;
  mean = sum <= 0 || sum >= (double)n ? (sum + 0.5) / ((double)n + 1) : sum / (double)n;
  return log (mean / (1 - mean));
}

static void
derive (const GenesisTreeRows *rows, const double *targets, GenesisBoostingLoss loss,
        const double *scores, double *gradients, double *hessians)
{
  for (gsize i = 0; i < rows->n; i++)
    {
      guint32 row = rows->rows[i];
      double expected =
          loss == GENESIS_BOOSTING_SQUARES ? scores[row] : 1 / (1 + exp (-scores[row]));

      gradients[row] = expected - targets[row];
      hessians[row] = loss == GENESIS_BOOSTING_SQUARES ? 1.0 : expected * (1 - expected);
    }
}

GenesisBoostedTrees *
genesis_boosted_trees_new (const GenesisFeatureMatrix *matrix, const guint32 *rows, gsize n,
                           const double *targets, GenesisBoostingLoss loss)
{
  GenesisBoostedTrees *self = g_new0 (GenesisBoostedTrees, 1);
  g_autoptr (GenesisTreeGrower) grower =
      genesis_tree_grower_new (matrix->n_features, n, MAX_LEAVES, MIN_LEAF_ROWS);
  g_autofree double *gradients = g_new (double, matrix->n_rows + 1);
  g_autofree double *hessians = g_new (double, matrix->n_rows + 1);
  g_autofree double *scores = g_new (double, matrix->n_rows + 1);
  g_autofree guint32 *order = g_new (guint32, n + 1);
  GenesisTreeRows of_tree = { matrix->bins, matrix->n_rows, matrix->n_features, order, n,
                              gradients,    hessians };

  self->baseline = find_baseline (rows, n, targets, loss);
  for (gsize i = 0; i < n; i++)
    scores[rows[i]] = self->baseline;
  for (guint t = 0; t < N_TREES; t++)
    {
      memcpy (order, rows, n * sizeof (guint32));
      derive (&of_tree, targets, loss, scores, gradients, hessians);
      genesis_tree_grower_grow (grower, &of_tree, RATE, scores, &self->trees[t]);
    }
  return self;
}

void
genesis_boosted_trees_free (GenesisBoostedTrees *self)
{
  for (guint t = 0; t < N_TREES; t++)
    genesis_regression_tree_clear (&self->trees[t]);
  g_free (self);
}

void
genesis_boosted_trees_predict (const GenesisBoostedTrees *self, const GenesisFeatureMatrix *matrix,
                               const guint32 *rows, gsize n, double *scores)
{
  for (gsize i = 0; i < n; i++)
    scores[i] = self->baseline;
  for (guint t = 0; t < N_TREES; t++)
    for (gsize i = 0; i < n; i++)
      scores[i] +=
          genesis_regression_tree_predict (&self->trees[t], matrix->bins, matrix->n_rows, rows[i]);
}
