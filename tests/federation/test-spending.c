/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation-fixture.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-privacy.h>

#include "federation/genesis-spending-private.h"
#include "privacy/genesis-spend-ledger-private.h"

/* Runs that pay from the budgets of their sites' data sets. */

#define N_SITES 4u
#define N_ROWS  400u

typedef struct
{
  char *folder;
  GenesisPluginHost *host;
  GenesisDataSite *sites[N_SITES];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plugin =
      g_build_filename (g_getenv ("GENESIS_TEST_PLUGIN_DIR"), "secure_dp.so", NULL);
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("genesis-spending-XXXXXX", &error);
  fixture->host = federation_fixture_host ();
  genesis_plugin_host_load_file (fixture->host, plugin, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_SITES; i++)
    {
      g_autofree char *name = g_strdup_printf ("site-%u", i);
      g_autoptr (GenesisTable) table = federation_fixture_rows (i, N_SITES, N_ROWS);

      fixture->sites[i] = federation_fixture_site (name, table, 0);
    }
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_SITES; i++)
    g_clear_object (&fixture->sites[i]);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static char *
dup_ledger (Fixture *fixture, guint site)
{
  g_autofree char *name = g_strdup_printf ("site-%u.spends", site);

  return g_build_filename (fixture->folder, "ledgers", name, NULL);
}

/* budget: NAN for none */
static void
set_budgets (Fixture *fixture, double budget, gboolean with_files)
{
  for (guint i = 0; i < N_SITES; i++)
    {
      GenesisSiteConfig *config = genesis_data_site_get_config (fixture->sites[i]);
      g_autofree char *path = dup_ledger (fixture, i);

      genesis_site_config_set_privacy_budget (config, budget);
      genesis_site_config_set_ledger (config, with_files ? path : NULL, NULL);
    }
}

static GenesisFederatedGenerator *
make_run_of (Fixture *fixture, const char *noise_scale, const char *min_sites,
             const char *run_folder)
{
  g_autoptr (GenesisAggregator) aggregator = genesis_aggregator_new ("secure_dp");
  GenesisFederatedGenerator *generator;

  genesis_aggregator_set_setting (aggregator, "noise_scale", noise_scale);
  genesis_aggregator_set_setting (aggregator, "min_sites", min_sites);
  generator = genesis_federated_generator_new (fixture->host, aggregator, "org.example.tally");
  if (run_folder != NULL)
    g_object_set (generator, "run-directory", run_folder, NULL);
  for (guint i = 0; i < N_SITES; i++)
    federation_fixture_add (generator, g_object_ref (fixture->sites[i]));
  return generator;
}

/* The guide's settings: noise_scale .1, at least 3 sites. */
static GenesisFederatedGenerator *
make_run (Fixture *fixture, const char *noise_scale, const char *run_folder)
{
  return make_run_of (fixture, noise_scale, "3", run_folder);
}

static double
train (GenesisFederatedGenerator *generator, guint n_calls, guint rounds)
{
  double epsilon = NAN;

  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisTrainingResult) result =
          genesis_federated_generator_train (generator, rounds, NULL, &error);

      g_assert_no_error (error);
      epsilon = genesis_training_result_get_epsilon (result, NULL);
    }
  return epsilon;
}

static void
assert_refused (GenesisFederatedGenerator *generator, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_federated_generator_train (generator, 0, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "round 1"));
  g_assert_nonnull (strstr (error->message, part));
  g_assert_cmpint (genesis_error_get_exit_code (error), ==, 77);
}

static double
get_spent (Fixture *fixture, guint site)
{
  g_autofree char *path = dup_ledger (fixture, site);
  g_autofree char *name = g_strdup_printf ("site-%u", site);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSpendLedger) ledger = genesis_spend_ledger_open (path, name, &error);

  g_assert_no_error (error);
  return genesis_privacy_budget_to_mu2 (genesis_spend_ledger_get_spent (ledger));
}

static double
mu2_of (double epsilon)
{
  double mu = 0;

  g_assert_true (genesis_privacy_mu (epsilon, 1e-5, &mu, NULL));
  return mu * mu;
}

/* Budgets of 1.0 under noise_scale .1: ten calls cost what one costs, every site's ledger holds it,
   and a second run is refused before its first round, with both numbers. */
static void
test_production (Fixture *fixture, gconstpointer data)
{
  const gboolean with_files = data != NULL;
  g_autoptr (GenesisFederatedGenerator) first = NULL;
  g_autoptr (GenesisFederatedGenerator) second = NULL;
  double epsilon;

  set_budgets (fixture, 1, with_files);
  first = make_run (fixture, "0.1", NULL);
  epsilon = train (first, 10, 1);
  g_assert_cmpfloat (epsilon, <=, 1);
  g_assert_cmpfloat (epsilon, >=, .999);
  for (guint i = 0; with_files && i < N_SITES; i++)
    {
      g_assert_cmpfloat (get_spent (fixture, i), <=, mu2_of (1));
      g_assert_cmpfloat (get_spent (fixture, i), >=, mu2_of (.999));
    }
  second = make_run (fixture, "0.1", NULL);
  assert_refused (second, "epsilon 0.9999 was spent before and this run costs epsilon 0.9999");
}

/* What is paid for is paid for, though nothing came of it: noise as small as this cannot be drawn
   exactly, which is found when the round is closed and the ledgers have its cost. */
static void
test_no_refund (Fixture *fixture, gconstpointer data)
{
  const double z = 1e-3;

  set_budgets (fixture, NAN, TRUE);
  for (guint run = 1; run <= 2; run++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = make_run (fixture, "1e-3", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (genesis_federated_generator_train (generator, 0, NULL, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, "cannot be drawn exactly"));
      for (guint i = 0; i < N_SITES; i++)
        g_assert_cmpfloat_with_epsilon (get_spent (fixture, i), run / (z * z), 1e-3);
    }
}

/* Noise for a round that was sent, when what was sent is lost, is another release. */
static void
test_fresh_noise (Fixture *fixture, gconstpointer data)
{
  GenesisParticipant *participant = genesis_participant_new (g_object_ref (fixture->sites[0]), 0);
  g_autoptr (GPtrArray) all =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_participant_free);
  g_autoptr (GenesisSpend) spend = genesis_spend_new ("run", 1, "plan");
  g_autoptr (GError) error = NULL;
  static const guint n_paid[] = { 1, 1, 2 };

  set_budgets (fixture, 10, TRUE);
  g_ptr_array_add (all, participant);
  participant->is_accepted = TRUE;
  g_assert_true (genesis_spend_add (spend, "all", 1, 2, &error));
  for (guint i = 0; i < G_N_ELEMENTS (n_paid); i++)
    {
      /* killed before it was sent: paid already; after: not */
      g_assert_true (genesis_spending_reserve (all, spend, &error));
      genesis_spending_release (all);
      g_assert_cmpfloat_with_epsilon (get_spent (fixture, 0), n_paid[i] * .25, 1e-9);
      if (i == 0)
        continue;
      g_assert_true (genesis_spending_settle (all, spend, i == 1 ? "sent" : "sent again", &error));
      genesis_spending_release (all);
    }
  g_assert_no_error (error);
}

/* The ledger says of each round what each group of blocks cost, under which noise, and what was
   sent: together what the round cost, and the shares are the plan's (here equal ones). */
static void
test_groups (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_ledger (fixture, 0);
  g_autofree char *text = NULL;
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *releases;

  set_budgets (fixture, 1, TRUE);
  generator = make_run (fixture, "0.1", NULL);
  train (generator, 1, 0);
  text = genesis_privacy_ledger_describe (path, 1e-5, &error);
  g_assert_no_error (error);
  root = json_from_string (text, NULL);
  releases = json_object_get_array_member (json_node_get_object (root), "releases");
  g_assert_cmpuint (json_array_get_length (releases), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *release = json_array_get_object_element (releases, i);
      JsonArray *groups = json_object_get_array_member (release, "groups");
      const double mu2 = json_object_get_double_member (release, "mu2");
      const guint n = json_array_get_length (groups);
      double sum = 0;

      g_assert_cmpstr (json_object_get_string_member (release, "state"), ==, "sent");
      g_assert_cmpuint (strlen (json_object_get_string_member (release, "sent")), ==, 64);
      g_assert_cmpuint (n, >=, 2);
      for (guint k = 0; k < n; k++)
        {
          JsonObject *group = json_array_get_object_element (groups, k);
          const double ratio = json_object_get_double_member (group, "sensitivity")
                               / json_object_get_double_member (group, "sigma");

          g_assert_cmpfloat_with_epsilon (ratio * ratio, mu2 / n, 1e-9);
          sum += json_object_get_double_member (group, "mu2");
        }
      g_assert_cmpfloat_with_epsilon (sum, mu2, 1e-15);
      g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (groups, 0),
                                                      "group"),
                       ==, "rows");
    }
}

/* A run with more noise than its budgets ask for spends less, and leaves room. */
static void
test_room (Fixture *fixture, gconstpointer data)
{
  set_budgets (fixture, 1, TRUE);
  for (guint run = 1; run <= 3; run++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = make_run (fixture, "20", NULL);

      train (generator, 1, 0);
      g_assert_cmpfloat_with_epsilon (get_spent (fixture, 0), run * 2 / 400., 1e-9);
    }
}

/* What was spent while there was no budget counts when there is one. */
static void
test_spent_before_the_budget (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) loose = NULL;
  g_autoptr (GenesisFederatedGenerator) tight = NULL;

  set_budgets (fixture, NAN, TRUE);
  loose = make_run (fixture, "1", NULL);
  train (loose, 1, 0);
  g_assert_cmpfloat_with_epsilon (get_spent (fixture, 2), 2, 1e-9);
  set_budgets (fixture, 1, TRUE);
  tight = make_run (fixture, "0.1", NULL);
  assert_refused (tight, "was spent before");
}

/* A durable run that is taken up again pays for the rounds to come; one begun anew pays for all. */
static void
test_taken_up_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "run", NULL);
  g_autoptr (GenesisFederatedGenerator) begun = NULL;
  g_autoptr (GenesisFederatedGenerator) continued = NULL;
  g_autoptr (GenesisFederatedGenerator) anew = NULL;
  double half;

  set_budgets (fixture, 1, TRUE);
  begun = make_run (fixture, "0.1", folder);
  train (begun, 1, 1);
  half = get_spent (fixture, 1);
  g_assert_cmpfloat_with_epsilon (half, mu2_of (1) / 2, 1e-4);
  g_clear_object (&begun);

  continued = make_run (fixture, "0.1", folder);
  train (continued, 1, 0);
  g_assert_cmpfloat_with_epsilon (get_spent (fixture, 1), 2 * half, 1e-9);
  g_clear_object (&continued);

  anew = make_run (fixture, "0.1", folder);
  g_object_set (anew, "fresh", TRUE, NULL);
  assert_refused (anew, "was spent before");
}

/* One site that has nothing left is absent; the others go on without it. */
static void
test_one_site_is_out (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_ledger (fixture, 3);
  g_autoptr (GenesisSpendLedger) ledger = NULL;
  g_autoptr (GenesisSpend) spend = genesis_spend_new ("elsewhere", 1, "plan");
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_budgets (fixture, 1, TRUE);
  ledger = genesis_spend_ledger_open (path, "site-3", &error);
  g_assert_true (genesis_spend_add (spend, "all", sqrt (mu2_of (.5)), 1, &error));
  g_assert_true (genesis_spend_ledger_reserve (ledger, spend, NULL, NULL, NULL, &error));
  g_clear_pointer (&ledger, genesis_spend_ledger_unref);

  generator = make_run (fixture, "0.1", NULL);
  result = genesis_federated_generator_train (generator, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_sites (result), ==, 3);
  g_assert_cmpfloat_with_epsilon (get_spent (fixture, 3), mu2_of (.5), 1e-9);
  g_assert_cmpfloat (get_spent (fixture, 0), >, mu2_of (.99));
}

/* Too few sites, from the start or from round 2 on: no total, and nothing is paid for one. */
static void
test_too_few_sites (Fixture *fixture, gconstpointer data)
{
  for (guint n_good = 0; n_good <= 2; n_good += 2) /* passes over the rows: counting, round 1 */
    {
      g_autoptr (GenesisTable) table = federation_fixture_rows (1, N_SITES, N_ROWS);
      g_autoptr (GenesisFederatedGenerator) generator = NULL;
      g_autoptr (GError) error = NULL;

      g_object_unref (fixture->sites[3]);
      fixture->sites[3] = federation_fixture_failing_site ("site-3", table, n_good);
      set_budgets (fixture, 2, TRUE);
      generator = make_run_of (fixture, "0.1", "4", NULL);
      g_object_set (generator, "max-retries", 0, NULL);
      g_assert_null (genesis_federated_generator_train (generator, 0, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, "fewer than min_sites 4"));
      for (guint i = 0; i < N_SITES; i++)
        g_assert_cmpfloat_with_epsilon (get_spent (fixture, i), n_good / 2 * mu2_of (2) / 2, 1e-4);
    }
}

/* A ledger that another run holds keeps its site out. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dup_ledger (fixture, 0);
  g_autoptr (GError) error = NULL;
  GenesisSpendLedger *ledger = genesis_spend_ledger_open (path, "site-0", &error);
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;

  set_budgets (fixture, 1, TRUE);
  generator = make_run (fixture, "0.1", NULL);
  result = genesis_federated_generator_train (generator, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_sites (result), ==, 3);
  genesis_spend_ledger_unref (ledger);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)
  ADD ("/spending/production/in-memory", NULL, test_production);
  ADD ("/spending/production/in-ledgers", "files", test_production);
  ADD ("/spending/what-was-not-released-is-not-refunded", NULL, test_no_refund);
  ADD ("/spending/fresh-noise-is-paid-for", NULL, test_fresh_noise);
  ADD ("/spending/each-group-has-its-cost", NULL, test_groups);
  ADD ("/spending/more-noise-leaves-room", NULL, test_room);
  ADD ("/spending/before-the-budget-counts", NULL, test_spent_before_the_budget);
  ADD ("/spending/taken-up-again", NULL, test_taken_up_again);
  ADD ("/spending/one-site-is-out", NULL, test_one_site_is_out);
  ADD ("/spending/too-few-sites-pay-nothing", NULL, test_too_few_sites);
  ADD ("/spending/held-by-another-run", NULL, test_held);
  return g_test_run ();
}
