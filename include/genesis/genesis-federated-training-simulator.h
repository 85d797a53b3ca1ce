/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-generator.h>
#include <genesis/genesis-simulation-result.h>

G_BEGIN_DECLS

/**
 * GenesisFederatedTrainingSimulator:
 *
 * A federation rehearsed on one machine: one table in parts, sites that fail and are slow, in virtual time. The same
 * state machines and plugins as in a real run, and the same seed gives the same history.
 *
 * Properties: "host", "n-sites", "method", "aggregator", "seed" (of the partition, the faults and the rows drawn),
 * "threads" (0 = all), "deadline" (virtual seconds of an attempt; infinity = none), "max-retries" (3), "strategy" (of
 * rows that are drawn), "judges" (whether final_quality is computed; TRUE).
 *
 * Signals: "progress" (what is done now, utf8; the share of it that is done, gdouble, or -1), "warning" (text).
 */
#define GENESIS_TYPE_FEDERATED_TRAINING_SIMULATOR (genesis_federated_training_simulator_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisFederatedTrainingSimulator, genesis_federated_training_simulator, GENESIS,
                      FEDERATED_TRAINING_SIMULATOR, GObject)

GENESIS_API GenesisFederatedTrainingSimulator *
genesis_federated_training_simulator_new                (GenesisPluginHost                  *host,
                                                         guint                               n_sites);
GENESIS_API void
genesis_federated_training_simulator_set_setting        (GenesisFederatedTrainingSimulator  *self,
                                                         const char                         *name,
                                                         const char                         *value);
GENESIS_API gboolean
genesis_federated_training_simulator_setup_from_data    (GenesisFederatedTrainingSimulator  *self,
                                                         GenesisTable                       *table,
                                                         GError                            **error);
/* alpha: Dirichlet concentration, lower is more unlike; 0: each value of the column at one site. */
GENESIS_API gboolean
genesis_federated_training_simulator_setup_non_iid      (GenesisFederatedTrainingSimulator  *self,
                                                         GenesisTable                       *table,
                                                         const char                         *column,
                                                         double                              alpha,
                                                         GError                            **error);
GENESIS_API guint64 *
genesis_federated_training_simulator_dup_site_sizes     (GenesisFederatedTrainingSimulator  *self,
                                                         gsize                              *n_sites);
/* n_rounds: at most so many; 0: the generator's own default. */
GENESIS_API GenesisSimulationResult *
genesis_federated_training_simulator_simulate_training  (GenesisFederatedTrainingSimulator  *self,
                                                         guint                               n_rounds,
                                                         double                              site_failure_rate,
                                                         double                              straggler_rate,
                                                         double                              straggler_delay,
                                                         GCancellable                       *cancellable,
                                                         GError                            **error);
GENESIS_API GenesisTable *
genesis_federated_training_simulator_generate_synthetic (GenesisFederatedTrainingSimulator  *self,
                                                         guint64                             n_rows,
                                                         GCancellable                       *cancellable,
                                                         GError                            **error);
/* The generator of the last rehearsal, NULL before it: model, metadata, rows straight to a file. */
GENESIS_API GenesisFederatedGenerator *
genesis_federated_training_simulator_get_generator      (GenesisFederatedTrainingSimulator  *self);

G_END_DECLS
