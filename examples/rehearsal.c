/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Testing with the simulator, before any site signs anything: rehearsal TABLE.csv COLUMN
 *
 *   cc rehearsal.c $(pkg-config --cflags --libs genesis-1) -o rehearsal
 *
 * Ten sites that are alike against ten that differ as the column does; some fail, some are slow. */

#include <genesis/genesis.h>

#define ROUNDS 10

static void
tell (const char *title, GenesisSimulationResult *result)
{
  g_print ("=== %s ===\n", title);
  for (guint i = 0; i < genesis_simulation_result_get_n_rounds (result); i++)
    {
      const GenesisSimulatedRound *round = genesis_simulation_result_get_round (result, i);
      const GenesisRoundInfo *info = genesis_simulated_round_get_info (round);

      g_print ("round %u: aggregated %" G_GUINT64_FORMAT " samples, %u answers failed, "
               "%u were slow, %.1f s\n",
               genesis_round_info_get_number (info),
               genesis_round_info_get_samples_aggregated (info),
               g_strv_length ((char **)genesis_simulated_round_get_failed (round)),
               g_strv_length ((char **)genesis_simulated_round_get_stragglers (round)),
               genesis_simulated_round_get_virtual_seconds (round));
    }
  g_print ("quality: %.3f\n", genesis_simulation_result_get_final_quality (result));
}

/* 10 % of the answers fail, 20 % of the others take twice as long. */
static GenesisSimulationResult *
simulate (GenesisFederatedTrainingSimulator *simulator, const char *title, GError **error)
{
  GenesisSimulationResult *result =
      genesis_federated_training_simulator_simulate_training (simulator, ROUNDS, 0.1, 0.2, 2.0,
                                                              NULL, error);

  if (result != NULL)
    tell (title, result);
  return result;
}

static GenesisTable *
load (const char *path, GError **error)
{
  const char *missing[] = { "?", NULL };
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (missing);
  g_autoptr (GenesisSchema) schema = NULL;

  if (genesis_schema_draft_add_csv (draft, path, error))
    schema = genesis_schema_draft_conclude (draft, error);
  return schema != NULL ? genesis_table_load_csv (path, schema, error) : NULL;
}

static gboolean
rehearse (const char *path, const char *column, GError **error)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autoptr (GenesisTable) table = load (path, error);
  g_autoptr (GenesisFederatedTrainingSimulator) simulator = NULL;
  g_autoptr (GenesisSimulationResult) iid = NULL;
  g_autoptr (GenesisSimulationResult) non_iid = NULL;
  g_autoptr (GenesisTable) synthetic = NULL;

  if (table == NULL)
    return FALSE;
  genesis_plugin_host_add_default_directories (host);
  simulator = genesis_federated_training_simulator_new (host, 10);
  if (!genesis_federated_training_simulator_setup_from_data (simulator, table, error)
      || !(iid = simulate (simulator, "IID scenario", error))
      || !genesis_federated_training_simulator_setup_non_iid (simulator, table, column, 0.3, error)
      || !(non_iid = simulate (simulator, "Non-IID scenario", error))
      || !(synthetic = genesis_federated_training_simulator_generate_synthetic (simulator, 1000,
                                                                                NULL, error)))
    return FALSE;
  g_print ("%" G_GUINT64_FORMAT " synthetic rows drawn\n", genesis_table_get_n_rows (synthetic));
  if (genesis_simulation_result_get_final_quality (non_iid) > 0.8)
    g_print ("ready for production deployment\n");
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 3 || !rehearse (argv[1], argv[2], &error))
    return g_printerr ("rehearsal: %s\n", error != NULL ? error->message : "TABLE.csv COLUMN"), 1;
  return 0;
}
