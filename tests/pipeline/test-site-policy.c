/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-pipeline.h>
#include <genesis/genesis-site-policy.h>

#include "pipeline-fixture.h"

/* What a site's policy says, and what a run is told that asks for more. */

static GenesisSitePolicy *
load (Fixture *fixture, const char *text, GError **error)
{
  g_autofree char *path = fixture_path (fixture, "site.policy");

  fixture_write (fixture, "site.policy", text);
  return genesis_site_policy_load (path, error);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSitePolicy) policy =
      load (fixture, "# ours\n[policy]\nprivacy_budget=0.5\nmin_samples=200\nrounds=7\n", &error);
  g_autoptr (GenesisSitePolicy) empty = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (genesis_site_policy_get_path (policy), "/site.policy"));
  g_assert_cmpfloat (genesis_site_policy_get_privacy_budget (policy), ==, .5);
  g_assert_cmpuint (genesis_site_policy_get_min_samples (policy), ==, 200);
  g_assert_cmpuint (genesis_site_policy_get_rounds (policy), ==, 7);
  empty = load (fixture, "[policy]\n", &error);
  g_assert_no_error (error);
  g_assert_true (isnan (genesis_site_policy_get_privacy_budget (empty)));
  g_assert_cmpuint (genesis_site_policy_get_min_samples (empty), ==, 0);
  g_assert_cmpuint (genesis_site_policy_get_rounds (empty), ==, 0);
}

static void
test_not_understood (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "", "no group [policy]" },
    { "[polcy]\n", "line 1: group [polcy] is none of a policy" },
    { "[policy]\n[site:north]\n", "line 2: group [site:north] is none of a policy" },
    { "[policy]\n\nmin_cel=5\n", "line 3: unknown key 'min_cel'; did you mean 'min_cell'?" },
    { "[policy]\nzzz=5\n", "line 2: unknown key 'zzz'; known are generators, " },
    { "[policy]\nrounds=0\n", "line 2: rounds: '0' is not a whole number from 1 to 64" },
    { "[policy]\nrounds=65\n", "rounds: '65' is not a whole number" },
    { "[policy]\nprivacy_budget=0\n", "privacy_budget: '0' is not a number above 0" },
    { "[policy]\nprivacy_budget=-1\n", "privacy_budget: '-1' is not a number above 0" },
    { "[policy]\nprivacy_budget=nan\n", "privacy_budget: 'nan' is not a number above 0" },
    { "[policy]\nprivacy_budget=inf\n", "privacy_budget: 'inf' is not a number above 0" },
    { "[policy]\nmin_samples=-1\n", "min_samples: '-1' is not a whole number" },
    { "[policy]\nmin_cell=many\n", "min_cell: 'many' is not a whole number" },
    { "[policy]\ncolumns=\n", "columns: no value" },
    { "[policy]\ngenerators=;;\n", "generators: names none, so nothing could be asked" },
    { "[policy]\nplugin.fedavg.sha256=12\n", "not 64 hexadecimal digits" },
    { "[policy]\nrounds=1\nrounds=2\n", "key 'rounds' appears twice" },
    { "rounds=1\n", "a key before the first [group]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load (fixture, cases[i].text, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, "site.policy"));
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

/* The stricter one of what the policy and the run's own file say. */
static void
test_only_tightens (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSitePolicy) policy =
      load (fixture, "[policy]\nprivacy_budget=0.5\nmin_samples=200\n", &error);
  g_autoptr (GenesisSitePolicy) silent = load (fixture, "[policy]\n", &error);
  g_autoptr (GenesisSiteConfig) config = genesis_site_config_new ("north");

  genesis_site_config_set_policy (config, policy);
  g_assert_cmpfloat (genesis_site_config_get_privacy_budget (config), ==, .5);
  g_assert_cmpuint (genesis_site_config_get_min_samples (config), ==, 200);
  genesis_site_config_set_privacy_budget (config, 2);
  genesis_site_config_set_min_samples (config, 10);
  g_assert_cmpfloat (genesis_site_config_get_privacy_budget (config), ==, .5);
  g_assert_cmpuint (genesis_site_config_get_min_samples (config), ==, 200);
  genesis_site_config_set_privacy_budget (config, .25);
  genesis_site_config_set_min_samples (config, 300);
  g_assert_cmpfloat (genesis_site_config_get_privacy_budget (config), ==, .25);
  g_assert_cmpuint (genesis_site_config_get_min_samples (config), ==, 300);
  genesis_site_config_set_policy (config, silent);
  g_assert_cmpfloat (genesis_site_config_get_privacy_budget (config), ==, .25);
}

/* -- in a run --------------------------------------------------------------- */

#define NO_SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* A policy, and what a run of one site hears of it; code 0: it is let in. */
static const struct
{
  const char *policy;
  int code;
  const char *message;
} runs[] = {
  { "", 0, "" },
  { "generators=org.example.tally;gaussian_copula\naggregators=org.example.sum\n", 0, "" },
  { "columns=sex; age; height\nrounds=3\nmin_cell=1\nmin_samples=3\n", 0, "" },
  { "generators=gaussian_copula\n", 77,
    "does not allow generator 'org.example.tally'; choose one that it allows "
    "(genesis.gaussian_copula)" },
  { "aggregators=secure_dp\n", 77, "does not allow aggregator 'org.example.sum'" },
  { "columns=sex\n", 77, "does not allow column 'age'" },
  { "rounds=2\n", 77, "allows 2 rounds and the run may ask 3" },
  { "min_cell=5\n", 77, "lets no count below min_cell 5 leave without noise" },
  { "plugin.org.example.sum.sha256=" NO_SHA "\n", 77,
    "allows another file of aggregator 'org.example.sum'" },
  { "privacy_budget=1\n", 77, "has a privacy_budget" },
  { "min_samples=4\n", 75, "3 rows, fewer than min_samples 4" },
  { "min_cel=5\n", 78, "did you mean 'min_cell'?" },
};

static void
test_runs (Fixture *fixture, gconstpointer data)
{
  fixture_write (fixture, "north.csv", "age,sex\n31,m\n42,f\n53,m\n");
  fixture_write (fixture, "demo.ini",
                 "[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\nrounds=3\n"
                 "[site:north]\npath=north.csv\nmin_samples=1\npolicy=site.policy\n");
  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *text = g_strconcat ("[policy]\n", runs[i].policy, NULL);
      g_auto (Outcome) outcome = { 0 };

      fixture_write (fixture, "site.policy", text);
      fixture_run (fixture, &outcome, "run demo.ini --fresh");
      g_test_message ("%s: %s", runs[i].policy, outcome.err);
      g_assert_cmpint (outcome.code, ==, runs[i].code);
      g_assert_nonnull (strstr (outcome.err, runs[i].message));
      if (runs[i].code == 77)
        g_assert_nonnull (strstr (outcome.err, "north"));
    }
}

/* A site that is kept out by its own policy is absent, and the others go on. */
static void
test_absent (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) node = NULL;

  fixture_write (fixture, "north.csv", "age,sex\n31,m\n42,f\n53,m\n");
  fixture_write (fixture, "south.csv", "age,sex\n64,f\n75,m\n");
  fixture_write (fixture, "site.policy", "[policy]\ncolumns=sex\n");
  fixture_write (fixture, "demo.ini",
                 "[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\n"
                 "[site:north]\npath=north.csv\nmin_samples=1\npolicy=site.policy\n"
                 "[site:south]\npath=south.csv\nmin_samples=1\n");
  fixture_run (fixture, &outcome, "run demo.ini --json");
  g_assert_cmpint (outcome.code, ==, 0);
  node = outcome_json (&outcome);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "n_sites"), ==, 1);
  g_assert_nonnull (strstr (outcome.out, "does not allow column 'age'"));
}

/* The rows of a site that its policy keeps out are not read, neither for a draft nor to be counted:
   nobody hears that this table cannot be. */
static void
test_unread (Fixture *fixture, gconstpointer data)
{
  static const char *const schemas[] = { "", "[schema]\nfile=schema.json\n" };

  fixture_write (fixture, "north.csv", "age,sex\n31\n");
  fixture_write (fixture, "south.csv", "age,sex\n64,f\n75,m\n");
  fixture_write (fixture, "site.policy", "[policy]\ngenerators=gaussian_copula\n");
  fixture_write (fixture, "schema.json",
                 "{\"format\": \"genesis-schema/1\", \"columns\": ["
                 "{\"name\": \"age\", \"type\": \"integer\", \"min\": 0, \"max\": 99},"
                 "{\"name\": \"sex\", \"type\": \"category\", \"categories\": [\"f\", \"m\"]}]}");
  for (gsize i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      g_autofree char *text =
          g_strconcat ("[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\n",
                       schemas[i],
                       "[site:north]\npath=north.csv\nmin_samples=1\npolicy=site.policy\n"
                       "[site:south]\npath=south.csv\nmin_samples=1\n",
                       NULL);
      g_auto (Outcome) outcome = { 0 };
      g_autoptr (JsonNode) node = NULL;

      fixture_write (fixture, "demo.ini", text);
      fixture_run (fixture, &outcome, "run demo.ini --fresh --json");
      g_test_message ("%s", outcome.err);
      g_assert_cmpint (outcome.code, ==, 0);
      node = outcome_json (&outcome);
      g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "n_sites"), ==, 1);
      g_assert_nonnull (strstr (outcome.out, "does not allow generator 'org.example.tally'"));
    }
}

static void
test_missing_file (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  fixture_write (fixture, "north.csv", "age,sex\n31,m\n");
  fixture_write (fixture, "demo.ini",
                 "[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\n"
                 "[site:north]\npath=north.csv\npolicy=none.policy\n");
  fixture_run (fixture, &outcome, "config check demo.ini");
  g_assert_cmpint (outcome.code, ==, 66);
  g_assert_nonnull (strstr (outcome.err, "demo.ini, line 6, group [site:north]"));
  g_assert_nonnull (strstr (outcome.err, "none.policy"));
}

/* -- whose budget it is ----------------------------------------------------- */

static void
test_shared_dataset (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  fixture_write (fixture, "north.csv", "age,sex\n31,m\n");
  fixture_write (fixture, "south.csv", "age,sex\n64,f\n");
  fixture_write (fixture, "demo.ini",
                 "[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\n"
                 "[site:north]\npath=north.csv\ndataset=ward\n"
                 "[site:south]\npath=south.csv\ndataset=ward\n");
  fixture_run (fixture, &outcome, "config check demo.ini");
  g_assert_cmpint (outcome.code, ==, 78);
  g_assert_nonnull (strstr (outcome.err, "would share the privacy ledger of data set 'ward'"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("/site-policy/file/values", test_values);
  ADD ("/site-policy/file/what-is-not-understood-is-refused", test_not_understood);
  ADD ("/site-policy/only-tightens", test_only_tightens);
  ADD ("/site-policy/run/is-told-what-is-not-allowed", test_runs);
  ADD ("/site-policy/run/goes-on-without-the-site", test_absent);
  ADD ("/site-policy/run/reads-no-row-of-a-site-that-refuses", test_unread);
  ADD ("/site-policy/run/missing-file-is-66", test_missing_file);
  ADD ("/site-policy/dataset/two-sites-do-not-share-one", test_shared_dataset);
  return g_test_run ();
}
