/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-nearest-records-private.h"

#include <math.h>

#include "quality/genesis-record-points-private.h"
#include "quality/genesis-sorted-numbers-private.h"

/* Distances are sums of shares: what is less apart is equal. */
#define TIE 1e-12
/* The alarm on the share of closer rows at n = 4,000: 6.3 standard errors of a fair coin. */
#define CLOSER_MARGIN .05
/* Of the alarm on the advantage. */
#define FALSE_ALARM 1e-6

/* What the synthetic rows and one real sample are to each other. */
typedef struct
{
  double *nearest, *second; /* of each synthetic row */
  double *back;             /* of each real row */
  guint64 n_synthetic, n_real;
} Neighbours;

static void
neighbours_clear (Neighbours *self)
{
  g_free (self->nearest);
  g_free (self->second);
  g_free (self->back);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Neighbours, neighbours_clear)

static gboolean
find_neighbours (Neighbours *self, const GenesisRecordScale *scale,
                 const GenesisRecordPoints *synthetic, const GenesisQualityFrame *real,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisRecordPoints) points = genesis_record_points_new (scale, real);

  self->n_synthetic = synthetic->n_rows;
  self->n_real = points->n_rows;
  self->nearest = g_new (double, MAX (self->n_synthetic, 1));
  self->second = g_new (double, MAX (self->n_synthetic, 1));
  self->back = g_new (double, MAX (self->n_real, 1));
  return genesis_record_points_find_nearest (synthetic, points, self->nearest, self->second,
                                             self->back, cancellable, error);
}

static double
find_median (const double *numbers, guint64 n)
{
  g_auto (GenesisSortedNumbers) sorted = { NULL };

  genesis_sorted_numbers_init (&sorted, numbers, n);
  return sorted.n > 0 ? genesis_sorted_numbers_get_quantile (&sorted, .5) : NAN;
}

/* Without a second row the ratio is 0 or, at distance 0, 1. */
static double
find_median_ratio (const Neighbours *self)
{
  g_autofree double *ratios = g_new (double, MAX (self->n_synthetic, 1));

  for (guint64 i = 0; i < self->n_synthetic; i++)
    ratios[i] = self->second[i] > 0 ? self->nearest[i] / self->second[i] : 1;
  return find_median (ratios, self->n_synthetic);
}

/* Halves are counted, so that a tie is one of each. */
static void
count_closer (GenesisNearestRecords *self, const Neighbours *training, const Neighbours *holdout)
{
  guint64 counted[GENESIS_N_GROUPS] = { 0 }, marked[GENESIS_N_GROUPS] = { 0 };

  for (guint64 i = 0; i < training->n_synthetic; i++)
    {
      double away = training->nearest[i] - holdout->nearest[i];

      counted[i % GENESIS_N_GROUPS] += 2;
      marked[i % GENESIS_N_GROUPS] += away < -TIE ? 2 : away <= TIE ? 1 : 0;
    }
  genesis_group_values_set_share (&self->closer, counted, marked);
  self->closer_limit =
      .5 + CLOSER_MARGIN * sqrt (GENESIS_NEAREST_MOST_ROWS / (double)training->n_synthetic);
  self->closer_alarm = self->closer.all > self->closer_limit;
}

/* The largest excess of the training rows' distribution function over the holdout rows'. */
static void
find_advantage (GenesisNearestRecords *self, const Neighbours *training, const Neighbours *holdout)
{
  g_auto (GenesisSortedNumbers) a = { NULL };
  g_auto (GenesisSortedNumbers) b = { NULL };

  genesis_sorted_numbers_init (&a, training->back, training->n_real);
  genesis_sorted_numbers_init (&b, holdout->back, holdout->n_real);
  self->advantage = 0;
  for (gsize i = 0, j = 0; i < a.n; i++)
    {
      double excess;

      while (j < b.n && b.values[j] <= a.values[i] + TIE)
        j++;
      excess = (double)(i + 1) / (double)a.n - (double)j / (double)b.n;
      self->advantage = MAX (self->advantage, excess);
    }
  /* Smirnov: P (D+ > d) tends to exp (-n d^2) for two samples of n. */
  self->advantage_limit = sqrt (-log (FALSE_ALARM) / (double)training->n_real);
  self->advantage_alarm = self->advantage > self->advantage_limit;
}

static gboolean
compare_with_holdout (GenesisNearestRecords *self, const Neighbours *training,
                      const GenesisRecordScale *scale, const GenesisRecordPoints *synthetic,
                      const GenesisQualityFrame *holdout, GCancellable *cancellable, GError **error)
{
  g_auto (Neighbours) held = { NULL };

  if (!find_neighbours (&held, scale, synthetic, holdout, cancellable, error))
    return FALSE;
  self->median_holdout = find_median (held.nearest, held.n_synthetic);
  self->ratio_holdout = find_median_ratio (&held);
  count_closer (self, training, &held);
  find_advantage (self, training, &held);
  return TRUE;
}

static void
set_unknown (GenesisNearestRecords *self)
{
  self->median_holdout = self->ratio_holdout = self->advantage = NAN;
  self->closer_limit = self->advantage_limit = self->closer.all = NAN;
  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    self->closer.without[g] = NAN;
}

gboolean
genesis_nearest_records_init (GenesisNearestRecords *self, const GenesisQualityFrame *training,
                              const GenesisQualityFrame *synthetic,
                              const GenesisQualityFrame *holdout, guint64 seed,
                              GCancellable *cancellable, GError **error)
{
  guint64 n = MIN (training->n_rows, holdout != NULL ? holdout->n_rows : training->n_rows);
  g_autoptr (GenesisQualityFrame) drawn = NULL;
  g_autoptr (GenesisQualityFrame) near = NULL;
  g_autoptr (GenesisQualityFrame) held = NULL;
  g_autoptr (GenesisRecordPoints) points = NULL;
  g_auto (GenesisRecordScale) scale = { 0 };
  g_auto (Neighbours) ours = { NULL };

  *self = (GenesisNearestRecords){ .has_holdout = holdout != NULL };
  set_unknown (self);
  self->n_real = MIN (n, GENESIS_NEAREST_MOST_ROWS);
  self->n_synthetic = MIN (synthetic->n_rows, GENESIS_NEAREST_MOST_ROWS);
  drawn = genesis_quality_frame_draw (synthetic, self->n_synthetic, seed, "quality/near-synthetic");
  near = genesis_quality_frame_draw (training, self->n_real, seed, "quality/near-training");
  if (holdout != NULL)
    held = genesis_quality_frame_draw (holdout, self->n_real, seed, "quality/near-holdout");
  {
    const GenesisQualityFrame *const references[] = { near, held };

    /* One scale for both, or neither would be nearer by more than its range. */
    genesis_record_scale_init (&scale, references, held != NULL ? 2 : 1);
  }
  points = genesis_record_points_new (&scale, drawn);
  if (!find_neighbours (&ours, &scale, points, near, cancellable, error))
    return FALSE;
  self->median_training = find_median (ours.nearest, ours.n_synthetic);
  self->ratio_training = find_median_ratio (&ours);
  return held == NULL
         || compare_with_holdout (self, &ours, &scale, points, held, cancellable, error);
}
