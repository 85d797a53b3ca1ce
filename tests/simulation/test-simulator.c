/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulator-fixture.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "federation-fixture.h"

/* -- the model ------------------------------------------------------------- */

static void
test_pooled (void)
{
  g_autoptr (GenesisTable) table = federation_fixture_rows (0, 1, SIMULATOR_FIXTURE_ROWS);
  g_autoptr (GenesisFederatedTrainingSimulator) pooled = simulator_fixture_iid (1, NULL);
  g_autoptr (GenesisSimulationResult) whole = simulator_fixture_simulate (pooled, 0, 0, 2);
  static const double alphas[] = { -1, 0, 0.1, 1e-9, INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (alphas); i++)
    {
      const guint n_sites = alphas[i] == 0 ? 3 : 40;
      g_autoptr (GenesisFederatedTrainingSimulator) simulator =
          simulator_fixture_new (n_sites, NULL);
      g_autoptr (GenesisSimulationResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (alphas[i] < 0)
        genesis_federated_training_simulator_setup_from_data (simulator, table, &error);
      else
        genesis_federated_training_simulator_setup_non_iid (simulator, table, "ward", alphas[i],
                                                            &error);
      g_assert_no_error (error);
      result = simulator_fixture_simulate (simulator, 0, 0, 2);
      g_assert_cmpuint (genesis_simulation_result_get_n_sites (result), ==, n_sites);
      g_assert_cmpstr (genesis_simulation_result_get_model_digest (result), ==,
                       genesis_simulation_result_get_model_digest (whole));
    }
}

static void
test_synthetic (void)
{
  g_autoptr (GenesisFederatedTrainingSimulator) simulator = simulator_fixture_iid (5, NULL);
  g_autoptr (GenesisSimulationResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) table = NULL;

  g_assert_null (
      genesis_federated_training_simulator_generate_synthetic (simulator, 10, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  result = simulator_fixture_simulate (simulator, 0, 0, 2);
  table = genesis_federated_training_simulator_generate_synthetic (simulator, 77, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (table), ==, 77);
}

/* -- what does not matter, and what does ----------------------------------- */

static char *
rehearse (guint64 seed, guint threads)
{
  g_autoptr (GenesisFederatedTrainingSimulator) simulator = simulator_fixture_new (12, NULL);
  g_autoptr (GenesisTable) table = federation_fixture_rows (0, 1, SIMULATOR_FIXTURE_ROWS);
  g_autoptr (GenesisSimulationResult) result = NULL;

  g_object_set (simulator, "seed", seed, "threads", threads, "deadline", 1.5, NULL);
  genesis_federated_training_simulator_setup_non_iid (simulator, table, "ward", 0.3, NULL);
  result = simulator_fixture_simulate (simulator, 0.2, 0.3, 2);
  return genesis_simulation_result_to_json (result);
}

static void
test_determinism (void)
{
  g_autofree char *one = rehearse (4, 1);
  g_autofree char *other = rehearse (5, 1);

  for (guint threads = 1; threads < 8; threads += 3)
    {
      g_autofree char *again = rehearse (4, threads);

      g_assert_cmpstr (again, ==, one);
    }
  g_assert_cmpstr (other, !=, one);
}

static void
test_refusals (void)
{
  g_autoptr (GenesisFederatedTrainingSimulator) simulator = simulator_fixture_new (4, NULL);
  g_autoptr (GenesisTable) table = federation_fixture_rows (0, 1, SIMULATOR_FIXTURE_ROWS);
  g_autoptr (GError) error = NULL;

  g_assert_null (
      genesis_federated_training_simulator_simulate_training (simulator, 0, 0, 0, 2, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  g_assert_false (
      genesis_federated_training_simulator_setup_non_iid (simulator, table, "wart", 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "did you mean 'ward'?"));
  g_clear_error (&error);
  g_assert_false (
      genesis_federated_training_simulator_setup_non_iid (simulator, table, "ward", -1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  genesis_federated_training_simulator_setup_from_data (simulator, table, &error);
  g_assert_no_error (error);
  g_assert_null (genesis_federated_training_simulator_simulate_training (simulator, 65, 0, 0, 2,
                                                                         NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  g_assert_null (
      genesis_federated_training_simulator_simulate_training (simulator, 0, 2, 0, 2, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

/* Everybody fails each time: 75, with every site named, and the simulator can be used again. */
static void
test_all_fail (void)
{
  g_autoptr (GenesisFederatedTrainingSimulator) simulator = simulator_fixture_iid (4, NULL);
  g_autoptr (GenesisSimulationResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (
      genesis_federated_training_simulator_simulate_training (simulator, 0, 1, 0, 2, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_TOO_FEW_SITES);
  g_assert_cmpint (genesis_error_get_exit_code (error), ==, 75);
  g_assert_nonnull (strstr (error->message, "0 of 4 sites"));
  result = simulator_fixture_simulate (simulator, 0, 0, 2);
  g_assert_cmpuint (genesis_simulation_result_get_n_sites (result), ==, 4);
}

static void
test_cancelled (void)
{
  g_autoptr (GenesisFederatedTrainingSimulator) simulator = simulator_fixture_iid (4, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (genesis_federated_training_simulator_simulate_training (simulator, 0, 0.5, 0, 2,
                                                                         cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/partitions/give-the-pooled-digest", test_pooled);
  g_test_add_func ("/simulator/synthetic/rows-of-the-last-rehearsal", test_synthetic);
  g_test_add_func ("/simulator/history/the-seed-decides-and-threads-do-not", test_determinism);
  g_test_add_func ("/simulator/arguments/wrong-ones-are-refused", test_refusals);
  g_test_add_func ("/simulator/quorum/nobody-answers", test_all_fail);
  g_test_add_func ("/simulator/cancelled/stops", test_cancelled);
  return g_test_run ();
}
