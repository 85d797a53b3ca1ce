/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisPairScore:
 * @a, @b: columns, a before b
 * @is_correlation: CorrelationSimilarity, for two columns of numbers or times; else
 *   ContingencySimilarity
 * @score: in [0, 1], 1 is best; NaN where it has none
 * @correlations: of the real and the synthetic table; NaN where they have none
 * @strength: how much the two depend on each other in the real table: |r| or Cramer's V
 * @is_strong: |r| above .5, V above .3
 *
 * How the dependence of two columns compares, by the definitions of SDMetrics (0.29).
 */
typedef struct
{
  guint a, b;
  gboolean is_correlation, is_strong;
  double score, correlations[2], strength;
} GenesisPairScore;

/* All pairs: (0, 1), (0, 2), ... (1, 2), ... (element-type GenesisPairScore) */
GArray *genesis_pair_scores_new (const GenesisQualityFrame *real,
                                 const GenesisQualityFrame *synthetic);

G_END_DECLS
