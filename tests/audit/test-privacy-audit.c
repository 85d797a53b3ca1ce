/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Whole private runs, attacked: what a canary adds, which uses up every bound, is in the data or
   not, and who sees what was released guesses which. How often the best guess is wrong says, with a
   confidence of 99.8 %, how much the runs told at least: no more than they claim, and nearly all of
   it, as nothing that could be added is worse than the canary. */
#include "config.h"

#include "../federation/federation-fixture.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-privacy.h>

#include "plugin-canary.h"
#include "error-bound.h"

#define DELTA 1e-5

typedef enum
{
  BY_NOISE_SCALE,
  BY_EPSILON,
  BY_SITE_BUDGET
} Limit;

/**
 * Audit:
 * @limit: what decides how much the rounds may spend
 * @settings: of secure_dp beside it: "name", "value", ..., NULL
 * @weight: of the site with the canary; the other's is 1
 * @n_canaries: rows of the person, or of the site
 * @clip: what is left of each row
 * @is_large: audited with as many runs as mu .5 needs
 */
typedef struct
{
  const char *name;
  Limit limit;
  guint rounds;
  const char *settings[7];
  double weight;
  guint n_canaries;
  gboolean is_replaced, is_large;
  double clip;
} Audit;

static const Audit audits[] = {
  { "record", BY_NOISE_SCALE, 1, { NULL }, 1, 1, FALSE, TRUE, 1 },
  { "record/epsilon-over-rounds", BY_EPSILON, 3, { NULL }, 1, 1, FALSE, FALSE, 1 },
  { "record/budget-of-a-site", BY_SITE_BUDGET, 2, { NULL }, 1, 1, FALSE, FALSE, 1 },
  { "record/weight", BY_NOISE_SCALE, 1, { NULL }, 3, 1, FALSE, FALSE, 1 },
  { "record/replaced", BY_NOISE_SCALE, 1, { "neighbours", "replace" }, 1, 1, TRUE, FALSE, 1 },
  { "record/clipped", BY_NOISE_SCALE, 1, { "clip_threshold", "0.5" }, 1, 1, FALSE, FALSE, .5 },
  { "person", BY_NOISE_SCALE, 1, { "max_rows_per_person", "4" }, 1, 4, FALSE, FALSE, 1 },
  { "site", BY_NOISE_SCALE, 1, { "unit", "site", "max_rows_per_site", "9" }, 1, 9, FALSE, TRUE, 1 },
};

/* -- runs --------------------------------------------------------------------------- */

typedef struct
{
  const Audit *audit;
  double mu;    /* that all groups of all rounds may cost */
  double claim; /* without that of rows whose number all know */
  GenesisPluginHost *host;
  GenesisTable *absent, *present, *other; /* rows of the canary's site, and of the other */
  char *limit;                            /* noise_scale, or epsilon */
  double budget;
} Setup;

static GenesisTable *
make_rows (guint n, const char *what)
{
  static const char *const kinds[] = { "minus", "none", "plus", NULL };
  g_autoptr (GenesisField) field = genesis_field_new_category ("canary", kinds);
  g_autofree const char **texts = g_new (const char *, n + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, &error);
  GenesisTable *rows;

  g_assert_no_error (error);
  rows = genesis_table_new (schema, n);
  for (guint i = 0; i < n; i++)
    texts[i] = what;
  genesis_table_set_column_text (rows, 0, texts, n, &error);
  g_assert_no_error (error);
  return rows;
}

static void
load (GenesisPluginHost *host, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv (folder), name, NULL);
  g_autoptr (GError) error = NULL;

  genesis_plugin_host_load_file (host, path, &error);
  g_assert_no_error (error);
}

static void
set_up (Setup *self, const Audit *audit, double mu)
{
  double epsilon;

  g_assert_true (genesis_privacy_epsilon (mu, DELTA, &epsilon, NULL));
  self->audit = audit;
  self->mu = mu;
  self->claim = audit->is_replaced ? mu * sqrt (1 - canary_blocks[0].share) : mu;
  self->host = genesis_plugin_host_new ();
  load (self->host, "GENESIS_TEST_PLUGIN_DIR", "secure_dp.so");
  load (self->host, "GENESIS_TEST_AUDIT_DIR", "canary.so");
  self->present = make_rows (audit->n_canaries, "plus");
  self->absent = make_rows (audit->is_replaced ? 1 : 0, "minus");
  self->other = make_rows (7, "none");
  self->limit = g_strdup_printf ("%.17g", audit->limit == BY_NOISE_SCALE ? 1 / mu : epsilon);
  self->budget = audit->limit == BY_SITE_BUDGET ? epsilon : 2 * epsilon;
}

static void
tear_down (Setup *self)
{
  g_object_unref (self->absent);
  g_object_unref (self->present);
  g_object_unref (self->other);
  g_object_unref (self->host);
  g_free (self->limit);
}

static void
add_site (GenesisFederatedGenerator *generator, const char *name, GenesisTable *rows, double weight,
          double budget)
{
  GenesisDataSite *site = federation_fixture_site (name, rows, 0);
  GenesisSiteConfig *config = genesis_data_site_get_config (site);

  genesis_site_config_set_weight (config, weight);
  genesis_site_config_set_privacy_budget (config, budget);
  federation_fixture_add (generator, site);
}

static GenesisFederatedGenerator *
make_run (const Setup *self, gboolean is_present)
{
  const Audit *audit = self->audit;
  g_autoptr (GenesisAggregator) aggregator = genesis_secure_aggregator_new ();
  GenesisFederatedGenerator *run;

  if (audit->limit != BY_SITE_BUDGET)
    genesis_aggregator_set_setting (aggregator,
                                    audit->limit == BY_EPSILON ? "epsilon" : "noise_scale",
                                    self->limit);
  for (guint i = 0; audit->settings[i] != NULL; i += 2)
    genesis_aggregator_set_setting (aggregator, audit->settings[i], audit->settings[i + 1]);
  run = genesis_federated_generator_new (self->host, aggregator, "org.example.canary");
  g_object_set (run, "rounds", audit->rounds, "threads", 1, NULL);
  add_site (run, "canary", is_present ? self->present : self->absent, audit->weight, self->budget);
  add_site (run, "other", self->other, 1, self->budget);
  return run;
}

/* -- the best guess ------------------------------------------------------------------ */

/* How likely the released cells are with the canary and without it: the sum over all cells of
   (x - middle) shift / sigma^2, above 0 when it is the likelier. Middle and shift follow from what
   is in the tables, sigma from what the plan declares; nothing of it from what was released. */
static double
weigh_evidence (const Setup *self, const double *released, double round_mu2)
{
  const Audit *audit = self->audit;
  const double weight = audit->weight * audit->n_canaries;
  double sum = 0;
  guint at = 0;

  for (guint i = 0; i < CANARY_BLOCKS; i++)
    {
      const CanaryBlock *block = &canary_blocks[i];
      const double bound = block->norm == GENESIS_ABI_NORM_LINF ? block->bound * 2
                                                                : block->bound; /* of four cells */
      const double most = bound * (audit->is_replaced ? 2 : 1) * audit->clip * weight;
      const double sigma2 = most * most / (block->share * round_mu2);

      for (guint k = 0; k < block->n_cells; k++, at++)
        {
          const double cell = (double)block->cells[k] * audit->clip * weight;
          const double shift = audit->is_replaced ? 2 * cell : cell;
          const double absent = (audit->is_replaced ? -cell : 0) + (i == 0 ? 7 * audit->clip : 0);

          if (audit->is_replaced && i == 0)
            continue; /* all know how many rows there are */
          sum += (released[at] - absent - shift / 2) * shift / sigma2;
        }
    }
  return sum;
}

/* Whether the guess is that the canary is in. */
static gboolean
guess (const Setup *self, gboolean is_present)
{
  const double round_mu2 = self->mu * self->mu / self->audit->rounds;
  g_autoptr (GenesisFederatedGenerator) run = make_run (self, is_present);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (run, 0, NULL, &error);
  g_autoptr (GenesisModel) model = NULL;
  double claim = 0, evidence = 0;

  g_assert_no_error (error);
  model = genesis_federated_generator_ref_model (run, "to look at", &error);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, self->audit->rounds);
  for (guint i = 0; i < self->audit->rounds; i++)
    {
      g_autofree char *name = g_strdup_printf ("round-%02u", i + 1);
      const genesis_abi_block *block = genesis_blocks_find (model->state, name);

      g_assert_cmpuint (block->n, ==, CANARY_CELLS);
      evidence += weigh_evidence (self, block->data, round_mu2);
      claim += genesis_round_info_get_mu2 (genesis_training_result_get_round (result, i));
    }
  /* what the run says that it cost, less by the margin that epsilon leaves */
  g_assert_cmpfloat (sqrt (claim), <=, self->claim * (1 + 1e-9));
  g_assert_cmpfloat (sqrt (claim), >=, self->claim * .999);
  return evidence > 0;
}

static void
run_audit (const Audit *audit, double mu, double part, guint n)
{
  guint false_alarms = 0, misses = 0;
  double bound, low, high;
  Setup setup;

  set_up (&setup, audit, mu);
  error_bound_find_chances (setup.claim, part * setup.claim, n, &low, &high);
  for (guint i = 0; i < n; i++)
    {
      false_alarms += guess (&setup, FALSE);
      misses += !guess (&setup, TRUE);
    }
  tear_down (&setup);
  bound = error_bound_find_half (false_alarms, n) + error_bound_find_half (misses, n);
  g_test_message ("%u runs with and %u without: %u misses, %u false alarms; mu is %.4f at least, "
                  "%.4f is claimed; of correct builds this fails %.2g, low, and %.2g, high",
                  n, n, misses, false_alarms, bound, setup.claim, low, high);
  g_assert_cmpfloat (bound, <, setup.claim);
  g_assert_cmpfloat (bound, >, part * setup.claim);
}

/* At the size at which a correct build seldom fails: 1 in 100,000. */
static void
test_audit (gconstpointer data)
{
  run_audit (data, 2, .8, 2000);
}

/* As many runs as mu .5 needs. */
static void
test_large_audit (gconstpointer data)
{
  run_audit (data, .5, .8, 20000);
}

/* Few runs, which tell half of a claim, and twice as much, from all of it. */
static void
test_small_audit (gconstpointer data)
{
  run_audit (data, 3, .7, 600);
}

/* 20,000 runs each way at mu .5: 2.1 in 10,000 correct builds are found too private, 5.9 in a
   million not private enough. */
static void
test_chances (void)
{
  double low, high;

  error_bound_find_chances (.5, .4, 20000, &low, &high);
  g_test_message ("low %.3g, high %.3g", low, high);
  g_assert_cmpfloat_with_epsilon (low, 2.13e-4, 1e-6);
  g_assert_cmpfloat_with_epsilon (high, 5.88e-6, 1e-8);
}

/* A plugin whose rows add a thousand times what it declares is neither built in nor pinned: its
   rows are brought back to their bounds, so that noise hides them, here little of it. Each cell is
   where an honest canary moves it; n = 12 cells, within 8 sigma but once in 1e14 runs. */
static void
test_excess (void)
{
  const double z = .05;
  Setup setup;
  g_autoptr (GenesisFederatedGenerator) run = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GenesisModel) model = NULL;
  g_autoptr (GError) error = NULL;
  const double *released;
  guint at = 1;

  set_up (&setup, &audits[0], 1 / z);
  run = make_run (&setup, TRUE);
  genesis_federated_generator_set_setting (run, "excess", "1000");
  result = genesis_federated_generator_train (run, 0, NULL, &error);
  g_assert_no_error (error);
  model = genesis_federated_generator_ref_model (run, "to look at", &error);
  released = genesis_blocks_find (model->state, "round-01")->data;
  for (guint i = 1; i < CANARY_BLOCKS; i++)
    for (guint k = 0; k < canary_blocks[i].n_cells; k++, at++)
      {
        const CanaryBlock *block = &canary_blocks[i];
        const double bound = block->norm == GENESIS_ABI_NORM_LINF ? 2 * block->bound : block->bound;
        const double sigma = z * bound / sqrt (block->share);

        g_assert_cmpfloat (fabs (released[at] - (double)block->cells[k]), <=, 8 * sigma + 1);
      }
  tear_down (&setup);
}

static void
note_warning (GenesisFederatedGenerator *run, const char *text, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", text);
}

/* Nothing set, three rounds of four groups each: a round costs mu^2 = 100, whatever it asks. */
static void
test_defaults (void)
{
  g_autoptr (GenesisAggregator) aggregator = genesis_secure_aggregator_new ();
  g_autoptr (GenesisFederatedGenerator) run = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GString) warnings = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  double delta;
  Setup setup;

  set_up (&setup, &audits[0], 1);
  run = genesis_federated_generator_new (setup.host, aggregator, "org.example.canary");
  g_object_set (run, "rounds", 3, NULL);
  g_signal_connect (run, "warning", G_CALLBACK (note_warning), warnings);
  add_site (run, "one", setup.present, 1, NAN);
  add_site (run, "other", setup.other, 1, NAN);
  result = genesis_federated_generator_train (run, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (genesis_training_result_get_epsilon (result, &delta), 222.977,
                                  1e-3);
  g_assert_cmpfloat (delta, ==, 1e-5);
  g_test_message ("%s", warnings->str);
  g_assert_nonnull (strstr (warnings->str, "promises little"));
  tear_down (&setup);
}

static void
add (const Audit *audit, const char *runs, GTestDataFunc test)
{
  g_autofree char *path =
      g_strdup_printf ("/privacy-audit/claim-is-kept-and-used/%s/%s", audit->name, runs);

  g_test_add_data_func (path, audit, test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!g_test_slow ())
    {
      g_test_add_func ("/privacy-audit/correct-builds-seldom-fail", test_chances);
      g_test_add_func ("/privacy-audit/rows-that-add-more-than-declared-are-clipped", test_excess);
      g_test_add_func ("/privacy-audit/three-rounds-cost-what-the-defaults-cost", test_defaults);
      add (&audits[0], "600-runs-each", test_small_audit);
      return g_test_run ();
    }
  for (gsize i = 0; i < G_N_ELEMENTS (audits); i++)
    {
      add (&audits[i], "600-runs-each", test_small_audit);
      if (audits[i].is_large)
        add (&audits[i], "20000-runs-each", test_large_audit);
      else
        add (&audits[i], "2000-runs-each", test_audit);
    }
  return g_test_run ();
}
