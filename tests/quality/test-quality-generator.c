/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality-fixture.h"

#include <math.h>
#include <string.h>

/* A real generator over two sites, judged between its rounds. */

static GenesisFederatedGenerator *
make_generator (void)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autoptr (GHashTable) sites =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GError) error = NULL;
  GenesisFederatedGenerator *generator;

  genesis_plugin_host_add_directory (host, g_getenv ("GENESIS_TEST_PLUGIN_DIR"), &error);
  g_assert_no_error (error);
  g_hash_table_insert (sites, (gpointer) "east", quality_table_draw (1500, 1));
  g_hash_table_insert (sites, (gpointer) "west", quality_table_draw (1500, 2));
  generator = genesis_create_federated_generator (host, sites, "gaussian_copula", &error);
  g_assert_no_error (error);
  return generator;
}

static void
train (GenesisFederatedGenerator *generator, guint rounds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, rounds, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
}

static double
judge (GenesisFederatedGenerator *generator, GenesisTable *holdout)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisQualityEvaluator) evaluator =
      genesis_quality_evaluate_generator (generator, holdout, NULL, &error);
  g_auto (GStrv) alarms = NULL;
  g_autoptr (GenesisTable) real = NULL;

  g_assert_no_error (error);
  alarms = genesis_quality_evaluator_dup_alarms (evaluator, &error);
  g_assert_cmpstr (alarms[0], ==, NULL);
  g_object_get (evaluator, "real", &real, NULL);
  g_assert_cmpuint (genesis_table_get_n_rows (real), ==, 3000);
  g_assert_cmpfloat (genesis_quality_evaluator_get_overall_score (evaluator), >, .8);
  return genesis_quality_evaluator_get_fidelity (evaluator);
}

/* n = 2,000 of each, seeds fixed: margins alone give about 0, the copula most of the way to 1. */
static void
test_rounds (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = make_generator ();
  g_autoptr (GenesisTable) holdout = quality_table_draw (2000, 3);
  g_autoptr (GenesisTable) drawn = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  double first;

  g_assert_null (genesis_quality_evaluate_generator (generator, holdout, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  train (generator, 1);
  first = judge (generator, holdout);
  train (generator, 10);
  drawn = genesis_federated_generator_generate (generator, 17, GENESIS_STRATEGY_AGGREGATED, NULL,
                                                NULL, &error);
  g_assert_no_error (error);
  before = genesis_federated_generator_dup_metadata (generator, &error);
  g_test_message ("fidelity after round 1: %.3f", first);
  g_assert_cmpfloat (first, <=, .1);
  g_assert_cmpfloat (judge (generator, holdout), >=, .7);
  after = genesis_federated_generator_dup_metadata (generator, &error);
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/generator/better-after-more-rounds", test_rounds);
  return g_test_run ();
}
