/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-feature-bins-private.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "quality/genesis-sorted-numbers-private.h"

/* Columns as a learner of trees sees them: Ke and others, "LightGBM: A Highly Efficient Gradient
   Boosting Decision Tree", NIPS 2017, section 2.1. */

/* The numbers of one column of all frames, ascending. */
static void
collect_numbers (GenesisSortedNumbers *self, GenesisQualityFrame *const *frames, gsize n_frames,
                 guint column)
{
  g_autofree double *numbers = NULL;
  guint64 n_rows = 0;

  for (gsize i = 0; i < n_frames; i++)
    n_rows += frames[i]->n_rows;
  numbers = g_new (double, n_rows + 1);
  n_rows = 0;
  for (gsize i = 0; i < n_frames; i++)
    {
      memcpy (numbers + n_rows, frames[i]->columns[column].numbers,
              frames[i]->n_rows * sizeof (double));
      n_rows += frames[i]->n_rows;
    }
  genesis_sorted_numbers_init (self, numbers, n_rows);
}

/* Ends of bins: one a value where there are few, else the values at equally spaced ranks. The last
   bin has no end. Returns how many bins that makes. */
static guint
cut (const GenesisSortedNumbers *all, double *edges)
{
  gsize n_values = 0;
  guint n_edges = 0;

  for (gsize i = 0; i < all->n; i++)
    n_values += i == 0 || all->values[i] != all->values[i - 1];
  if (n_values <= GENESIS_FEATURE_MAX_BINS)
    {
      for (gsize i = 0; i + 1 < all->n; i++)
        if (all->values[i] != all->values[i + 1])
          edges[n_edges++] = all->values[i];
      return n_edges + 1;
    }
  for (guint b = 1; b < GENESIS_FEATURE_MAX_BINS; b++)
    {
      double end = all->values[(gsize)((double)all->n * b / GENESIS_FEATURE_MAX_BINS)];

      if ((n_edges == 0 || end > edges[n_edges - 1]) && end < all->values[all->n - 1])
        edges[n_edges++] = end;
    }
  return n_edges + 1;
}

static guint
bin_of_number (const GenesisFeature *self, double value)
{
  guint lo = 0, hi = self->n_bins - 1;

  while (lo < hi)
    {
      guint middle = (lo + hi) / 2;

      if (value <= self->edges[middle])
        hi = middle;
      else
        lo = middle + 1;
    }
  return lo;
}

/* Normal scores of the middle ranks, standard in the fitted rows up to ties. */
static void
score_bins (GenesisFeature *self, const GenesisSortedNumbers *all)
{
  gsize first = 0;

  for (guint b = 0; b < self->n_bins; b++)
    {
      gsize end = first;

      while (end < all->n && (b + 1 == self->n_bins || all->values[end] <= self->edges[b]))
        end++;
      self->scores[b] = all->n == 0 ? 0.0
                                    : gsl_cdf_ugaussian_Pinv ((0.5 * (double)(first + end) + 0.25)
                                                              / ((double)all->n + 0.5));
      first = end;
    }
}

static void
fit_number (GenesisFeature *self, GenesisQualityFrame *const *frames, gsize n_frames)
{
  g_auto (GenesisSortedNumbers) all = { NULL };

  collect_numbers (&all, frames, n_frames, self->column);
  self->is_number = TRUE;
  self->edges = g_new (double, GENESIS_FEATURE_MAX_BINS);
  self->scores = g_new (double, GENESIS_FEATURE_MAX_BINS);
  self->n_bins = cut (&all, self->edges);
  score_bins (self, &all);
}

typedef struct
{
  guint64 n;
  guint code;
} Level;

static int
compare_levels (const void *a, const void *b)
{
  const Level *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return (x->code > y->code) - (x->code < y->code);
}

/* Codes begin at 1. */
static Level *
count_levels (GenesisQualityFrame *const *frames, gsize n_frames, guint column, guint n_levels)
{
  Level *levels = g_new0 (Level, n_levels + 1);

  for (guint level = 0; level < n_levels; level++)
    levels[level].code = level + 1;
  for (gsize i = 0; i < n_frames; i++)
    {
      const guint32 *codes = frames[i]->columns[column].codes;

      for (guint64 row = 0; row < frames[i]->n_rows; row++)
        if (codes[row] > 0)
          levels[codes[row] - 1].n++;
    }
  return levels;
}

/* Few levels keep the order of their codes; of many the frequent ones come first. */
static void
fit_levels (GenesisFeature *self, GenesisQualityFrame *const *frames, gsize n_frames)
{
  guint n_levels = genesis_quality_shape_count_codes (frames[0]->shape, self->column) - 1;
  g_autofree Level *levels = count_levels (frames, n_frames, self->column, n_levels);

  self->n_bins = MAX (MIN (n_levels, GENESIS_FEATURE_MAX_BINS), 1);
  self->bin_of_code = g_new0 (guint8, n_levels + 1);
  self->bin_of_code[0] = GENESIS_FEATURE_MISSING;
  if (n_levels > GENESIS_FEATURE_MAX_BINS)
    qsort (levels, n_levels, sizeof (Level), compare_levels);
  for (guint rank = 0; rank < n_levels; rank++)
    self->bin_of_code[levels[rank].code] = (guint8)MIN (rank, GENESIS_FEATURE_MAX_BINS - 1);
}

static void
fit_feature (GenesisFeature *self, GenesisQualityFrame *const *frames, gsize n_frames, guint column)
{
  self->column = column;
  if (frames[0]->columns[column].numbers != NULL)
    fit_number (self, frames, n_frames);
  else
    fit_levels (self, frames, n_frames);
}

GenesisFeatureBins *
genesis_feature_bins_new (GenesisQualityFrame *const *frames, gsize n_frames, int target)
{
  GenesisFeatureBins *self = g_new0 (GenesisFeatureBins, 1);
  guint n_columns = frames[0]->shape->n_columns;

  self->features = g_new0 (GenesisFeature, n_columns + 1);
  for (guint column = 0; column < n_columns; column++)
    if ((int)column != target)
      fit_feature (&self->features[self->n_features++], frames, n_frames, column);
  return self;
}

void
genesis_feature_bins_free (GenesisFeatureBins *self)
{
  for (guint i = 0; i < self->n_features; i++)
    {
      g_free (self->features[i].edges);
      g_free (self->features[i].scores);
      g_free (self->features[i].bin_of_code);
    }
  g_free (self->features);
  g_free (self);
}

static void
apply_column (const GenesisFeature *self, const GenesisQualityColumn *column, guint64 n_rows,
              guint8 *out)
{
  for (guint64 row = 0; row < n_rows; row++)
    if (!self->is_number)
      out[row] = self->bin_of_code[column->codes[row]];
    else if (isnan (column->numbers[row]))
      out[row] = GENESIS_FEATURE_MISSING;
    else
      out[row] = (guint8)bin_of_number (self, column->numbers[row]);
}

void
genesis_feature_bins_apply (const GenesisFeatureBins *self, const GenesisQualityFrame *frame,
                            guint8 *out, gsize stride)
{
  for (guint i = 0; i < self->n_features; i++)
    {
      const GenesisFeature *feature = &self->features[i];

      apply_column (feature, &frame->columns[feature->column], frame->n_rows, out + i * stride);
    }
}
