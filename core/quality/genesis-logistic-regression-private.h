/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-boosted-trees-private.h"
#include "quality/genesis-feature-bins-private.h"

G_BEGIN_DECLS

/**
 * GenesisLogisticRegression:
 *
 * Log odds that are a sum over the features: for a number b z + c (z^2 - 1), z its normal score,
 * and a weight where it is missing; for a level a weight of its own. Ridge penalty 1/2 |w|^2 beside
 * the sum of log losses.
 */
typedef struct _GenesisLogisticRegression GenesisLogisticRegression;

/* Learns @targets (0 or 1, by row of the matrix) from the @n rows @rows. */
GenesisLogisticRegression *genesis_logistic_regression_new (const GenesisFeatureBins *bins,
                                                            const GenesisFeatureMatrix *matrix,
                                                            const guint32 *rows, gsize n,
                                                            const double *targets);
void genesis_logistic_regression_free (GenesisLogisticRegression *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisLogisticRegression, genesis_logistic_regression_free)

/* Log odds of the @n rows @rows, in that order. */
void genesis_logistic_regression_predict (const GenesisLogisticRegression *self,
                                          const GenesisFeatureMatrix *matrix, const guint32 *rows,
                                          gsize n, double *scores);

G_END_DECLS
