/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisRecordScale:
 * @min, @range: of each column of numbers or times
 *
 * What a distance of one is: for numbers and times the range of the reference rows.
 */
typedef struct
{
  guint n_columns;
  double *min, *range;
} GenesisRecordScale;

void genesis_record_scale_init (GenesisRecordScale *self,
                                const GenesisQualityFrame *const *references, guint n_references);
void genesis_record_scale_clear (GenesisRecordScale *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisRecordScale, genesis_record_scale_clear)

/**
 * GenesisRecordPoints:
 * @columns: of each column, of each row, placed so that min (1, |a - b|) is the distance of two
 *   cells: numbers and times by their share of the range, missing cells far away, all in one place
 *
 * Rows as points, for the distance of SDMetrics: the mean over the columns of the distance of two
 * cells, which is 0 for equal ones (missing equals missing), 1 for different categories and for a
 * missing cell beside a value, and the difference by the range, at most 1, for numbers and times.
 */
typedef struct
{
  guint64 n_rows;
  guint n_columns;
  double **columns;
} GenesisRecordPoints;

GenesisRecordPoints *genesis_record_points_new (const GenesisRecordScale *scale,
                                                const GenesisQualityFrame *frame);
void genesis_record_points_free (GenesisRecordPoints *self);

/* Of each row of self the smallest distance to a row of others, in nearest, and the second
   smallest, in second (NULL: not wanted; infinite when there is no second). back: of each row of
   others the smallest distance to a row of self (NULL: not wanted). */
gboolean genesis_record_points_find_nearest (const GenesisRecordPoints *self,
                                             const GenesisRecordPoints *others, double *nearest,
                                             double *second, double *back,
                                             GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRecordPoints, genesis_record_points_free)

G_END_DECLS
