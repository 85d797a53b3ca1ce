/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/* Bins of values that are there; the bin after them is of missing cells. */
#define GENESIS_FEATURE_MAX_BINS 255u
#define GENESIS_FEATURE_MISSING  255u

/**
 * GenesisFeature:
 * @column: of the frames
 * @is_number: FALSE: bins are levels without an order that means anything
 * @n_bins: bins of values that are there
 * @edges: numbers: the n_bins - 1 ascending upper ends, inclusive
 * @bin_of_code: levels: the bin of each code; of more than 255 the most frequent have their own,
 *   the rest shares the last. Every code of the shape when the bins were fitted
 * @scores: numbers: the normal score of each bin's middle rank
 */
typedef struct
{
  guint column;
  gboolean is_number;
  guint n_bins;
  double *edges;
  guint8 *bin_of_code;
  double *scores;
} GenesisFeature;

/**
 * GenesisFeatureBins:
 *
 * How a learner sees the columns of a table: numbers and times in up to 255 bins of equal depth,
 * levels by their codes. Fitted on rows, without looking at what is to be learned; immutable
 * afterwards.
 */
typedef struct
{
  GenesisFeature *features;
  guint n_features;
} GenesisFeatureBins;

/* Bins of the rows of all @frames (of one shape) together, without the column @target (-1: all). */
GenesisFeatureBins *genesis_feature_bins_new (GenesisQualityFrame *const *frames, gsize n_frames,
                                              int target);
void genesis_feature_bins_free (GenesisFeatureBins *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisFeatureBins, genesis_feature_bins_free)

/* The bins of a frame's cells, column after column: n_features x n_rows bytes into @out, whose
   columns are @stride bytes apart. */
void genesis_feature_bins_apply (const GenesisFeatureBins *self, const GenesisQualityFrame *frame,
                                 guint8 *out, gsize stride);

G_END_DECLS
