/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-similarity-private.h"

#include <math.h>

/* The mean of what is a number. */
typedef struct
{
  double sum;
  guint n;
} Mean;

static void
mean_add (Mean *self, double value)
{
  if (isnan (value))
    return;
  self->sum += value;
  self->n++;
}

static double
mean_get (const Mean *self)
{
  return self->n > 0 ? self->sum / self->n : NAN;
}

static double
average (double a, double b)
{
  Mean mean = { 0 };

  mean_add (&mean, a);
  mean_add (&mean, b);
  return mean_get (&mean);
}

static void
average_columns (GenesisSimilarity *self, const GenesisQualityShape *shape)
{
  Mean shapes = { 0 }, validity = { 0 }, coverage = { 0 }, boundary = { 0 };

  for (guint i = 0; i < shape->n_columns; i++)
    {
      mean_add (&shapes, self->columns[i].shape);
      mean_add (&validity, self->columns[i].validity);
      mean_add (&coverage, self->columns[i].coverage);
      if (shape->kinds[i] != GENESIS_QUALITY_LEVEL)
        mean_add (&boundary, self->columns[i].adherence);
    }
  self->shapes = mean_get (&shapes);
  self->validity = mean_get (&validity);
  self->coverage = mean_get (&coverage);
  self->boundary = mean_get (&boundary);
}

static void
average_pairs (GenesisSimilarity *self)
{
  Mean all = { 0 }, strong = { 0 };

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const GenesisPairScore *pair = &g_array_index (self->pairs, GenesisPairScore, i);

      mean_add (&all, pair->score);
      if (pair->is_strong)
        mean_add (&strong, pair->score);
    }
  self->pairs_all = mean_get (&all);
  self->pairs_thresholded = mean_get (&strong);
}

GenesisSimilarity *
genesis_similarity_new (const GenesisQualityFrame *real, const GenesisQualityFrame *synthetic)
{
  GenesisSimilarity *self = g_new0 (GenesisSimilarity, 1);

  g_assert (real->n_rows > 0 && synthetic->n_rows > 0);

  self->columns = g_new0 (GenesisColumnScores, real->shape->n_columns);
  for (guint i = 0; i < real->shape->n_columns; i++)
    genesis_column_scores_init (&self->columns[i], real, synthetic, i);
  self->pairs = genesis_pair_scores_new (real, synthetic);
  average_columns (self, real->shape);
  average_pairs (self);
  self->overall = average (self->shapes, self->pairs_all);
  self->overall_thresholded = average (self->shapes, self->pairs_thresholded);
  return self;
}

void
genesis_similarity_free (GenesisSimilarity *self)
{
  g_array_unref (self->pairs);
  g_free (self->columns);
  g_free (self);
}
