/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-generator.h>
#include <genesis/genesis-source.h>
#include <genesis/genesis-table.h>

G_BEGIN_DECLS

/**
 * GenesisQualityEvaluator:
 *
 * How good a synthetic table is, next to the real rows that its generator was trained on and, for figures
 * that mean something on their own, a holdout of real rows that it never saw. All that it tells are
 * statistics of real rows, not differentially private, and not for release.
 *
 * Properties: "real", "synthetic", "holdout" (or NULL), "schema" (what rows must be; NULL: what the real rows show),
 * "seed" (of the subsamples), "detection" (whether classifiers are tried, at first TRUE), "target" (a column that
 * others learn, or NULL), "overall-score" (computed when it is first asked for).
 */
#define GENESIS_TYPE_QUALITY_EVALUATOR (genesis_quality_evaluator_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisQualityEvaluator, genesis_quality_evaluator, GENESIS, QUALITY_EVALUATOR, GObject)

GENESIS_API GenesisQualityEvaluator *
genesis_quality_evaluator_new               (GenesisTable             *real,
                                             GenesisTable             *synthetic);
/* Reads the tables; schema or markers and date order as for a schema draft. */
GENESIS_API GenesisQualityEvaluator *
genesis_quality_evaluator_new_for_sources   (GenesisSource            *real,
                                             GenesisSource            *synthetic,
                                             GenesisSource            *holdout,
                                             GenesisSchema            *schema,
                                             const char *const        *missing_markers,
                                             const char               *date_order,
                                             GCancellable             *cancellable,
                                             GError                  **error);
GENESIS_API void
genesis_quality_evaluator_set_holdout       (GenesisQualityEvaluator  *self,
                                             GenesisTable             *holdout);
GENESIS_API void
genesis_quality_evaluator_set_schema        (GenesisQualityEvaluator  *self,
                                             GenesisSchema            *schema);
GENESIS_API void
genesis_quality_evaluator_set_seed          (GenesisQualityEvaluator  *self,
                                             guint64                   seed);
GENESIS_API void
genesis_quality_evaluator_set_detection     (GenesisQualityEvaluator  *self,
                                             gboolean                  detection);
GENESIS_API void
genesis_quality_evaluator_set_target        (GenesisQualityEvaluator  *self,
                                             const char               *column);
/* Everything; the getters below that need it do it themselves. */
GENESIS_API gboolean
genesis_quality_evaluator_evaluate          (GenesisQualityEvaluator  *self,
                                             GCancellable             *cancellable,
                                             GError                  **error);
/* In [0, 1]; NaN when the tables cannot be compared. */
GENESIS_API double
genesis_quality_evaluator_get_overall_score (GenesisQualityEvaluator  *self);
/* In [0, 1]; NaN when it is not known. */
GENESIS_API double
genesis_quality_evaluator_get_fidelity      (GenesisQualityEvaluator  *self);
/* One line each; empty when there is nothing to be alarmed about. */
GENESIS_API char **
genesis_quality_evaluator_dup_alarms        (GenesisQualityEvaluator  *self,
                                             GError                  **error);
GENESIS_API char *
genesis_quality_evaluator_to_json           (GenesisQualityEvaluator  *self,
                                             GError                  **error);
GENESIS_API gboolean
genesis_quality_evaluator_save_json         (GenesisQualityEvaluator  *self,
                                             const char               *path,
                                             GError                  **error);
/* In one call: rows of the generator next to those of its sites, judged by the holdout. */
GENESIS_API GenesisQualityEvaluator *
genesis_quality_evaluate_generator          (GenesisFederatedGenerator  *generator,
                                             GenesisTable               *holdout,
                                             GCancellable               *cancellable,
                                             GError                    **error);

G_END_DECLS
