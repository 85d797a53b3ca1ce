/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-detection-private.h"

#include <genesis/genesis-error.h>

#include "base/genesis-stream-private.h"
#include "quality/genesis-boosted-trees-private.h"
#include "quality/genesis-feature-bins-private.h"
#include "quality/genesis-logistic-regression-private.h"
#include "quality/genesis-ranking-private.h"

/* Classifier two-sample tests: Lopez-Paz and Oquab, ICLR 2017; cross-fitted, so that no row is
   judged by a classifier that has seen it. */

/* Real rows first, as many synthetic ones after them. */
typedef struct
{
  GenesisFeatureBins *bins;
  GenesisFeatureMatrix matrix;
  double *targets;
  guint8 *folds;
  guint32 *train, *test;
  gsize n_train, n_test;
  double *scores, *judged;
} Trial;

static void
trial_clear (Trial *self)
{
  g_clear_pointer (&self->bins, genesis_feature_bins_free);
  g_free (self->matrix.bins);
  g_free (self->targets);
  g_free (self->folds);
  g_free (self->train);
  g_free (self->test);
  g_free (self->scores);
  g_free (self->judged);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trial, trial_clear)

static void
trial_init (Trial *self, GenesisQualityFrame *const *frames, gsize n_each, const guint64 *seeds)
{
  gsize n = 2 * n_each;

  self->bins = genesis_feature_bins_new (frames, 2, -1);
  self->matrix.n_rows = n;
  self->matrix.n_features = self->bins->n_features;
  self->matrix.bins = g_new (guint8, n * self->matrix.n_features + 1);
  genesis_feature_bins_apply (self->bins, frames[0], self->matrix.bins, n);
  genesis_feature_bins_apply (self->bins, frames[1], self->matrix.bins + n_each, n);
  self->targets = g_new0 (double, n);
  for (gsize i = n_each; i < n; i++)
    self->targets[i] = 1;
  self->folds = g_new (guint8, n);
  genesis_fold_deal (seeds[0], n_each, self->folds);
  genesis_fold_deal (seeds[1], n_each, self->folds + n_each);
  self->train = g_new (guint32, n);
  self->test = g_new (guint32, n);
  self->scores = g_new (double, n);
  self->judged = g_new (double, n);
}

static void
trial_set_fold (Trial *self, guint fold)
{
  self->n_train = self->n_test = 0;
  for (guint32 i = 0; i < self->matrix.n_rows; i++)
    if (self->folds[i] == fold)
      {
        self->judged[self->n_test] = self->targets[i];
        self->test[self->n_test++] = i;
      }
    else
      self->train[self->n_train++] = i;
}

static double
judge_trees (Trial *self)
{
  g_autoptr (GenesisBoostedTrees) trees =
      genesis_boosted_trees_new (&self->matrix, self->train, self->n_train, self->targets,
                                 GENESIS_BOOSTING_LOGISTIC);

  genesis_boosted_trees_predict (trees, &self->matrix, self->test, self->n_test, self->scores);
  return genesis_ranking_area (self->scores, self->judged, self->n_test);
}

static double
judge_logistic (Trial *self)
{
  g_autoptr (GenesisLogisticRegression) logistic =
      genesis_logistic_regression_new (self->bins, &self->matrix, self->train, self->n_train,
                                       self->targets);

  genesis_logistic_regression_predict (logistic, &self->matrix, self->test, self->n_test,
                                       self->scores);
  return genesis_ranking_area (self->scores, self->judged, self->n_test);
}

gboolean
genesis_detection_measure (const GenesisQualityFrame *real, const GenesisQualityFrame *synthetic,
                           guint64 seed, GCancellable *cancellable, GenesisDetection *detection,
                           GError **error)
{
  guint64 n_each = MIN (real->n_rows, synthetic->n_rows);
  double trees[GENESIS_N_FOLDS], logistic[GENESIS_N_FOLDS];
  g_autoptr (GenesisQualityFrame) one = NULL;
  g_autoptr (GenesisQualityFrame) other = NULL;
  g_auto (Trial) trial = { NULL };
  GenesisStream stream;
  guint64 seeds[2];

  if (n_each < GENESIS_DETECTION_MIN_ROWS)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "a table of %" G_GUINT64_FORMAT " rows is too small for a classifier to learn "
                   "from; give at least %u, or leave detection out",
                   n_each, GENESIS_DETECTION_MIN_ROWS);
      return FALSE;
    }
  genesis_stream_init (&stream, seed, "genesis.detection", 0);
  genesis_stream_fill_u64 (&stream, seeds, G_N_ELEMENTS (seeds));
  one = genesis_quality_frame_draw (real, n_each, seed, "genesis.detection.real");
  other = genesis_quality_frame_draw (synthetic, n_each, seed, "genesis.detection.synthetic");
  trial_init (&trial, (GenesisQualityFrame *const[]){ one, other }, n_each, seeds);
  for (guint fold = 0; fold < GENESIS_N_FOLDS; fold++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      trial_set_fold (&trial, fold);
      logistic[fold] = judge_logistic (&trial);
      trees[fold] = judge_trees (&trial);
    }
  detection->n_each = n_each;
  detection->logistic = genesis_fold_estimate_conclude (logistic);
  detection->trees = genesis_fold_estimate_conclude (trees);
  return TRUE;
}
