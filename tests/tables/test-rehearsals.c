/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>

#include <json-glib/json-glib.h>

#include "real-table.h"

/* Federations rehearsed with Adult's 32,561 rows: what the partition does not change, what faults
   do not, and what ten thousand sites cost. */

#define N_SITES     10u
#define MAX_RETRIES 8u
#define JUDGED_ROWS 10000u

static GenesisTable *
load_adult (const char *name)
{
  g_autofree char *path = real_table_find (name);

  return path != NULL ? real_table_load (path, "?") : NULL;
}

static GenesisFederatedTrainingSimulator *
make_simulator (guint n_sites, GenesisTable *table, const char *column, double alpha, guint64 seed)
{
  g_autoptr (GenesisPluginHost) host = real_table_plugins ();
  GenesisFederatedTrainingSimulator *simulator =
      genesis_federated_training_simulator_new (host, n_sites);
  g_autoptr (GError) error = NULL;

  g_object_set (simulator, "seed", seed, "max-retries", MAX_RETRIES, "judges", FALSE, NULL);
  if (column == NULL)
    genesis_federated_training_simulator_setup_from_data (simulator, table, &error);
  else
    genesis_federated_training_simulator_setup_non_iid (simulator, table, column, alpha, &error);
  g_assert_no_error (error);
  return simulator;
}

static GenesisSimulationResult *
simulate (GenesisFederatedTrainingSimulator *simulator, double failure)
{
  g_autoptr (GError) error = NULL;
  GenesisSimulationResult *result =
      genesis_federated_training_simulator_simulate_training (simulator, 0, failure, 0, 2, NULL,
                                                              &error);

  g_assert_no_error (error);
  return result;
}

static char *
digest_of (guint n_sites, GenesisTable *table, const char *column, double alpha)
{
  g_autoptr (GenesisFederatedTrainingSimulator) simulator =
      make_simulator (n_sites, table, column, alpha, 4);
  g_autoptr (GenesisSimulationResult) result = simulate (simulator, 0);

  g_assert_cmpuint (genesis_simulation_result_get_n_sites (result), ==, n_sites);
  return g_strdup (genesis_simulation_result_get_model_digest (result));
}

static void
test_digest (void)
{
  g_autoptr (GenesisTable) table = load_adult ("adult_train.csv");
  g_autofree char *pooled = NULL;
  g_autofree char *iid = NULL;
  g_autofree char *unlike = NULL;
  g_autofree char *by_value = NULL;

  if (table == NULL)
    return;
  pooled = digest_of (1, table, NULL, 0);
  iid = digest_of (N_SITES, table, NULL, 0);
  unlike = digest_of (N_SITES, table, "education", 0.1);
  by_value = digest_of (16, table, "education", 0); /* it has 16 values */
  g_assert_cmpstr (iid, ==, pooled);
  g_assert_cmpstr (unlike, ==, pooled);
  g_assert_cmpstr (by_value, ==, pooled);
}

/* -- faults ---------------------------------------------------------------- */

/* Mean half L1 distance over all pairs of columns to the tables of rows that nobody trained on. */
static double
workload_error (GenesisFederatedTrainingSimulator *simulator, GenesisTable *real,
                GenesisTable *holdout)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) drawn =
      genesis_federated_training_simulator_generate_synthetic (simulator, JUDGED_ROWS, NULL,
                                                               &error);
  g_autoptr (GenesisTable) some = genesis_table_slice (real, 0, JUDGED_ROWS);
  g_autoptr (GenesisTable) judges = genesis_table_slice (holdout, 0, JUDGED_ROWS);
  g_autoptr (GenesisQualityEvaluator) evaluator = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;
  JsonObject *object;

  g_assert_no_error (error);
  evaluator = genesis_quality_evaluator_new (some, drawn);
  genesis_quality_evaluator_set_holdout (evaluator, judges);
  json = genesis_quality_evaluator_to_json (evaluator, &error);
  g_assert_no_error (error);
  root = json_from_string (json, NULL);
  object = json_object_get_object_member (json_node_get_object (root), "workload");
  object = json_object_get_object_member (object, "error");
  return json_object_get_double_member (json_object_get_object_member (object, "synthetic"),
                                        "value");
}

static guint
count_name (const char *const *names, const char *name)
{
  guint n = 0;

  for (; *names != NULL; names++)
    n += g_str_equal (*names, name);
  return n;
}

/* A site that failed f times answered the attempt after that, or none of nine; its rows are in the
   total then, and nobody else's. */
static void
check_round (const GenesisSimulatedRound *round, const guint64 *sizes)
{
  const GenesisRoundInfo *info = genesis_simulated_round_get_info (round);
  const char *const *failed = genesis_simulated_round_get_failed (round);
  guint64 n_rows = 0;
  guint n_attempts = 1, n_answered = 0;

  for (guint i = 0; i < N_SITES; i++)
    {
      g_autofree char *name = g_strdup_printf ("site-%02u", i + 1);
      const guint n_failed = count_name (failed, name);
      const gboolean answers = n_failed <= MAX_RETRIES;

      g_assert_cmpuint (count_name (genesis_round_info_get_sites (info), name), ==, answers);
      n_answered += answers;
      n_rows += answers ? sizes[i] : 0;
      n_attempts = MAX (n_attempts, MIN (n_failed, MAX_RETRIES) + 1);
    }
  g_assert_cmpuint (genesis_round_info_get_samples_aggregated (info), ==, n_rows);
  g_assert_cmpuint (genesis_simulated_round_get_n_attempts (round), ==, n_attempts);
  g_assert_cmpuint (g_strv_length ((char **)genesis_round_info_get_skipped (info)), ==,
                    N_SITES - n_answered);
}

static void
test_faults (gconstpointer data)
{
  g_autoptr (GenesisTable) table = load_adult ("adult_train.csv");
  g_autoptr (GenesisTable) holdout = NULL;
  g_autoptr (GenesisFederatedTrainingSimulator) simulator = NULL;
  g_autoptr (GenesisSimulationResult) calm = NULL;
  g_autoptr (GenesisSimulationResult) rough = NULL;
  g_autofree guint64 *sizes = NULL;
  double calm_error, rough_error;
  guint n_failed = 0;
  gsize n;

  if (table == NULL)
    return;
  holdout = load_adult ("adult_test.csv");
  simulator = make_simulator (N_SITES, table, data, 0.1, 1);
  sizes = genesis_federated_training_simulator_dup_site_sizes (simulator, &n);
  calm = simulate (simulator, 0);
  g_assert_cmpuint (genesis_simulation_result_get_n_sites (calm), ==, N_SITES);
  calm_error = workload_error (simulator, table, holdout);
  rough = simulate (simulator, 0.3);
  rough_error = workload_error (simulator, table, holdout);
  for (guint i = 0; i < genesis_simulation_result_get_n_rounds (rough); i++)
    {
      const GenesisSimulatedRound *round = genesis_simulation_result_get_round (rough, i);

      check_round (round, sizes);
      n_failed += g_strv_length ((char **)genesis_simulated_round_get_failed (round));
    }
  g_test_message ("%u answers failed; workload error %.4f, without faults %.4f", n_failed,
                  rough_error, calm_error);
  g_assert_cmpuint (n_failed, >, 0);
  g_assert_cmpfloat (fabs (rough_error - calm_error), <=, 0.01);
}

/* -- ten thousand sites ---------------------------------------------------- */

#define MANY_SITES 10000u
#define MANY_ROWS  100000u
#define COLUMNS    10u

static GenesisTable *
make_large_table (void)
{
  GenesisField *fields[COLUMNS];
  g_autofree gint64 *values = g_new (gint64, MANY_ROWS);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  GenesisTable *table;

  for (guint j = 0; j < COLUMNS; j++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", j);

      fields[j] = genesis_field_new_integer (name, 0, 0, 99);
    }
  schema = genesis_schema_new (fields, COLUMNS, &error);
  g_assert_no_error (error);
  table = genesis_table_new (schema, MANY_ROWS);
  for (guint j = 0; j < COLUMNS; j++)
    {
      for (guint i = 0; i < MANY_ROWS; i++)
        values[i] = (gint64)((i * 2654435761u >> (j + 3)) % 100);
      genesis_table_set_column_integers (table, j, values, MANY_ROWS, &error);
      g_assert_no_error (error);
      genesis_field_unref (fields[j]);
    }
  return table;
}

static void
test_many_sites (void)
{
  g_autoptr (GenesisTable) table = NULL;
  g_autofree char *pooled = NULL;
  g_autofree char *many = NULL;
  struct rusage usage;

  if (!g_test_slow ())
    {
      g_test_skip ("takes seconds: run with -m slow");
      return;
    }
  table = make_large_table ();
  many = digest_of (MANY_SITES, table, "c3", 0.5);
  getrusage (RUSAGE_SELF, &usage);
  pooled = digest_of (1, table, NULL, 0);
  g_test_message ("%u sites: %ld MiB at most", MANY_SITES, usage.ru_maxrss / 1024);
  g_assert_cmpstr (many, ==, pooled);
  g_assert_cmpint (usage.ru_maxrss, <, 500 * 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rehearsal/partition/gives-the-pooled-digest", test_digest);
  g_test_add_data_func ("/rehearsal/faults/iid-model-is-as-good", NULL, test_faults);
  g_test_add_data_func ("/rehearsal/faults/unlike-sites-model-is-as-good", "education",
                        test_faults);
  g_test_add_func ("/rehearsal/many-sites/in-bounded-memory", test_many_sites);
  return g_test_run ();
}
