/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "federation-fixture.h"

#include <genesis/genesis-error.h>

/* What a generator plugin says in the course of a run, and a plan that is out of turn. */

static GenesisPluginHost *
open_host (void)
{
  GenesisPluginHost *host = genesis_plugin_host_new ();
  g_autofree char *outspoken = g_build_filename (g_getenv ("GENESIS_TEST_BUILD_DIR"),
                                                 "tests/federation", "outspoken.so", NULL);
  g_autofree char *tally =
      g_build_filename (g_getenv ("GENESIS_TEST_BROKEN_DIR"), "tally.so", NULL);
  g_autoptr (GError) error = NULL;

  genesis_plugin_host_load_file (host, outspoken, &error);
  g_assert_no_error (error);
  genesis_plugin_host_load_file (host, tally, &error);
  g_assert_no_error (error);
  return host;
}

static GenesisFederatedGenerator *
make_federation (GenesisPluginHost *host, const char *method, guint n_sites)
{
  g_autoptr (GenesisAggregator) aggregator = genesis_aggregator_new ("org.example.sum");
  GenesisFederatedGenerator *generator = genesis_federated_generator_new (host, aggregator, method);

  for (guint i = 0; i < n_sites; i++)
    {
      g_autofree char *name = g_strdup_printf ("site-%u", i);
      g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 10);

      federation_fixture_add (generator, federation_fixture_site (name, rows, 0));
    }
  return generator;
}

static void
note_warning (GenesisFederatedGenerator *generator, const char *text, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (text));
}

static void
note_log (const char *plugin_id, GLogLevelFlags level, const char *text, gpointer user_data)
{
  if (level == G_LOG_LEVEL_WARNING)
    g_ptr_array_add (user_data, g_strdup (text));
}

/* Five sites plan and absorb beside the coordinator, and say nothing. */
static void
test_pooled_once (void)
{
  static const char *const expected[] = { "always the same", "round 1: 50 rows",
                                          "the schema is odd", "round 2: 50 rows",
                                          "round 3: 50 rows" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GenesisPluginHost) host = open_host ();
  g_autoptr (GenesisFederatedGenerator) generator =
      make_federation (host, "org.example.outspoken", 5);
  g_autofree char *metadata = NULL;
  g_autoptr (GError) error = NULL;

  genesis_plugin_host_set_log_func (host, note_log, lines, NULL);
  g_signal_connect (generator, "warning", G_CALLBACK (note_warning), warnings);
  g_free (federation_fixture_train (generator));
  g_assert_cmpuint (warnings->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (g_ptr_array_index (warnings, i), ==, expected[i]);
  for (guint i = 0; i < lines->len; i++)
    g_assert_null (strstr (g_ptr_array_index (lines, i), ": 10 rows"));
  metadata = genesis_federated_generator_dup_metadata (generator, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (metadata, "\"warnings\""));
  g_assert_nonnull (strstr (metadata, "\"round 3: 50 rows\""));
  genesis_plugin_host_set_log_func (host, NULL, NULL, NULL);
}

static void
test_round_knows_them (void)
{
  g_autoptr (GenesisPluginHost) host = open_host ();
  g_autoptr (GenesisFederatedGenerator) generator =
      make_federation (host, "org.example.outspoken", 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, 0, NULL, &error);
  const char *const *warnings;

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 3);
  warnings = genesis_round_info_get_warnings (genesis_training_result_get_round (result, 1));
  g_assert_cmpuint (g_strv_length ((char **)warnings), ==, 2);
  g_assert_cmpstr (warnings[0], ==, "always the same");
  g_assert_cmpstr (warnings[1], ==, "round 2: 20 rows");
}

static void
test_skipped_phase (void)
{
  g_autoptr (GenesisPluginHost) host = open_host ();
  g_autoptr (GenesisFederatedGenerator) generator =
      make_federation (host, "org.example.skipping", 2);
  g_autoptr (GError) error = NULL;
  GenesisTrainingResult *result = genesis_federated_generator_train (generator, 0, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "round 3 where round 2"));
}

/* A model after two rounds asks for the third, which is round 1 of the run that continues it. */
static void
test_continued_phase (void)
{
  g_autoptr (GenesisPluginHost) host = open_host ();
  g_autoptr (GenesisFederatedGenerator) first = make_federation (host, "org.example.outspoken", 2);
  g_autoptr (GenesisFederatedGenerator) second = make_federation (host, "org.example.outspoken", 2);
  g_autofree char *folder = g_dir_make_tmp ("genesis-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "model", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (first, 2, NULL, &error);
  g_autoptr (GenesisTrainingResult) rest = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *continued = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (result);
  genesis_federated_generator_save_model (first, path, &error);
  g_assert_no_error (error);
  digest = federation_fixture_train (first);
  genesis_federated_generator_load_model (second, path, &error);
  g_assert_no_error (error);
  rest = genesis_federated_generator_train (second, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (rest), ==, 1);
  continued = genesis_federated_generator_dup_model_digest (second);
  g_assert_cmpstr (continued, ==, digest);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/warnings/pooled/are-told-once", test_pooled_once);
  g_test_add_func ("/warnings/round/knows-its-own", test_round_knows_them);
  g_test_add_func ("/plans/phase/is-the-next-round", test_skipped_phase);
  g_test_add_func ("/plans/phase/goes-on-from-a-loaded-model", test_continued_phase);
  return g_test_run ();
}
