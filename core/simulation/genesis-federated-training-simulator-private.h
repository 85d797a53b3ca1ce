/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-training-simulator.h>

#include "simulation/genesis-simulation-result-private.h"

G_BEGIN_DECLS

struct _GenesisFederatedTrainingSimulator
{
  GObject parent_instance;

  GenesisPluginHost *host;
  guint n_sites;
  char *method;
  GenesisAggregator *aggregator; /* NULL: fedavg */
  guint64 seed;
  guint threads, max_retries;
  double deadline;
  GenesisStrategy strategy;
  gboolean judges;
  GHashTable *settings; /* name -> text */

  GenesisTable *table; /* NULL before setup */
  GenesisSimulationPlan plan;
  GenesisFederatedGenerator *generator; /* of the last rehearsal, or NULL */
};

/* Signals. */
void genesis_federated_training_simulator_emit_progress (GenesisFederatedTrainingSimulator *self,
                                                         const char *what, double share);
void genesis_federated_training_simulator_emit_warning (GenesisFederatedTrainingSimulator *self,
                                                        const char *text);

G_END_DECLS
