/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "federation-fixture.h"

#include <genesis/genesis-error.h>

/* Who takes part in which round, and why not. */

static void
test_add_site (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 10);
  g_autoptr (GenesisDataSite) first = federation_fixture_site ("a", rows, 0);
  g_autoptr (GenesisDataSite) again = federation_fixture_site ("a", rows, 0);
  g_autoptr (GenesisField) field = genesis_field_new_real ("level", 0.0, 2.0);
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, NULL);
  g_autoptr (GenesisTable) other_table = genesis_table_new (schema, 0);
  g_autoptr (GenesisDataSite) other = federation_fixture_site ("b", other_table, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_federated_generator_add_site (generator, first, &error));
  g_assert_no_error (error);
  g_assert_false (genesis_federated_generator_add_site (generator, again, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "'a'"));
  g_clear_error (&error);
  g_assert_false (genesis_federated_generator_add_site (generator, other, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  g_assert_nonnull (strstr (error->message, "'b'"));
}

static void
test_bad_configs (void)
{
  static const struct
  {
    double weight, budget;
  } cases[] = {
    { 0.0, NAN },    { -1.0, NAN }, { NAN, NAN },  { INFINITY, NAN }, { 0x1p-22, NAN },
    { 0x1p21, NAN }, { 1.0, 0.0 },  { 1.0, -1.0 }, { 1.0, INFINITY },
  };
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 10);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
      g_autoptr (GenesisDataSite) site = federation_fixture_site ("odd", rows, 0);
      GenesisSiteConfig *config = genesis_data_site_get_config (site);
      g_autoptr (GError) error = NULL;

      genesis_site_config_set_weight (config, cases[i].weight);
      genesis_site_config_set_privacy_budget (config, cases[i].budget);
      g_assert_false (genesis_federated_generator_add_site (generator, site, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_assert_nonnull (strstr (error->message, "'odd'"));
    }
}

static void
note_dropped (GenesisFederatedGenerator *generator, const char *site, const char *reason,
              gpointer user_data)
{
  g_string_append_printf (user_data, "%s: %s\n", site, reason);
}

static void
note_round (GenesisFederatedGenerator *generator, const GenesisRoundInfo *info, gpointer user_data)
{
  g_autofree char *sites = g_strjoinv (",", (char **)genesis_round_info_get_sites (info));
  g_autofree char *skipped = g_strjoinv (",", (char **)genesis_round_info_get_skipped (info));
  g_autofree char *digest = genesis_federated_generator_dup_model_digest (generator);

  g_assert_nonnull (digest); /* the model is that after the round */
  g_assert_cmpuint (genesis_round_info_get_bytes (info), >, 0);
  g_string_append_printf (user_data, "%u %s [%s] [%s] %" G_GUINT64_FORMAT "\n",
                          genesis_round_info_get_number (info), genesis_round_info_get_phase (info),
                          sites, skipped, genesis_round_info_get_samples_aggregated (info));
}

static void
test_min_samples (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) many = federation_fixture_rows (0, 1, 150);
  g_autoptr (GenesisTable) few = federation_fixture_rows (150, 1, 249);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *digest = NULL;
  g_autofree char *alone = NULL;

  federation_fixture_add (generator, genesis_data_site_new ("small", few, NULL));
  federation_fixture_add (generator, genesis_data_site_new ("large", many, NULL));
  g_signal_connect (generator, "site-dropped", G_CALLBACK (note_dropped), seen);
  g_signal_connect (generator, "round-finished", G_CALLBACK (note_round), seen);
  digest = federation_fixture_train (generator);
  g_assert_cmpstr (seen->str, ==,
                   "small: 99 rows, fewer than min_samples 100\n"
                   "1 sums [large] [small: 99 rows, fewer than min_samples 100] 150\n"
                   "2 histograms [large] [small: 99 rows, fewer than min_samples 100] 150\n");
  {
    g_autoptr (GenesisFederatedGenerator) lone = federation_fixture_partition (1, 150);

    alone = federation_fixture_train (lone);
  }
  g_assert_cmpstr (digest, ==, alone);
}

static void
test_all_skipped (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) few = federation_fixture_rows (0, 1, 3);
  g_autoptr (GenesisTable) many = federation_fixture_rows (3, 1, 200);
  g_autoptr (GError) error = NULL;

  federation_fixture_add (generator, genesis_data_site_new ("small", few, NULL));
  federation_fixture_add (generator, federation_fixture_failing_site ("broken", few, 0));
  g_assert_null (genesis_federated_generator_train (generator, 1, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_TOO_FEW_SITES);
  g_assert_nonnull (strstr (error->message, "site 'small': 3 rows, fewer than min_samples 100"));
  g_assert_nonnull (strstr (error->message, "site 'broken': the disk is gone"));
  g_clear_error (&error);

  /* Nothing was fixed: another site mends it. */
  federation_fixture_add (generator, federation_fixture_site ("good", many, 1));
  g_free (federation_fixture_train (generator));
}

static void
test_budget_without_privacy (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 200);
  GenesisDataSite *site = federation_fixture_site ("careful", rows, 0);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  genesis_site_config_set_privacy_budget (genesis_data_site_get_config (site), 1.0);
  federation_fixture_add (generator, site);
  g_signal_connect (generator, "site-dropped", G_CALLBACK (note_dropped), seen);
  g_assert_null (genesis_federated_generator_train (generator, 1, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
  g_assert_cmpint (genesis_error_get_exit_code (error), ==, 77);
  g_assert_true (g_str_has_prefix (seen->str, "careful: it has a privacy_budget and aggregator "
                                              "'org.example.sum' gives no differential privacy"));

  federation_fixture_add (generator, federation_fixture_site ("open", rows, 0));
  g_free (federation_fixture_train (generator));
}

static void
test_failing_site (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 150);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *digest = NULL;

  federation_fixture_add (generator, federation_fixture_site ("steady", rows, 0));
  federation_fixture_add (generator, federation_fixture_failing_site ("fails", rows, 2));
  g_signal_connect (generator, "site-dropped", G_CALLBACK (note_dropped), seen);
  g_signal_connect (generator, "round-finished", G_CALLBACK (note_round), seen);
  digest = federation_fixture_train (generator);
  g_assert_cmpstr (seen->str, ==,
                   "1 sums [fails,steady] [] 300\n"
                   "fails: the disk is gone\n"
                   "2 histograms [steady] [fails: the disk is gone] 150\n");
}

/* A site whose source fails once and works again when it is asked another time. */
static void
test_quorum_and_again (void)
{
  g_autoptr (GenesisAggregator) aggregator = genesis_aggregator_new ("org.example.sum");
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 150);
  g_autoptr (GError) error = NULL;

  genesis_aggregator_set_setting (aggregator, "min_sites", "2");
  generator =
      genesis_federated_generator_new (federation_fixture_host (), aggregator, "org.example.tally");
  federation_fixture_add (generator, federation_fixture_site ("steady", rows, 0));
  federation_fixture_add (generator, federation_fixture_failing_site ("fails", rows, 2));
  g_assert_null (genesis_federated_generator_train (generator, 0, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_TOO_FEW_SITES);
  g_assert_nonnull (strstr (error->message, "round 2: 1 of 2 sites, fewer than min_sites 2"));
  /* Round 1 stands, and with a third site round 2 is asked again. */
  federation_fixture_add (generator, federation_fixture_site ("late", rows, 0));
  g_clear_error (&error);
  {
    g_autoptr (GenesisTrainingResult) result =
        genesis_federated_generator_train (generator, 0, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 1);
    g_assert_cmpuint (genesis_training_result_get_n_sites (result), ==, 2);
    g_assert_cmpuint (genesis_training_result_get_total_samples (result), ==, 300);
    g_assert_true (genesis_training_result_get_finished (result));
  }
}

static void
test_retries (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 150);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) seen = g_string_new (NULL);
  guint n_asked = 0;

  g_object_set (generator, "max-retries", 2, NULL);
  genesis_federated_generator_record (generator, lines);
  federation_fixture_add (generator, federation_fixture_site ("steady", rows, 0));
  federation_fixture_add (generator, federation_fixture_failing_site ("fails", rows, 2));
  g_signal_connect (generator, "round-finished", G_CALLBACK (note_round), seen);
  g_free (federation_fixture_train (generator));
  for (guint i = 0; i < lines->len; i++)
    n_asked += g_str_has_prefix (g_ptr_array_index (lines, i),
                                 "action coordinator ask site=\"fails\" round=2");
  g_assert_cmpuint (n_asked, ==, 3);
  g_assert_nonnull (strstr (seen->str, "2 histograms [steady] [fails: the disk is gone] 150\n"));
}

static void
test_late_site (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 200);
  g_autoptr (GenesisTable) rows = federation_fixture_rows (200, 1, 250);
  g_autoptr (GenesisDataSite) too_late = federation_fixture_site ("too-late", rows, 0);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GenesisTable) drawn = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (generator, "round-finished", G_CALLBACK (note_round), seen);
  result = genesis_federated_generator_train (generator, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (genesis_training_result_get_finished (result));
  federation_fixture_add (generator, federation_fixture_site ("late", rows, 0));
  g_free (federation_fixture_train (generator));
  g_assert_cmpstr (seen->str, ==,
                   "1 sums [site-0000,site-0001] [] 200\n"
                   "2 histograms [late,site-0000,site-0001] [] 250\n");
  drawn = genesis_federated_generator_generate (generator, 90, GENESIS_STRATEGY_UNIFORM, NULL, NULL,
                                                &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (drawn), ==, 90);
  g_assert_false (genesis_federated_generator_add_site (generator, too_late, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

/* Rows that were added after round 1 are not part of what the other rounds are about. */
static void
test_changed_rows (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 100);
  g_autoptr (GenesisTable) rows = federation_fixture_rows (100, 1, 150);
  g_autoptr (GenesisTable) more = federation_fixture_rows (100, 1, 151);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  const GenesisRoundInfo *info;
  const char *const *skipped;

  federation_fixture_add (generator, federation_fixture_changing_site ("busy", rows, 2, more));
  result = genesis_federated_generator_train (generator, 0, NULL, &error);
  g_assert_no_error (error);
  info = genesis_training_result_get_round (result, 0);
  g_assert_cmpuint (genesis_round_info_get_samples_aggregated (info), ==, 150);
  info = genesis_training_result_get_round (result, 1);
  g_assert_cmpuint (genesis_round_info_get_samples_aggregated (info), ==, 100);
  skipped = genesis_round_info_get_skipped (info);
  g_assert_nonnull (skipped[0]);
  g_assert_nonnull (strstr (skipped[0], "50 were counted, 51 are there now"));
}

/* As many rows as before, and other ones: another value, and the same in another order, which
   changes no answer. */
static void
test_changed_values (gconstpointer data)
{
  const gboolean is_reordered = GPOINTER_TO_INT (data);
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 100);
  g_autoptr (GenesisTable) rows = federation_fixture_rows (100, 1, 102);
  const guint64 backwards[] = { 1, 0 };
  g_autoptr (GenesisTable) later = is_reordered ? genesis_table_take_rows (rows, backwards, 2)
                                                : federation_fixture_rows (100, 2, 104);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  const GenesisRoundInfo *info;
  const char *const *skipped;

  federation_fixture_add (generator, federation_fixture_changing_site ("busy", rows, 2, later));
  result = genesis_federated_generator_train (generator, 0, NULL, &error);
  g_assert_no_error (error);
  info = genesis_training_result_get_round (result, 0);
  g_assert_cmpuint (genesis_round_info_get_samples_aggregated (info), ==, 102);
  info = genesis_training_result_get_round (result, 1);
  skipped = genesis_round_info_get_skipped (info);
  g_assert_cmpuint (genesis_round_info_get_samples_aggregated (info), ==, is_reordered ? 102 : 100);
  if (is_reordered)
    g_assert_null (skipped[0]);
  else
    g_assert_cmpstr (skipped[0], ==,
                     "busy: its rows changed while it takes part: there are 2 as before, and not "
                     "the same ones; start a new run with a new site");
}

/* A site driven by hand as well. */
static void
test_changed_values_by_hand (void)
{
  g_autoptr (GenesisTable) rows = federation_fixture_rows (100, 1, 102);
  g_autoptr (GenesisTable) later = federation_fixture_rows (100, 2, 104);
  g_autoptr (GenesisDataSite) site = federation_fixture_changing_site ("busy", rows, 1, later);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_data_site_initialize (site, federation_fixture_host (),
                                               "org.example.tally", NULL, &error));
  first = genesis_data_site_train_local (site, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (genesis_data_site_train_local (site, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_true (g_str_has_prefix (error->message, "site 'busy': its rows changed"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/federated-generator/add-site/refuses-twins-and-other-schemas", test_add_site);
  g_test_add_func ("/federated-generator/add-site/judges-weight-and-budget", test_bad_configs);
  g_test_add_func ("/federated-generator/min-samples/skips-a-site-by-name", test_min_samples);
  g_test_add_func ("/federated-generator/min-samples/all-skipped-names-everybody",
                   test_all_skipped);
  g_test_add_func ("/federated-generator/budget/is-absent-without-privacy",
                   test_budget_without_privacy);
  g_test_add_func ("/federated-generator/failure/skips-the-site-in-that-round", test_failing_site);
  g_test_add_func ("/federated-generator/failure/quorum-falls-and-comes-back",
                   test_quorum_and_again);
  g_test_add_func ("/federated-generator/failure/is-asked-again", test_retries);
  g_test_add_func ("/federated-generator/late-site/joins-the-next-round", test_late_site);
  g_test_add_func ("/sites/rows/must-not-change-during-a-run", test_changed_rows);
  g_test_add_data_func ("/sites/rows/must-not-change-their-values", GINT_TO_POINTER (FALSE),
                        test_changed_values);
  g_test_add_data_func ("/sites/rows/may-come-in-another-order", GINT_TO_POINTER (TRUE),
                        test_changed_values);
  g_test_add_func ("/sites/rows/must-not-change-for-a-site-by-hand", test_changed_values_by_hand);
  return g_test_run ();
}
