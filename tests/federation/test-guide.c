/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "hospitals-fixture.h"

#include <genesis/genesis-error.h>

/* What a user of the library does, from first call to last, with the plugins that it comes with. */

/* Four tables, one call each: create, train, generate. */
static void
test_quick_start (Hospitals *self, gconstpointer data)
{
  g_autoptr (GHashTable) sites = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GenesisTable) synthetic = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_HOSPITALS; i++)
    g_hash_table_insert (sites, (char *)self->names[i], self->tables[i]);
  generator = genesis_create_federated_generator (self->host, sites, "gaussian_copula", &error);
  g_assert_no_error (error);
  result = genesis_federated_generator_train (generator, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_training_result_get_finished (result));
  synthetic = genesis_federated_generator_generate (generator, 10000, GENESIS_STRATEGY_PROPORTIONAL,
                                                    NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (synthetic), ==, 10000);
  g_assert_true (genesis_schema_equal (genesis_table_get_schema (synthetic), self->schema));
}

/* The aggregator is named, sites are added one by one, fewer rounds are asked than there are. */
static void
test_generator (Hospitals *self, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = hospitals_federation (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, 3, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_sites (result), ==, N_HOSPITALS);
  g_assert_cmpuint (genesis_training_result_get_total_samples (result), ==, self->n_rows);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 3);
}

/* How many lines end in ",name": the source column is the last. */
static guint
count_from (const char *text, const char *name)
{
  g_autofree char *end = g_strdup_printf (",%s\n", name);
  guint n = 0;

  for (const char *at = strstr (text, end); at != NULL; at = strstr (at + 1, end))
    n++;
  return n;
}

static void
assert_sources (Hospitals *self, GenesisFederatedGenerator *generator, GenesisStrategy strategy,
                const char *weights, const guint *expected)
{
  g_autofree char *path = hospitals_path (self, "drawn.csv");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  genesis_federated_generator_generate_csv (generator, 10000, strategy,
                                            weights != NULL ? g_variant_new_parsed (weights) : NULL,
                                            path, "hospital", NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_HOSPITALS; i++)
    g_assert_cmpuint (count_from (text, self->names[i]), ==, expected[i]);
}

/* 700, 260, 3200 and 1400 of 5560 rows. */
static void
test_strategies (Hospitals *self, gconstpointer data)
{
  static const guint by_rows[] = { 1259, 468, 5755, 2518 };
  static const guint equal[] = { 2500, 2500, 2500, 2500 };
  static const guint given[] = { 2000, 0, 5000, 3000 };
  g_autoptr (GenesisFederatedGenerator) generator = hospitals_federation (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (genesis_training_result_get_finished (result));
  assert_sources (self, generator, GENESIS_STRATEGY_PROPORTIONAL, NULL, by_rows);
  assert_sources (self, generator, GENESIS_STRATEGY_UNIFORM, NULL, equal);
  assert_sources (self, generator, GENESIS_STRATEGY_WEIGHTED,
                  "{'northgate': .5, 'riverside': .3, 'hillview': .2}", given);
}

/* A strategy draws from the site's own model: hillview never measured ferritin. */
static void
test_site_distribution (Hospitals *self, gconstpointer data)
{
  const guint ferritin = genesis_schema_find_field (self->schema, "ferritin");
  g_autoptr (GenesisFederatedGenerator) generator = hospitals_federation (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, 0, NULL, &error);
  g_autoptr (GenesisTable) drawn = NULL;

  g_assert_no_error (error);
  g_assert_true (genesis_training_result_get_finished (result));
  drawn = genesis_federated_generator_generate (generator, 1000, GENESIS_STRATEGY_WEIGHTED,
                                                g_variant_new_parsed ("{'hillview': 1.0}"), NULL,
                                                &error);
  g_assert_no_error (error);
  for (guint64 row = 0; row < 1000; row++)
    g_assert_true (genesis_table_is_missing (drawn, ferritin, row));
}

/* A site with its config, driven by hand: as many partials as the generator has questions. */
static void
test_data_site (Hospitals *self, gconstpointer data)
{
  g_autoptr (GenesisSiteConfig) config = genesis_site_config_new ("hospital_east");
  g_autoptr (GenesisDataSite) site = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  guint n_rounds = 1;

  genesis_site_config_set_weight (config, 1.0);
  genesis_site_config_set_privacy_budget (config, 1.0);
  genesis_site_config_set_min_samples (config, 100);
  site = genesis_data_site_new ("hospital_east", self->tables[2], config);
  g_assert_cmpint (genesis_data_site_get_n_samples (site, &error), ==, 3200);
  genesis_data_site_initialize (site, self->host, "gaussian_copula", NULL, &error);
  g_assert_no_error (error);
  first = genesis_data_site_train_local (site, NULL, &error);
  g_assert_no_error (error);
  for (GBytes *next; (next = genesis_data_site_train_local (site, NULL, &error)) != NULL;
       n_rounds++)
    g_bytes_unref (next);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_FAILED);
  g_assert_cmpuint (n_rounds, >=, 3);
  g_clear_error (&error);
  genesis_data_site_initialize (site, self->host, "gaussian_copula", NULL, &error);
  g_assert_no_error (error);
  again = genesis_data_site_train_local (site, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (first, again));
}

/* A budget cannot be kept by an aggregator that adds no noise: the site stays out and says why. */
static void
test_privacy_budget (Hospitals *self, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = hospitals_federation (self);
  g_autoptr (GenesisSiteConfig) config = genesis_site_config_new ("careful");
  g_autoptr (GenesisDataSite) site = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *const *skipped;

  genesis_site_config_set_privacy_budget (config, 1.0);
  site = genesis_data_site_new ("careful", self->tables[0], config);
  genesis_federated_generator_add_site (generator, site, &error);
  g_assert_no_error (error);
  result = genesis_federated_generator_train (generator, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_sites (result), ==, N_HOSPITALS);
  skipped = genesis_round_info_get_skipped (genesis_training_result_get_round (result, 0));
  g_assert_nonnull (strstr (skipped[0], "careful"));
  g_assert_nonnull (strstr (skipped[0], "privacy_budget"));
}

/* Rounds one by one, a table and its provenance at the end; the same model as in one go. */
static void
test_workflow (Hospitals *self, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = hospitals_federation (self);
  g_autoptr (GenesisFederatedGenerator) at_once = hospitals_federation (self);
  g_autofree char *table_path = hospitals_path (self, "federated_synthetic.csv");
  g_autofree char *metadata_path = hospitals_path (self, "federated_metadata.json");
  g_autofree char *metadata = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GenesisTable) synthetic = NULL;
  g_autoptr (GenesisTrainingResult) all = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GenesisTrainingResult) result =
          genesis_federated_generator_train (generator, 1, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (genesis_training_result_get_total_samples (result), ==, self->n_rows);
      g_assert_cmpuint (genesis_training_result_get_n_rounds (result), <=, 1);
    }
  all = genesis_federated_generator_train (at_once, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_training_result_get_finished (all));
  digest = genesis_federated_generator_dup_model_digest (generator);
  expected = genesis_federated_generator_dup_model_digest (at_once);
  g_assert_cmpstr (digest, ==, expected);
  synthetic = genesis_federated_generator_generate (generator, 50000, GENESIS_STRATEGY_PROPORTIONAL,
                                                    NULL, NULL, &error);
  g_assert_no_error (error);
  genesis_table_save_csv (synthetic, table_path, &error);
  g_assert_no_error (error);
  genesis_federated_generator_save_metadata (generator, metadata_path, &error);
  g_assert_no_error (error);
  g_file_get_contents (metadata_path, &metadata, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (metadata, digest));
  g_assert_nonnull (strstr (metadata, "\"rows\" : 50000"));
}

/* Explicit shares for aggregation: named again in whatever order, they are the same model, and
   another one than without. */
static void
test_site_weights (Hospitals *self, gconstpointer data)
{
  static const char *const weights[] = {
    "{'northgate': .5, 'riverside': .25, 'hillview': .2, 'islands': .05}",
    "{'islands': 1.0, 'hillview': 4.0, 'riverside': 5.0, 'northgate': 10.0}",
  };
  char *digests[3] = { NULL };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = hospitals_federation (self);
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisTrainingResult) result = NULL;

      if (i < 2)
        genesis_federated_generator_set_site_weights (generator, g_variant_new_parsed (weights[i]),
                                                      &error);
      g_assert_no_error (error);
      result = genesis_federated_generator_train (generator, 20, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (genesis_training_result_get_finished (result));
      digests[i] = genesis_federated_generator_dup_model_digest (generator);
    }
  g_assert_cmpstr (digests[0], ==, digests[1]);
  g_assert_cmpstr (digests[0], !=, digests[2]);
  for (guint i = 0; i < 3; i++)
    g_free (digests[i]);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Hospitals, NULL, hospitals_set_up, function, hospitals_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/guide/quick-start/three-calls", test_quick_start);
  ADD ("/guide/generator/says-what-was-done", test_generator);
  ADD ("/guide/strategies/counts-are-exact", test_strategies);
  ADD ("/guide/strategies/draw-what-the-site-has", test_site_distribution);
  ADD ("/guide/data-site/is-driven-by-hand", test_data_site);
  ADD ("/guide/data-site/budget-is-kept-or-stays-out", test_privacy_budget);
  ADD ("/guide/workflow/round-by-round", test_workflow);
  ADD ("/guide/site-weights/are-shares", test_site_weights);
  return g_test_run ();
}
