/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-column-scores-private.h"
#include "quality/genesis-pair-scores-private.h"

G_BEGIN_DECLS

/**
 * GenesisSimilarity:
 * @columns: of each column
 * @pairs: GenesisPairScore of each pair
 * @shapes: Column Shapes, the mean of the columns' shapes
 * @pairs_all: Column Pair Trends over every pair that has a score
 * @pairs_thresholded: over those alone that depend on each other in the real table, as SDMetrics
 *   does since 2026
 * @overall, @overall_thresholded: the mean of shapes and pairs
 * @validity, @coverage, @boundary: means of the columns' figures
 *
 * The scores of SDMetrics. NaN where there is nothing to average.
 */
typedef struct
{
  GenesisColumnScores *columns;
  GArray *pairs;
  double shapes, pairs_all, pairs_thresholded, overall, overall_thresholded;
  double validity, coverage, boundary;
} GenesisSimilarity;

/* Both frames have at least one row. */
GenesisSimilarity *genesis_similarity_new (const GenesisQualityFrame *real,
                                           const GenesisQualityFrame *synthetic);
void genesis_similarity_free (GenesisSimilarity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSimilarity, genesis_similarity_free)

G_END_DECLS
