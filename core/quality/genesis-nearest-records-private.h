/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-group-values-private.h"
#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/* Rows of each table that are compared, at most. */
#define GENESIS_NEAREST_MOST_ROWS 4000u

/**
 * GenesisNearestRecords:
 * @n_synthetic, @n_real: rows that were drawn, of the synthetic and of each real table
 * @median_training, @median_holdout: distance to the closest record (DCR)
 * @ratio_training, @ratio_holdout: median of the distance to the closest by that to the second
 *   closest (NNDR); 1 where both are 0
 * @closer: share of synthetic rows that are closer to a training row than to any holdout row, those
 *   that are equally close counted half; one half is what a generator gives that keeps no row
 * @closer_limit, @closer_alarm: .55 with 4,000 rows, as many standard errors with fewer
 * @advantage: how much more often than of a holdout row one is right to say of a training row that
 * it
 *   was in the training, by its distance to the closest synthetic row, at the best distance
 * @advantage_limit, @advantage_alarm: what chance exceeds once in a million
 *
 * How near synthetic rows come to training rows, next to holdout rows that no generator has seen.
 * Without a holdout that is not known: NaN, and no alarm.
 */
typedef struct
{
  guint64 n_synthetic, n_real;
  gboolean has_holdout;
  double median_training, median_holdout, ratio_training, ratio_holdout;
  GenesisGroupValues closer;
  double closer_limit, advantage, advantage_limit;
  gboolean closer_alarm, advantage_alarm;
} GenesisNearestRecords;

gboolean genesis_nearest_records_init (GenesisNearestRecords *self,
                                       const GenesisQualityFrame *training,
                                       const GenesisQualityFrame *synthetic,
                                       const GenesisQualityFrame *holdout, guint64 seed,
                                       GCancellable *cancellable, GError **error);

G_END_DECLS
