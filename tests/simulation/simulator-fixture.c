/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulator-fixture.h"

#include "federation-fixture.h"

GenesisFederatedTrainingSimulator *
simulator_fixture_new (guint n_sites, const char *min_sites)
{
  GenesisFederatedTrainingSimulator *simulator =
      genesis_federated_training_simulator_new (federation_fixture_host (), n_sites);
  g_autoptr (GenesisAggregator) aggregator = genesis_aggregator_new ("org.example.sum");

  if (min_sites != NULL)
    genesis_aggregator_set_setting (aggregator, "min_sites", min_sites);
  g_object_set (simulator, "method", "org.example.tally", "aggregator", aggregator, NULL);
  return simulator;
}

GenesisFederatedTrainingSimulator *
simulator_fixture_iid (guint n_sites, const char *min_sites)
{
  GenesisFederatedTrainingSimulator *simulator = simulator_fixture_new (n_sites, min_sites);
  g_autoptr (GenesisTable) table = federation_fixture_rows (0, 1, SIMULATOR_FIXTURE_ROWS);
  g_autoptr (GError) error = NULL;

  genesis_federated_training_simulator_setup_from_data (simulator, table, &error);
  g_assert_no_error (error);
  return simulator;
}

GenesisSimulationResult *
simulator_fixture_simulate (GenesisFederatedTrainingSimulator *simulator, double failure,
                            double straggler, double delay)
{
  g_autoptr (GError) error = NULL;
  GenesisSimulationResult *result =
      genesis_federated_training_simulator_simulate_training (simulator, 0, failure, straggler,
                                                              delay, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  return result;
}
