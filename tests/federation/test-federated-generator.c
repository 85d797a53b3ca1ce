/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "federation-fixture.h"

#include <genesis/genesis-error.h>

static void
test_nothing_yet (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_federated_generator_train (generator, 1, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_TOO_FEW_SITES);
  g_clear_error (&error);
  g_assert_null (genesis_federated_generator_generate (generator, 1, GENESIS_STRATEGY_AGGREGATED,
                                                       NULL, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  g_assert_false (genesis_federated_generator_save_model (generator, "/nowhere/model", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  g_assert_null (genesis_federated_generator_dup_metadata (generator, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_null (genesis_federated_generator_dup_model_digest (generator));
}

/* -- what is fixed --------------------------------------------------------- */

static void
assert_refused (GenesisFederatedGenerator *generator, const char *what)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_federated_generator_train (generator, 1, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, what));
}

static void
test_fixed (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 200);
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GenesisAggregator) aggregator = NULL;
  g_autoptr (GError) error = NULL;

  result = genesis_federated_generator_train (generator, 1, NULL, &error);
  g_assert_no_error (error);
  g_object_set (generator, "rounds", 3, NULL);
  assert_refused (generator, "rounds");
  g_object_set (generator, "rounds", 0, NULL);
  genesis_federated_generator_set_setting (generator, "cells", "8");
  assert_refused (generator, "generator.cells");
  genesis_federated_generator_set_setting (generator, "cells", "16"); /* the default, spelled out */
  g_object_get (generator, "aggregator", &aggregator, NULL);
  genesis_aggregator_set_setting (aggregator, "min_sites", "2");
  assert_refused (generator, "min_sites");
  genesis_aggregator_set_setting (aggregator, "min_sites", NULL);
  g_object_set (generator, "run-directory", "/nowhere", NULL);
  assert_refused (generator, "run directory");
  g_object_set (generator, "run-directory", NULL, NULL);
  g_free (federation_fixture_train (generator));
}

static void
test_bad_names (void)
{
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 10);
  static const struct
  {
    const char *aggregator, *method, *setting, *what;
  } cases[] = {
    { "org.example.sum", "org.example.tallly", "cells", "org.example.tally" },
    { "org.example.summ", "org.example.tally", "cells", "org.example.sum" },
    { "org.example.tally", "org.example.tally", "cells", "cannot serve as" },
    { "org.example.sum", "org.example.sum", "cells", "cannot serve as" },
    { "org.example.sum", "org.example.tally", "cels", "cells" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisAggregator) aggregator = genesis_aggregator_new (cases[i].aggregator);
      g_autoptr (GenesisFederatedGenerator) generator =
          genesis_federated_generator_new (federation_fixture_host (), aggregator, cases[i].method);

      federation_fixture_add (generator, federation_fixture_site ("a", rows, 0));
      genesis_federated_generator_set_setting (generator, cases[i].setting, "8");
      assert_refused (generator, cases[i].what);
    }
}

static void
test_horizon (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 200);
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (generator, "rounds", 1, NULL);
  result = genesis_federated_generator_train (generator, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 1);
  g_assert_true (genesis_training_result_get_finished (result));
  g_assert_nonnull (genesis_training_result_get_reason (result));
}

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  *(guint *)user_data += 1;
}

static void
test_finished (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (1, 100);
  gboolean finished = TRUE;
  guint n_notified = 0;

  g_signal_connect (generator, "notify::finished", G_CALLBACK (count_notify), &n_notified);
  g_object_get (generator, "finished", &finished, NULL);
  g_assert_false (finished);
  g_free (federation_fixture_train (generator));
  g_object_get (generator, "finished", &finished, NULL);
  g_assert_true (finished);
  g_free (federation_fixture_train (generator));
  g_assert_cmpuint (n_notified, ==, 1);
}

/* -- results --------------------------------------------------------------- */

static void
test_result_json (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 200);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, 1, NULL, &error);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object, *round;

  g_assert_no_error (error);
  text = genesis_training_result_to_json (result);
  root = json_from_string (text, &error);
  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpint (json_object_get_int_member (object, "n_sites"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (object, "total_samples"), ==, 200);
  g_assert_false (json_object_get_boolean_member (object, "finished"));
  round = json_array_get_object_element (json_object_get_array_member (object, "rounds"), 0);
  g_assert_cmpint (json_object_get_int_member (round, "round"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (round, "phase"), ==, "sums");
  g_assert_cmpint (json_object_get_int_member (round, "samples_aggregated"), ==, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (round, "sites")), ==, 2);
}

static void
test_metadata (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 200);
  g_autofree char *digest = federation_fixture_train (generator);
  g_autoptr (GenesisTable) drawn = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object, *training, *plugin;
  g_autoptr (GError) error = NULL;

  g_object_set (generator, "seed", G_MAXUINT64, NULL);
  drawn = genesis_federated_generator_generate (generator, 7, GENESIS_STRATEGY_UNIFORM, NULL, NULL,
                                                &error);
  g_assert_no_error (error);
  text = genesis_federated_generator_dup_metadata (generator, &error);
  g_assert_no_error (error);
  root = json_from_string (text, &error);
  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "model_digest"), ==, digest);
  g_assert_cmpstr (json_object_get_string_member (object, "stream"), ==, "philox4x32-10");
  {
    JsonObject *generation = json_object_get_object_member (object, "generation");

    g_assert_cmpstr (json_object_get_string_member (generation, "strategy"), ==, "uniform");
    g_assert_cmpstr (json_object_get_string_member (generation, "seed"), ==,
                     "18446744073709551615");
    g_assert_cmpstr (json_object_get_string_member (generation, "origin"), ==, "site-models");
    g_assert_cmpint (json_object_get_int_member (generation, "rows"), ==, 7);
  }
  training = json_object_get_object_member (object, "training");
  plugin = json_object_get_object_member (training, "generator");
  g_assert_cmpstr (json_object_get_string_member (plugin, "id"), ==, "org.example.tally");
  g_assert_cmpuint (strlen (json_object_get_string_member (plugin, "sha256")), ==, 64);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (plugin, "settings"), "cells"),
      ==, "16");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (training, "rounds")), ==,
                    2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (training, "sites")), ==,
                    2);
}

static void
test_create (void)
{
  g_autoptr (GHashTable) tables =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GenesisAggregator) aggregator = NULL;

  g_hash_table_insert (tables, (char *)"b", federation_fixture_rows (0, 2, 400));
  g_hash_table_insert (tables, (char *)"a", federation_fixture_rows (1, 2, 400));
  generator = genesis_create_federated_generator (federation_fixture_host (), tables,
                                                  "org.example.tally", &error);
  g_assert_no_error (error);
  g_object_get (generator, "aggregator", &aggregator, NULL);
  g_object_get (aggregator, "id", &id, NULL);
  g_assert_cmpstr (id, ==, "fedavg");
}

/* -- a site by hand -------------------------------------------------------- */

static void
test_by_hand (void)
{
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 150);
  g_autoptr (GenesisDataSite) site = federation_fixture_site ("a", rows, 0);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_data_site_train_local (site, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  g_assert_true (genesis_data_site_initialize (site, federation_fixture_host (),
                                               "org.example.tally", NULL, &error));
  first = genesis_data_site_train_local (site, NULL, &error);
  g_assert_no_error (error);
  second = genesis_data_site_train_local (site, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_bytes_equal (first, second));
  g_assert_null (genesis_data_site_train_local (site, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (genesis_data_site_initialize (site, federation_fixture_host (),
                                               "org.example.tally", NULL, &error));
  again = genesis_data_site_train_local (site, NULL, &error);
  g_assert_true (g_bytes_equal (first, again));
  g_assert_cmpint (genesis_data_site_get_n_samples (site, &error), ==, 150);
}

static void
drop_caller (GenesisFederatedGenerator *generator, const GenesisRoundInfo *info, gpointer user_data)
{
  GenesisFederatedGenerator **held = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) drawn = NULL;

  g_assert_null (genesis_federated_generator_train (generator, 1, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (genesis_federated_generator_set_site_weights (generator, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUSY);
  g_clear_error (&error);
  drawn = genesis_federated_generator_generate (generator, 3, GENESIS_STRATEGY_PROPORTIONAL, NULL,
                                                NULL, &error);
  g_assert_no_error (error);
  g_clear_object (held);
}

/* A handler may draw, may not train, and may drop the last reference of whoever called. */
static void
test_handlers (void)
{
  GenesisFederatedGenerator *generator = federation_fixture_partition (2, 100);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;

  g_signal_connect (generator, "round-finished", G_CALLBACK (drop_caller), &generator);
  result = genesis_federated_generator_train (generator, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (generator);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/federated-generator/nothing-yet/is-said", test_nothing_yet);
  g_test_add_func ("/federated-generator/fixed/by-the-first-round", test_fixed);
  g_test_add_func ("/federated-generator/names/wrong-ones-name-the-nearest", test_bad_names);
  g_test_add_func ("/federated-generator/horizon/ends-the-run", test_horizon);
  g_test_add_func ("/federated-generator/finished/is-notified-once", test_finished);
  g_test_add_func ("/federated-generator/result/as-json", test_result_json);
  g_test_add_func ("/federated-generator/metadata/says-what-was-done", test_metadata);
  g_test_add_func ("/federated-generator/create/from-tables", test_create);
  g_test_add_func ("/data-site/by-hand/advances-as-a-federation-of-one", test_by_hand);
  g_test_add_func ("/federated-generator/handlers/may-drop-the-generator", test_handlers);
  return g_test_run ();
}
