/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisColumnScores:
 * @n_missing: cells, of the real and the synthetic table
 * @shape: KSComplement or TVComplement
 * @adherence: BoundaryAdherence or CategoryAdherence: the share of synthetic cells inside the real
 *   range or vocabulary
 * @validity: the same where Data Validity counts it: of a column without a value too
 * @coverage: RangeCoverage or CategoryCoverage: the share of the real range or vocabulary that the
 *   synthetic cells reach
 *
 * How one synthetic column compares with the real one, by the definitions of SDMetrics (0.29). All
 * in [0, 1], 1 is best; NaN where they have none.
 */
typedef struct
{
  guint64 n_missing[2];
  double shape, adherence, validity, coverage;
} GenesisColumnScores;

void genesis_column_scores_init (GenesisColumnScores *self, const GenesisQualityFrame *real,
                                 const GenesisQualityFrame *synthetic, guint column);

G_END_DECLS
