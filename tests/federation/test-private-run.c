/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation-fixture.h"

#include <math.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-privacy.h>

/* A run whose totals carry noise: what it costs, what it says, and what it does not say. The
   generator asks two rounds, of half the budget each, and keeps the totals as its state. */

#define N_SITES 3u
#define N_ROWS  3021u

static GenesisAggregator *
make_aggregator (const char *first, ...)
{
  GenesisAggregator *aggregator = genesis_secure_aggregator_new ();
  va_list arguments;

  va_start (arguments, first);
  for (const char *name = first; name != NULL; name = va_arg (arguments, const char *))
    genesis_aggregator_set_setting (aggregator, name, va_arg (arguments, const char *));
  va_end (arguments);
  return aggregator;
}

static GenesisPluginHost *
load_host (void)
{
  GenesisPluginHost *host = federation_fixture_host ();
  g_autofree char *path =
      g_build_filename (g_getenv ("GENESIS_TEST_PLUGIN_DIR"), "secure_dp.so", NULL);
  g_autoptr (GError) error = NULL;

  genesis_plugin_host_load_file (host, path, &error);
  g_assert_no_error (error);
  return host;
}

/* (transfer full) aggregator */
static GenesisFederatedGenerator *
make_run (GenesisAggregator *aggregator, guint n_sites)
{
  GenesisFederatedGenerator *generator =
      genesis_federated_generator_new (load_host (), aggregator, "org.example.tally");

  for (guint i = 0; i < n_sites; i++)
    {
      g_autofree char *name = g_strdup_printf ("site-%u", i);
      g_autoptr (GenesisTable) table = federation_fixture_rows (i, n_sites, N_ROWS);

      federation_fixture_add (generator, federation_fixture_site (name, table, 0));
    }
  g_object_unref (aggregator);
  return generator;
}

static GenesisTrainingResult *
train (GenesisFederatedGenerator *generator, guint rounds)
{
  g_autoptr (GError) error = NULL;
  GenesisTrainingResult *result =
      genesis_federated_generator_train (generator, rounds, NULL, &error);

  g_assert_no_error (error);
  return result;
}

/* z = .1 for two rounds: mu^2 = 200. The figure is the continuous Gaussian's; the discrete one adds
   less than 1e-3 of a thousandth. */
static void
test_defaults (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = make_run (make_aggregator (NULL), N_SITES);
  g_autoptr (GenesisTrainingResult) result = train (generator, 0);
  double delta = 0;

  g_assert_true (genesis_training_result_get_finished (result));
  g_assert_cmpfloat_with_epsilon (genesis_training_result_get_epsilon (result, &delta), 159.442,
                                  1e-3);
  g_assert_cmpfloat (delta, ==, 1e-5);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat_with_epsilon (genesis_round_info_get_mu2 (
                                        genesis_training_result_get_round (result, i)),
                                    100, 1e-9);
}

static double
spend (GenesisFederatedGenerator *generator, guint n_calls, guint rounds)
{
  double epsilon = 0;

  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (GenesisTrainingResult) result = train (generator, rounds);

      epsilon = genesis_training_result_get_epsilon (result, NULL);
    }
  return epsilon;
}

/* The budget is used up to the margin of the discrete Gaussian, and never beyond; calls that ask
   for one round each cost what one call costs. */
static void
test_epsilon_is_a_cap (void)
{
  static const char *const caps[] = { "0.1", "1", "10" };

  for (guint i = 0; i < G_N_ELEMENTS (caps); i++)
    {
      const double cap = g_ascii_strtod (caps[i], NULL);
      g_autoptr (GenesisFederatedGenerator) at_once =
          make_run (make_aggregator ("epsilon", caps[i], NULL), N_SITES);
      g_autoptr (GenesisFederatedGenerator) one_by_one =
          make_run (make_aggregator ("epsilon", caps[i], NULL), N_SITES);
      const double epsilon = spend (at_once, 1, 10);

      g_assert_cmpfloat (epsilon, <=, cap);
      g_assert_cmpfloat (epsilon, >=, cap * .999);
      g_assert_cmpfloat_with_epsilon (spend (one_by_one, 10, 1), epsilon, 1e-9 * cap);
    }
}

/* Of two caps the smaller holds, whether the run or a site sets it; of cap and noise_scale that
   which is more noise. */
static void
test_smallest_budget (void)
{
  g_autoptr (GenesisFederatedGenerator) loud =
      make_run (make_aggregator ("epsilon", "10", "noise_scale", "100", NULL), N_SITES);
  const double mu2 = 2.0 / (100 * 100);
  double epsilon = 0;

  g_assert_true (genesis_privacy_epsilon (sqrt (mu2), 1e-5, &epsilon, NULL));
  g_assert_cmpfloat_with_epsilon (spend (loud, 1, 0), epsilon, 1e-6);
}

/* The total of all sites, as the model's state keeps it, is not the exact one; its n is what the
   result says. A cell of sigma s lies within 8 s but once in 1e15 draws: n = 1 draw. */
static void
test_rows_are_noisy (void)
{
  g_autoptr (GenesisFederatedGenerator) generator =
      make_run (make_aggregator ("epsilon", "1", NULL), N_SITES);
  g_autoptr (GenesisTrainingResult) result = train (generator, 0);
  const guint64 n = genesis_training_result_get_total_samples (result);
  const GenesisRoundInfo *last = genesis_training_result_get_round (result, 1);
  /* two groups a round: half of it for the rows */
  const double sigma = sqrt (2 / genesis_round_info_get_mu2 (last));

  g_assert_cmpuint (n, ==, genesis_round_info_get_samples_aggregated (last));
  g_assert_cmpfloat (fabs ((double)n - N_ROWS), <=, 8 * sigma + 1);
}

/* The exact number comes out of one run with a probability of 1/18, of 16 runs once in 1e20. */
static void
test_rows_are_not_exact (void)
{
  guint n_exact = 0;

  for (guint i = 0; i < 16; i++)
    {
      g_autoptr (GenesisFederatedGenerator) generator =
          make_run (make_aggregator ("epsilon", "1", NULL), N_SITES);
      g_autoptr (GenesisTrainingResult) result = train (generator, 0);

      n_exact += genesis_training_result_get_total_samples (result) == N_ROWS;
    }
  g_assert_cmpuint (n_exact, <, 16);
}

static void
assert_fails (GenesisFederatedGenerator *generator, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, 0, NULL, &error);

  g_assert_null (result);
  g_assert_error (error, GENESIS_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("'%s' does not contain '%s'", error->message, part);
}

/* Small numbers come back from the model's provenance as they went in. */
static void
test_small_numbers (void)
{
  g_autoptr (GenesisFederatedGenerator) generator =
      make_run (make_aggregator ("epsilon", "0.5", "delta", "2.5e-09", NULL), N_SITES);
  g_autoptr (GenesisTrainingResult) result = train (generator, 0);
  double delta = 0;

  g_assert_cmpfloat (genesis_training_result_get_epsilon (result, &delta), <=, .5);
  g_assert_cmpfloat (delta, ==, 2.5e-9);
}

static void
test_refusals (void)
{
  g_autoptr (GenesisFederatedGenerator) alone = make_run (make_aggregator (NULL), 1);
  g_autoptr (GenesisFederatedGenerator) unbounded =
      make_run (make_aggregator ("unit", "site", NULL), N_SITES);
  g_autoptr (GenesisFederatedGenerator) shares = make_run (make_aggregator (NULL), N_SITES);
  g_autoptr (GVariant) weights =
      federation_fixture_weights ("site-0", 1.0, "site-1", 1.0, "site-2", 2.0, NULL);
  g_autoptr (GError) error = NULL;

  assert_fails (alone, GENESIS_ERROR_TOO_FEW_SITES, "fewer than min_sites 2");
  assert_fails (unbounded, GENESIS_ERROR_INVALID_CONFIG, "needs max_rows_per_site");
  g_assert_true (genesis_federated_generator_set_site_weights (shares, weights, &error));
  assert_fails (shares, GENESIS_ERROR_INVALID_CONFIG,
                "under privacy a share needs a declared number of rows");
}

/* A record that counts more than max_weight would need more noise than was made for it. */
static void
test_max_weight (void)
{
  static const struct
  {
    const char *max_weight;
    double weight;
    gboolean is_taken;
  } cases[] = { { "4", 4, TRUE }, { "4", 4.01, FALSE }, { "1", 1.5, FALSE }, { "2", 1.5, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisFederatedGenerator) generator =
          make_run (make_aggregator ("epsilon", "1", "max_weight", cases[i].max_weight, NULL),
                    N_SITES - 1);
      g_autoptr (GenesisTable) table = federation_fixture_rows (2, N_SITES, N_ROWS);
      GenesisDataSite *heavy = federation_fixture_site ("heavy", table, 0);

      genesis_site_config_set_weight (genesis_data_site_get_config (heavy), cases[i].weight);
      federation_fixture_add (generator, heavy);
      if (cases[i].is_taken)
        g_assert_cmpfloat (spend (generator, 1, 0), <=, 1);
      else
        assert_fails (generator, GENESIS_ERROR_INVALID_CONFIG,
                      "site 'heavy': one of its records would count");
    }
}

/* tally is neither built in nor pinned, so its rows are held to their bounds; half of them counts
   half of each row, and the number of rows is told whole. Within 8 sigma but once in 1e15 draws: n
   = 1. */
static void
test_clipped (void)
{
  g_autoptr (GenesisFederatedGenerator) generator =
      make_run (make_aggregator ("epsilon", "1", "clip_threshold", "0.5", NULL), N_SITES);
  g_autoptr (GenesisTrainingResult) result = train (generator, 0);
  const GenesisRoundInfo *last = genesis_training_result_get_round (result, 1);
  const double sigma = sqrt (2 / genesis_round_info_get_mu2 (last));

  g_assert_cmpfloat (fabs ((double)genesis_round_info_get_samples_aggregated (last) - N_ROWS), <=,
                     8 * sigma + 2);
  g_assert_cmpfloat (genesis_training_result_get_epsilon (result, NULL), <=, 1);
}

/* Sites of about 1007 rows. Where one may count for 100, each does, and nobody is told that it has
   more. Within 8 sigma but once in 1e15 draws: n = 1. */
static void
test_unit_site (void)
{
  g_autoptr (GenesisFederatedGenerator) enough =
      make_run (make_aggregator ("unit", "site", "max_rows_per_site", "1500", "epsilon", "1", NULL),
                N_SITES);
  g_autoptr (GenesisFederatedGenerator) scaled =
      make_run (make_aggregator ("unit", "site", "max_rows_per_site", "100", "noise_scale", "0.001",
                                 NULL),
                N_SITES);
  g_autoptr (GenesisFederatedGenerator) replaced =
      make_run (make_aggregator ("unit", "site", "max_rows_per_site", "1000", "neighbours",
                                 "replace", "epsilon", "1", NULL),
                N_SITES);
  g_autoptr (GenesisTrainingResult) result = NULL;
  const GenesisRoundInfo *first;
  double sigma;

  g_assert_cmpfloat (spend (enough, 1, 0), <=, 1);
  result = train (scaled, 1);
  first = genesis_training_result_get_round (result, 0);
  sigma = 100 * sqrt (2 / genesis_round_info_get_mu2 (first));
  g_assert_cmpuint (g_strv_length ((char **)genesis_round_info_get_sites (first)), ==, N_SITES);
  g_assert_cmpfloat (fabs ((double)genesis_round_info_get_samples_aggregated (first)
                           - 100.0 * N_SITES),
                     <=, 8 * sigma + N_SITES);
  assert_fails (replaced, GENESIS_ERROR_INVALID_CONFIG, "set neighbours=add-remove");
}

/* No site's own model and no site's own number of rows. */
static void
test_sites_stay_hidden (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = make_run (make_aggregator (NULL), N_SITES);
  g_autoptr (GenesisModel) model = NULL;

  spend (generator, 1, 0);
  model = genesis_federated_generator_ref_model (generator, "to look at", NULL);
  g_assert_cmpuint (model->sites->len, ==, N_SITES);
  for (guint i = 0; i < N_SITES; i++)
    {
      const GenesisModelSite *site = g_ptr_array_index (model->sites, i);

      g_assert_null (site->state);
      g_assert_cmpuint (site->n_rows, ==, 0);
    }
  g_assert_null (strstr (model->provenance, " 1007")); /* rows of each site */
}

static void
note_digest (GenesisFederatedGenerator *generator, const GenesisRoundInfo *round,
             gpointer user_data)
{
  g_ptr_array_add (user_data, genesis_federated_generator_dup_model_digest (generator));
}

/* A run directory keeps the noise: taken up again, round 1 has the same total, which is the model's
   state, and costs nothing more; the round after it is new. */
static void
test_taken_up_again (void)
{
  g_autofree char *folder = g_dir_make_tmp ("genesis-private-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "run", NULL);
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  double epsilon[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GenesisFederatedGenerator) generator =
          make_run (make_aggregator ("epsilon", "1", NULL), N_SITES);

      g_object_set (generator, "run-directory", path, NULL);
      g_signal_connect (generator, "round-finished", G_CALLBACK (note_digest), digests);
      epsilon[i] = spend (generator, 1, 1);
    }
  g_assert_cmpuint (digests->len, ==, 3); /* round 1; round 1 again, round 2 */
  g_assert_cmpstr (g_ptr_array_index (digests, 0), ==, g_ptr_array_index (digests, 1));
  g_assert_cmpstr (g_ptr_array_index (digests, 1), !=, g_ptr_array_index (digests, 2));
  g_assert_cmpfloat (epsilon[1], >, epsilon[0]);
  g_assert_cmpfloat (epsilon[1], <=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/private-run/defaults-cost-what-they-cost", test_defaults);
  g_test_add_func ("/private-run/epsilon/is-a-cap", test_epsilon_is_a_cap);
  g_test_add_func ("/private-run/epsilon/more-noise-wins", test_smallest_budget);
  g_test_add_func ("/private-run/rows-are-what-the-noisy-total-says", test_rows_are_noisy);
  g_test_add_func ("/private-run/rows-are-not-told-exactly", test_rows_are_not_exact);
  g_test_add_func ("/private-run/small-numbers-are-kept", test_small_numbers);
  g_test_add_func ("/private-run/no-record-counts-more-than-max-weight", test_max_weight);
  g_test_add_func ("/private-run/refuses", test_refusals);
  g_test_add_func ("/private-run/rows-are-held-to-their-bounds", test_clipped);
  g_test_add_func ("/private-run/unit-site", test_unit_site);
  g_test_add_func ("/private-run/sites-stay-hidden", test_sites_stay_hidden);
  g_test_add_func ("/private-run/taken-up-again", test_taken_up_again);
  return g_test_run ();
}
