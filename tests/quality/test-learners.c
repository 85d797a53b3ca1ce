/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "base/genesis-stream-private.h"
#include "quality/genesis-boosted-trees-private.h"
#include "quality/genesis-feature-bins-private.h"
#include "quality/genesis-logistic-regression-private.h"
#include "quality/genesis-ranking-private.h"

#define N 4000u

/* Two features in 16 bins, seeded. */
typedef struct
{
  guint8 bins[2 * N];
  guint32 rows[N];
  double targets[N], scores[N];
  GenesisFeatureMatrix matrix;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "test.learners", 0);
  self->matrix = (GenesisFeatureMatrix){ self->bins, N, 2 };
  for (guint i = 0; i < 2 * N; i++)
    self->bins[i] = (guint8)genesis_stream_below (&stream, 16);
  for (guint i = 0; i < N; i++)
    self->rows[i] = i;
}

static void
learn (Fixture *self, GenesisBoostingLoss loss)
{
  g_autoptr (GenesisBoostedTrees) trees =
      genesis_boosted_trees_new (&self->matrix, self->rows, N, self->targets, loss);

  genesis_boosted_trees_predict (trees, &self->matrix, self->rows, N, self->scores);
}

/* -- trees ---------------------------------------------------------------------- */

static void
test_exclusive_or (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < N; i++)
    self->targets[i] = (self->bins[i] < 8) != (self->bins[N + i] < 8);
  learn (self, GENESIS_BOOSTING_LOGISTIC);
  g_assert_cmpfloat (genesis_ranking_area (self->scores, self->targets, N), ==, 1.0);
}

/* Missing cells of the first feature mean 1; no value does. */
static void
test_missing_cells (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < N; i++)
    {
      if (self->bins[N + i] < 4)
        self->bins[i] = GENESIS_FEATURE_MISSING;
      self->targets[i] = self->bins[i] == GENESIS_FEATURE_MISSING;
      self->bins[N + i] = 0;
    }
  learn (self, GENESIS_BOOSTING_LOGISTIC);
  g_assert_cmpfloat (genesis_ranking_area (self->scores, self->targets, N), ==, 1.0);
}

/* After 80 steps of a tenth, .9^80 = .0002 of a function of few steps is left. */
static void
test_squares (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < N; i++)
    self->targets[i] = (self->bins[i] / 4) * 10.0 + (self->bins[N + i] < 8 ? 5 : 0);
  learn (self, GENESIS_BOOSTING_SQUARES);
  for (guint i = 0; i < N; i++)
    g_assert_cmpfloat_with_epsilon (self->scores[i], self->targets[i], 0.01);
}

/* Where nothing varies, the baseline is all there is. */
static void
test_one_class (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < N; i++)
    self->targets[i] = 1;
  learn (self, GENESIS_BOOSTING_LOGISTIC);
  g_assert_true (isfinite (self->scores[0]));
  g_assert_cmpfloat (self->scores[0], >, log (N));
  for (guint i = 1; i < N; i++)
    g_assert_cmpfloat_with_epsilon (self->scores[i], self->scores[0], 1e-9);
}

/* 30 rows make no two leaves of 20. */
static void
test_small_leaves (Fixture *self, gconstpointer data)
{
  g_autoptr (GenesisBoostedTrees) trees = NULL;

  for (guint i = 0; i < N; i++)
    self->targets[i] = self->bins[i] < 8;
  trees = genesis_boosted_trees_new (&self->matrix, self->rows, 30, self->targets,
                                     GENESIS_BOOSTING_LOGISTIC);
  genesis_boosted_trees_predict (trees, &self->matrix, self->rows, 30, self->scores);
  for (guint i = 1; i < 30; i++)
    g_assert_cmpfloat (self->scores[i], ==, self->scores[0]);
}

/* -- logistic regression ----------------------------------------------------------- */

static GenesisFeatureBins *
level_bins (guint n_levels, guint n_features)
{
  GenesisFeatureBins *bins = g_new0 (GenesisFeatureBins, 1);

  bins->n_features = n_features;
  bins->features = g_new0 (GenesisFeature, n_features);
  for (guint f = 0; f < n_features; f++)
    bins->features[f].n_bins = n_levels;
  return bins;
}

/* One feature of levels says the log odds of each; the penalty of 1/2 |w|^2 beside some 250 rows a
   level takes less than .05 of it. */
static void
test_odds_of_levels (Fixture *self, gconstpointer data)
{
  g_autoptr (GenesisFeatureBins) bins = level_bins (16, 1);
  g_autoptr (GenesisLogisticRegression) model = NULL;
  guint n[16] = { 0 }, ones[16] = { 0 };

  self->matrix.n_features = 1;
  for (guint i = 0; i < N; i++)
    {
      self->targets[i] = self->bins[N + i] <= self->bins[i] % 8 + 3;
      n[self->bins[i]]++;
      ones[self->bins[i]] += self->targets[i] > 0;
    }
  model = genesis_logistic_regression_new (bins, &self->matrix, self->rows, N, self->targets);
  genesis_logistic_regression_predict (model, &self->matrix, self->rows, N, self->scores);
  for (guint i = 0; i < N; i++)
    {
      double odds = (double)ones[self->bins[i]] / (n[self->bins[i]] - ones[self->bins[i]]);

      g_assert_cmpfloat_with_epsilon (self->scores[i], log (odds), 0.05);
    }
}

/* Rows that a plane parts have no finite optimum without the penalty. */
static void
test_separable (Fixture *self, gconstpointer data)
{
  g_autoptr (GenesisFeatureBins) bins = level_bins (16, 2);
  g_autoptr (GenesisLogisticRegression) model = NULL;

  for (guint i = 0; i < N; i++)
    self->targets[i] = self->bins[i] < 8;
  model = genesis_logistic_regression_new (bins, &self->matrix, self->rows, N, self->targets);
  genesis_logistic_regression_predict (model, &self->matrix, self->rows, N, self->scores);
  g_assert_cmpfloat (genesis_ranking_area (self->scores, self->targets, N), ==, 1.0);
  for (guint i = 0; i < N; i++)
    g_assert_true (isfinite (self->scores[i]));
}

/* A sum over features cannot say "either, not both". */
static void
test_additive (Fixture *self, gconstpointer data)
{
  g_autoptr (GenesisFeatureBins) bins = level_bins (16, 2);
  g_autoptr (GenesisLogisticRegression) model = NULL;

  for (guint i = 0; i < N; i++)
    self->targets[i] = (self->bins[i] < 8) != (self->bins[N + i] < 8);
  model = genesis_logistic_regression_new (bins, &self->matrix, self->rows, N, self->targets);
  genesis_logistic_regression_predict (model, &self->matrix, self->rows, N, self->scores);
  g_assert_cmpfloat (genesis_ranking_area (self->scores, self->targets, N), <, 0.65);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, NULL)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/boosted-trees/learn-exclusive-or", test_exclusive_or);
  ADD ("/boosted-trees/send-missing-cells-either-way", test_missing_cells);
  ADD ("/boosted-trees/learn-numbers", test_squares);
  ADD ("/boosted-trees/stay-finite-for-one-class", test_one_class);
  ADD ("/boosted-trees/do-not-split-below-20-rows", test_small_leaves);
  ADD ("/logistic-regression/finds-the-odds-of-levels", test_odds_of_levels);
  ADD ("/logistic-regression/stays-finite-where-a-plane-parts-rows", test_separable);
  ADD ("/logistic-regression/is-additive", test_additive);
  return g_test_run ();
}
