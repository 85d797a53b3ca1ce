/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "federation-fixture.h"

#include <genesis/genesis-error.h>

static gint64
pooled_rows (GenesisFederatedGenerator *generator)
{
  g_autoptr (GenesisModel) model = genesis_federated_generator_ref_model (generator, "", NULL);
  const genesis_abi_block *rows = genesis_blocks_find (model->state, "rows");

  return *(const gint64 *)rows->data;
}

static void
set_weights (GenesisFederatedGenerator *generator, GVariant *weights)
{
  g_autoptr (GError) error = NULL;

  genesis_federated_generator_set_site_weights (generator, weights, &error);
  g_assert_no_error (error);
}

/* A record of a site of weight 2 counts twice; samples are those that there are. */
static void
test_site_weight (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (1, 100);
  g_autoptr (GenesisTable) rows = federation_fixture_rows (100, 1, 150);
  GenesisDataSite *heavy = federation_fixture_site ("heavy", rows, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;

  genesis_site_config_set_weight (genesis_data_site_get_config (heavy), 2.0);
  federation_fixture_add (generator, heavy);
  result = genesis_federated_generator_train (generator, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (pooled_rows (generator), ==, 200);
  g_assert_cmpuint (genesis_training_result_get_total_samples (result), ==, 150);
}

/* Only the ratios count: the same weight at all sites, however small, is no weight at all. */
static void
test_equal_weights (void)
{
  static const double weights[] = { 1e-6, .01, .3, 2, 1000 };
  g_autoptr (GenesisFederatedGenerator) plain = federation_fixture_partition (3, 300);
  g_autofree char *expected = federation_fixture_train (plain);

  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
      g_autofree char *digest = NULL;

      for (guint k = 0; k < 3; k++)
        {
          g_autofree char *name = g_strdup_printf ("site-%04u", k);
          g_autoptr (GenesisTable) rows = federation_fixture_rows (k, 3, 300);
          GenesisDataSite *site = federation_fixture_site (name, rows, 0);

          genesis_site_config_set_weight (genesis_data_site_get_config (site), weights[i]);
          federation_fixture_add (generator, site);
        }
      digest = federation_fixture_train (generator);
      g_assert_cmpstr (digest, ==, expected);
    }
}

/* Shares in proportion to the rows make every record count exactly once. */
static void
test_natural_shares (void)
{
  g_autoptr (GenesisFederatedGenerator) plain = federation_fixture_partition (2, 301);
  g_autoptr (GenesisFederatedGenerator) shared = federation_fixture_partition (2, 301);
  g_autoptr (GVariant) weights =
      federation_fixture_weights ("site-0000", 151.0, "site-0001", 150.0, NULL);
  g_autofree char *digest = federation_fixture_train (plain);
  g_autofree char *shared_digest = NULL;

  set_weights (shared, weights);
  shared_digest = federation_fixture_train (shared);
  g_assert_cmpstr (digest, ==, shared_digest);
}

/* Share .75 of 300 rows lies on 100 rows: each counts 2.25, the other 200 count .375. */
static void
test_explicit_shares (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) few = federation_fixture_rows (0, 1, 100);
  g_autoptr (GenesisTable) many = federation_fixture_rows (100, 1, 300);
  g_autoptr (GVariant) weights = federation_fixture_weights ("few", 3.0, "many", 1.0, NULL);
  g_autoptr (GenesisModel) model = NULL;

  federation_fixture_add (generator, federation_fixture_site ("few", few, 0));
  federation_fixture_add (generator, federation_fixture_site ("many", many, 0));
  set_weights (generator, weights);
  g_free (federation_fixture_train (generator));
  g_assert_cmpint (pooled_rows (generator), ==, 300);
  model = genesis_federated_generator_ref_model (generator, "", NULL);
  for (guint i = 0; i < 2; i++)
    {
      const GenesisModelSite *site = g_ptr_array_index (model->sites, i);

      g_assert_cmpfloat (site->weight, ==, i == 0 ? 2.25 : .375);
      g_assert_cmpuint (site->n_rows, ==, i == 0 ? 100 : 200);
    }
}

static void
assert_bad_weights (GenesisFederatedGenerator *generator, GVariant *weights, const char *what)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_federated_generator_set_site_weights (generator, weights, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, what));
  g_variant_unref (weights);
}

static void
test_bad_weights (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 100);
  static const double bad[] = { 0.0, -1.0, NAN, INFINITY };

  assert_bad_weights (generator, federation_fixture_weights ("site-0000", 1.0, NULL),
                      "site 'site-0001' has no weight");
  assert_bad_weights (generator,
                      federation_fixture_weights ("site-0000", 1.0, "site-0001", 1.0, "site-001",
                                                  1.0, NULL),
                      "did you mean 'site-0001'?");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_bad_weights (generator,
                        federation_fixture_weights ("site-0000", 1.0, "site-0001", bad[i], NULL),
                        "'site-0001'");
}

/* A dictionary of another type is refused before anything is looked up in it; a floating one is
   taken even then. */
static void
test_weight_types (void)
{
  static const char *const bad[] = { "{'site-0000': 1, 'site-0001': 1}", "[('site-0000', 1.0)]",
                                     "{'site-0000': <1.0>}", "1.0" };
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 100);
  g_autoptr (GError) error = NULL;

  g_free (federation_fixture_train (generator));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      assert_bad_weights (generator, g_variant_ref_sink (g_variant_new_parsed (bad[i])), "a{sd}");
      g_assert_null (genesis_federated_generator_generate (generator, 1, GENESIS_STRATEGY_WEIGHTED,
                                                           g_variant_new_parsed (bad[i]), NULL,
                                                           &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_clear_error (&error);
    }
  assert_bad_weights (generator,
                      g_variant_ref_sink (g_variant_new_parsed (
                          "{'site-0000': 1.0, 'site-0001': 1.0, 'site-0000': 2.0}")),
                      "'site-0000' has two weights");
}

/* A site that came after the weights were given must have one before round 1, and cannot have one
   later. */
static void
test_site_without_share (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 100);
  g_autoptr (GVariant) weights =
      federation_fixture_weights ("site-0000", 1.0, "site-0001", 1.0, NULL);
  g_autoptr (GVariant) all =
      federation_fixture_weights ("site-0000", 1.0, "site-0001", 1.0, "third", 1.0, NULL);
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 50);
  g_autoptr (GenesisDataSite) late = federation_fixture_site ("late", rows, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;

  set_weights (generator, weights);
  federation_fixture_add (generator, federation_fixture_site ("third", rows, 0));
  g_assert_null (genesis_federated_generator_train (generator, 1, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "'third'"));
  g_clear_error (&error);
  set_weights (generator, all);
  result = genesis_federated_generator_train (generator, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (genesis_federated_generator_add_site (generator, late, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

static void
test_weight_of_late_site (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 100);
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 50);
  GenesisDataSite *late = federation_fixture_site ("late", rows, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) first = NULL;
  g_autoptr (GenesisTrainingResult) second = NULL;
  const GenesisRoundInfo *info;

  first = genesis_federated_generator_train (generator, 1, NULL, &error);
  g_assert_no_error (error);
  genesis_site_config_set_weight (genesis_data_site_get_config (late), 1.5);
  federation_fixture_add (generator, late);
  second = genesis_federated_generator_train (generator, 1, NULL, &error);
  g_assert_no_error (error);
  info = genesis_training_result_get_round (second, 0);
  g_assert_nonnull (strstr (genesis_round_info_get_skipped (info)[0], "largest weight"));
  g_assert_cmpuint (genesis_round_info_get_samples_aggregated (info), ==, 100);
}

/* -- strategies ------------------------------------------------------------ */

/* Two sites that share no ward: the ward of a row tells its site. */
static GenesisFederatedGenerator *
make_disjoint (void)
{
  GenesisFederatedGenerator *generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 600);
  g_autoptr (GArray) east = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) west = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GenesisTable) east_rows = NULL;
  g_autoptr (GenesisTable) west_rows = NULL;

  for (guint64 i = 0; i < 600; i++)
    {
      g_autofree char *ward = genesis_table_dup_text (rows, 1, i);

      if (g_str_equal (ward, "east") && east->len < 60)
        g_array_append_val (east, i);
      else if (g_str_equal (ward, "west") && west->len < 20)
        g_array_append_val (west, i);
    }
  g_assert_cmpuint (east->len, ==, 60);
  g_assert_cmpuint (west->len, ==, 20);
  east_rows = genesis_table_take_rows (rows, &g_array_index (east, guint64, 0), east->len);
  west_rows = genesis_table_take_rows (rows, &g_array_index (west, guint64, 0), west->len);
  federation_fixture_add (generator, federation_fixture_site ("east", east_rows, 0));
  federation_fixture_add (generator, federation_fixture_site ("west", west_rows, 0));
  g_free (federation_fixture_train (generator));
  return generator;
}

static guint
count_east (GenesisFederatedGenerator *generator, GenesisStrategy strategy, GVariant *weights)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) table =
      genesis_federated_generator_generate (generator, 1000, strategy, weights, NULL, &error);
  guint n_east = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (table), ==, 1000);
  for (guint64 i = 0; i < 1000; i++)
    {
      g_autofree char *ward = genesis_table_dup_text (table, 1, i);

      n_east += g_str_equal (ward, "east");
    }
  return n_east;
}

static void
test_strategies (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = make_disjoint ();
  g_autoptr (GVariant) weights = federation_fixture_weights ("west", 9.0, "east", 1.0, NULL);
  g_autoptr (GVariant) one = federation_fixture_weights ("west", 1.0, NULL);
  guint n_pooled;

  g_assert_cmpuint (count_east (generator, GENESIS_STRATEGY_PROPORTIONAL, NULL), ==, 750);
  g_assert_cmpuint (count_east (generator, GENESIS_STRATEGY_UNIFORM, NULL), ==, 500);
  g_assert_cmpuint (count_east (generator, GENESIS_STRATEGY_WEIGHTED, weights), ==, 100);
  g_assert_cmpuint (count_east (generator, GENESIS_STRATEGY_WEIGHTED, one), ==, 0);
  set_weights (generator, weights); /* after the last round: for generation alone */
  g_assert_cmpuint (count_east (generator, GENESIS_STRATEGY_WEIGHTED, NULL), ==, 100);
  g_assert_cmpuint (count_east (generator, GENESIS_STRATEGY_PROPORTIONAL, NULL), ==, 750);
  /* 1,000 draws of .75: 5 sd are 68.5 */
  n_pooled = count_east (generator, GENESIS_STRATEGY_AGGREGATED, NULL);
  g_assert_cmpuint (n_pooled, >, 681);
  g_assert_cmpuint (n_pooled, <, 819);
}

static void
assert_not_drawn (GenesisFederatedGenerator *generator, GenesisStrategy strategy, GVariant *weights,
                  const char *what)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      genesis_federated_generator_generate (generator, 10, strategy, weights, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, what));
}

static void
test_strategy_faults (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = make_disjoint ();
  g_autoptr (GVariant) wrong = federation_fixture_weights ("west", 1.0, "eest", 1.0, NULL);
  g_autoptr (GVariant) right = federation_fixture_weights ("west", 1.0, "east", 1.0, NULL);
  g_autoptr (GError) error = NULL;
  GenesisStrategy strategy;

  assert_not_drawn (generator, GENESIS_STRATEGY_WEIGHTED, NULL, "weight");
  assert_not_drawn (generator, GENESIS_STRATEGY_WEIGHTED, wrong, "east");
  assert_not_drawn (generator, GENESIS_STRATEGY_UNIFORM, right, "weights");
  g_assert_true (genesis_strategy_from_text ("uniform", &strategy, &error));
  g_assert_cmpint (strategy, ==, GENESIS_STRATEGY_UNIFORM);
  g_assert_false (genesis_strategy_from_text ("proportionall", &strategy, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "did you mean 'proportional'"));
}

/* A site's own model is that of the site alone. */
static void
test_site_models (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 300);
  g_autoptr (GenesisFederatedGenerator) lone = federation_fixture_generator ();
  g_autoptr (GenesisTable) rows = federation_fixture_rows (1, 2, 300);
  g_autoptr (GenesisModel) model = NULL;
  g_autoptr (GenesisModel) alone = NULL;

  g_free (federation_fixture_train (generator));
  federation_fixture_add (lone, federation_fixture_site ("site-0001", rows, 0));
  g_free (federation_fixture_train (lone));
  model = genesis_federated_generator_ref_model (generator, "", NULL);
  alone = genesis_federated_generator_ref_model (lone, "", NULL);
  g_assert_true (
      genesis_blocks_equal (((GenesisModelSite *)g_ptr_array_index (model->sites, 1))->state,
                            alone->state));
  g_assert_true (
      genesis_blocks_equal (((GenesisModelSite *)g_ptr_array_index (alone->sites, 0))->state,
                            alone->state));
}

static void
test_many_sites (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (257, 600);
  g_autoptr (GenesisFederatedGenerator) lone = federation_fixture_partition (1, 600);
  g_autoptr (GenesisModel) model = NULL;
  g_autofree char *digest = federation_fixture_train (generator);
  g_autofree char *pooled = federation_fixture_train (lone);
  g_autoptr (GenesisTable) drawn = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (digest, ==, pooled);
  model = genesis_federated_generator_ref_model (generator, "", NULL);
  g_assert_cmpuint (model->sites->len, ==, 257);
  g_assert_null (((GenesisModelSite *)g_ptr_array_index (model->sites, 0))->state);
  drawn = genesis_federated_generator_generate (generator, 10, GENESIS_STRATEGY_PROPORTIONAL, NULL,
                                                NULL, &error);
  g_assert_no_error (error);
  g_assert_null (genesis_federated_generator_generate (generator, 10, GENESIS_STRATEGY_UNIFORM,
                                                       NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "256"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site-weights/config/multiplies-each-record", test_site_weight);
  g_test_add_func ("/site-weights/config/only-ratios-count", test_equal_weights);
  g_test_add_func ("/site-weights/shares/in-proportion-change-nothing", test_natural_shares);
  g_test_add_func ("/site-weights/shares/are-those-of-all-rows", test_explicit_shares);
  g_test_add_func ("/site-weights/shares/name-what-is-wrong", test_bad_weights);
  g_test_add_func ("/site-weights/shares/are-a-dictionary-of-doubles", test_weight_types);
  g_test_add_func ("/site-weights/shares/are-fixed-before-round-1", test_site_without_share);
  g_test_add_func ("/site-weights/late-site/keeps-to-the-largest-weight", test_weight_of_late_site);
  g_test_add_func ("/strategies/counts/are-exact-by-site", test_strategies);
  g_test_add_func ("/strategies/faults/are-errors", test_strategy_faults);
  g_test_add_func ("/site-models/state/is-that-of-the-site-alone", test_site_models);
  g_test_add_func ("/site-models/many-sites/draw-from-the-pool", test_many_sites);
  return g_test_run ();
}
