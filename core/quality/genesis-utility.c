/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-utility-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "base/genesis-stream-private.h"
#include "quality/genesis-boosted-trees-private.h"
#include "quality/genesis-feature-bins-private.h"
#include "quality/genesis-ranking-private.h"

#define MIN_ROWS   50u
#define MAX_LEVELS 20u

/* One table as a learner sees it; rows whose target is missing teach and judge nothing. */
typedef struct
{
  GenesisFeatureMatrix matrix;
  const GenesisQualityColumn *target;
  double *targets;
  guint32 *rows;
  gsize n;
} Lesson;

static void
lesson_clear (Lesson *self)
{
  g_free (self->matrix.bins);
  g_free (self->targets);
  g_free (self->rows);
}

static gboolean
has_target (const GenesisQualityColumn *target, guint64 row)
{
  return target->codes != NULL ? target->codes[row] > 0 : !isnan (target->numbers[row]);
}

static void
lesson_init (Lesson *self, const GenesisFeatureBins *bins, const GenesisQualityFrame *frame,
             guint target)
{
  gsize n_rows = frame->n_rows;

  self->matrix.n_rows = n_rows;
  self->matrix.n_features = bins->n_features;
  self->matrix.bins = g_new (guint8, n_rows * bins->n_features + 1);
  genesis_feature_bins_apply (bins, frame, self->matrix.bins, n_rows);
  self->target = &frame->columns[target];
  self->targets = g_new0 (double, n_rows + 1);
  self->rows = g_new (guint32, n_rows + 1);
  for (guint32 row = 0; row < n_rows; row++)
    if (has_target (self->target, row))
      self->rows[self->n++] = row;
}

/* 1 for the level, 0 for another. */
static void
lesson_ask_level (Lesson *self, guint code)
{
  for (gsize i = 0; i < self->n; i++)
    self->targets[self->rows[i]] = self->target->codes[self->rows[i]] == code;
}

static void
lesson_ask_number (Lesson *self)
{
  for (gsize i = 0; i < self->n; i++)
    self->targets[self->rows[i]] = self->target->numbers[self->rows[i]];
}

/* -- judging on fifths ----------------------------------------------------------- */

typedef struct
{
  Lesson train, test;
  const guint8 *folds; /* of the test's rows */
  double *scores;      /* of the test's rows with a target, in order */
  double *fold_scores, *fold_targets;
} Course;

static void
course_clear (Course *self)
{
  lesson_clear (&self->train);
  lesson_clear (&self->test);
  g_free (self->scores);
  g_free (self->fold_scores);
  g_free (self->fold_targets);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Course, course_clear)

static void
course_init (Course *self, GenesisQualityFrame *train, const GenesisQualityFrame *test,
             guint target, const guint8 *folds)
{
  g_autoptr (GenesisFeatureBins) bins = genesis_feature_bins_new (&train, 1, (int)target);

  lesson_init (&self->train, bins, train, target);
  lesson_init (&self->test, bins, test, target);
  self->folds = folds;
  self->scores = g_new (double, self->test.n + 1);
  self->fold_scores = g_new (double, self->test.n + 1);
  self->fold_targets = g_new (double, self->test.n + 1);
}

static double
judge_fold (Course *self, GenesisBoostingLoss loss, guint fold)
{
  const Lesson *test = &self->test;
  gsize n = 0;

  for (gsize i = 0; i < test->n; i++)
    if (self->folds[test->rows[i]] == fold)
      {
        self->fold_scores[n] = self->scores[i];
        self->fold_targets[n++] = test->targets[test->rows[i]];
      }
  return (loss == GENESIS_BOOSTING_SQUARES
              ? genesis_ranking_explained
              : genesis_ranking_area) (self->fold_scores, self->fold_targets, n);
}

/* Adds weight x the figure of each fifth. */
static void
judge (Course *self, GenesisBoostingLoss loss, const double *weights, double *figures)
{
  const Lesson *train = &self->train, *test = &self->test;
  g_autoptr (GenesisBoostedTrees) trees =
      genesis_boosted_trees_new (&train->matrix, train->rows, train->n, train->targets, loss);

  genesis_boosted_trees_predict (trees, &test->matrix, test->rows, test->n, self->scores);
  for (guint fold = 0; fold < GENESIS_N_FOLDS; fold++)
    figures[fold] += weights[fold] * judge_fold (self, loss, fold);
}

/* The share of the level that was asked for in each fifth. */
static void
weigh_level (const Course *self, double *weights)
{
  const Lesson *test = &self->test;
  double n[GENESIS_N_FOLDS] = { 0 }, ones[GENESIS_N_FOLDS] = { 0 };

  for (gsize i = 0; i < test->n; i++)
    {
      n[self->folds[test->rows[i]]]++;
      ones[self->folds[test->rows[i]]] += test->targets[test->rows[i]];
    }
  for (guint fold = 0; fold < GENESIS_N_FOLDS; fold++)
    weights[fold] = n[fold] > 0 ? ones[fold] / n[fold] : 0.0;
}

/* Two levels are one question; of more, each is one against the rest. */
static void
judge_levels (Course *self, guint n_levels, double *figures)
{
  double weights[GENESIS_N_FOLDS] = { 1, 1, 1, 1, 1 };

  for (guint code = n_levels == 2 ? 2 : 1; code <= n_levels; code++)
    {
      lesson_ask_level (&self->train, code);
      lesson_ask_level (&self->test, code);
      if (n_levels > 2)
        weigh_level (self, weights);
      judge (self, GENESIS_BOOSTING_LOGISTIC, weights, figures);
    }
}

static void
judge_number (Course *self, double *figures)
{
  const double whole[GENESIS_N_FOLDS] = { 1, 1, 1, 1, 1 };

  lesson_ask_number (&self->train);
  lesson_ask_number (&self->test);
  judge (self, GENESIS_BOOSTING_SQUARES, whole, figures);
}

static GenesisInterval
learn_and_judge (GenesisQualityFrame *train, const GenesisQualityFrame *test, guint target,
                 const guint8 *folds)
{
  double figures[GENESIS_N_FOLDS] = { 0 };
  g_auto (Course) course = { { { NULL } } };

  course_init (&course, train, test, target, folds);
  if (test->columns[target].codes != NULL)
    judge_levels (&course, genesis_quality_shape_count_codes (test->shape, target) - 1, figures);
  else
    judge_number (&course, figures);
  return genesis_fold_estimate_conclude (figures);
}

static gboolean
check_rows (const GenesisQualityFrame *frame, guint target, GError **error)
{
  if (frame->n_rows >= MIN_ROWS)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "target '%s': a table of %" G_GUINT64_FORMAT " rows is too small to learn from or "
               "to judge by; give at least %u, or leave the target out",
               frame->shape->names[target], frame->n_rows, MIN_ROWS);
  return FALSE;
}

static gboolean
check_target (const GenesisQualityShape *shape, guint target, GError **error)
{
  guint n_levels = shape->kinds[target] == GENESIS_QUALITY_LEVEL
                       ? genesis_quality_shape_count_codes (shape, target) - 1
                       : 2;

  if (shape->n_columns < 2)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "target '%s': the table has no other column to learn from",
                   shape->names[target]);
      return FALSE;
    }
  if (n_levels < 2 || n_levels > MAX_LEVELS)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "target '%s': %u levels; a target has 2 to %u, or is a number",
                   shape->names[target], n_levels, MAX_LEVELS);
      return FALSE;
    }
  return TRUE;
}

gboolean
genesis_utility_measure (const GenesisQualityFrame *real, const GenesisQualityFrame *synthetic,
                         const GenesisQualityFrame *test, guint target, guint64 seed,
                         GCancellable *cancellable, GenesisUtility *utility, GError **error)
{
  guint64 n = MIN (real->n_rows, synthetic->n_rows);
  g_autoptr (GenesisQualityFrame) one = NULL;
  g_autoptr (GenesisQualityFrame) other = NULL;
  g_autofree guint8 *folds = g_new (guint8, test->n_rows + 1);
  GenesisStream stream;

  if (!check_target (real->shape, target, error) || !check_rows (real, target, error)
      || !check_rows (synthetic, target, error) || !check_rows (test, target, error))
    return FALSE;
  genesis_stream_init (&stream, seed, "genesis.utility", 0);
  genesis_fold_deal (genesis_stream_u64 (&stream), test->n_rows, folds);
  one = genesis_quality_frame_draw (synthetic, n, seed, "genesis.utility.synthetic");
  other = genesis_quality_frame_draw (real, n, seed, "genesis.utility.real");
  utility->n_each = n;
  utility->is_area = test->columns[target].codes != NULL;
  utility->synthetic = learn_and_judge (one, test, target, folds);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  utility->real = learn_and_judge (other, test, target, folds);
  return TRUE;
}
