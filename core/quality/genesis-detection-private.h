/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "quality/genesis-fold-estimate-private.h"
#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/* Fewer rows teach no classifier. */
#define GENESIS_DETECTION_MIN_ROWS 50u

/**
 * GenesisDetection:
 * @n_each: rows of either table
 * @logistic: area under the curve of a logistic regression on levels, normal scores, their squares
 * @trees: of boosted trees
 *
 * How well a classifier tells real rows from synthetic ones that it has not seen: 0.5, not at all,
 * is best; 1 is always.
 */
typedef struct
{
  guint64 n_each;
  GenesisInterval logistic, trees;
} GenesisDetection;

/* Cross-fitted over five folds, as many rows of either table as the smaller one has, both seeded.
   FALSE with GENESIS_ERROR_INVALID_DATA when a table has fewer than 50 rows. */
gboolean genesis_detection_measure (const GenesisQualityFrame *real,
                                    const GenesisQualityFrame *synthetic, guint64 seed,
                                    GCancellable *cancellable, GenesisDetection *detection,
                                    GError **error);

G_END_DECLS
