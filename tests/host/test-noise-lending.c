/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-aggregation-private.h"
#include "host/genesis-generator-private.h"

#include "plugin-fixture.h"

#define SIGMA_FACTOR 4.0 /* of org.example.noisy-sum */
#define CELL         100

typedef struct
{
  GenesisPluginHost *host;
  genesis_abi_session session;
  GHashTable *settings;
  GenesisPlan *plan;
  guint64 n_draws, largest;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GenesisGenerator) generator = NULL;
  g_autoptr (GError) error = NULL;
  gboolean finished;

  f->host = genesis_plugin_host_new ();
  f->session = make_session ();
  f->settings = g_hash_table_new (g_str_hash, g_str_equal);
  generator = genesis_generator_new (load_plugin (f->host, "tally", "org.example.tally"),
                                     &f->session, schema, NULL, 1, &error);
  g_assert_no_error (error);
  f->plan = genesis_generator_plan (generator, NULL, &finished, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  genesis_plan_unref (f->plan);
  g_hash_table_unref (f->settings);
  g_object_unref (f->host);
}

/* Instead of noise: the deviation itself, so that a total tells what was asked. */
static gint64
draw (gpointer user_data, guint64 sigma)
{
  Fixture *f = user_data;

  f->n_draws++;
  f->largest = MAX (f->largest, sigma);
  return (gint64)sigma;
}

static GenesisBlocks *
make_total (Fixture *f, const char *deed, double factor, gboolean lend, GenesisNoiseUse *use,
            GError **error)
{
  g_autoptr (GenesisAggregation) aggregation = NULL;
  GenesisBlocks *total;
  genesis_abi_cost cost;

  set_setting (f->settings, "deed", deed);
  aggregation = genesis_aggregation_new (load_plugin (f->host, "hostile", "org.example.noisy-sum"),
                                         &f->session, f->settings, error);
  g_assert_nonnull (aggregation);
  if (lend)
    genesis_aggregation_set_noise_source (aggregation, draw, f, factor);
  if (!genesis_aggregation_open (aggregation, f->plan, &cost, error))
    return NULL;
  total = genesis_aggregation_close (aggregation, error);
  if (total != NULL && use != NULL)
    *use = *genesis_aggregation_get_noise_use (aggregation);
  return total;
}

static void
assert_noisy (Fixture *f, GenesisBlocks *total, double factor)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (total);

  for (guint32 i = 0; i < blocks->n; i++)
    {
      const genesis_abi_block *block = blocks->items[i];
      const double sigma =
          SIGMA_FACTOR * factor * genesis_plan_get_abi (f->plan)->specs[i]->sensitivity;

      g_assert_cmpint (block->shift, >=, 0);
      g_assert_cmpint (block->shift, <=, 24);
      /* the next shift would be too far for one of the two */
      g_assert_true (block->shift == 24 || ldexp (sigma, block->shift + 1) > 0x1p26);
      for (guint64 k = 0; k < block->n; k++)
        g_assert_cmpint (((const gint64 *)block->data)[k], ==,
                         ((gint64)CELL << block->shift)
                             + (gint64)ceil (ldexp (sigma, block->shift)));
    }
}

static void
test_counts_what_it_draws (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisBlocks) total = NULL;
  g_autoptr (GError) error = NULL;
  GenesisNoiseUse use = { 0, 0, 0 };

  total = make_total (f, "honest", 1, TRUE, &use, &error);
  g_assert_no_error (error);
  assert_noisy (f, total, 1);
  g_assert_cmpuint (use.n_cells, ==, genesis_plan_get_n_cells (f->plan));
  g_assert_cmpuint (use.n_cells, ==, f->n_draws);
  g_assert_cmpuint (use.least_sigma, >=, 1 << 16);
  g_assert_cmpuint (f->largest, <=, 1 << 26);
  /* rho of a Gaussian is half its mu^2 */
  g_clear_pointer (&total, genesis_blocks_unref);
  total = make_total (f, "rho", 1, TRUE, NULL, &error);
  g_assert_no_error (error);
}

static void
test_multiplies_by_rows_and_weights (Fixture *f, gconstpointer unused)
{
  static const double factors[] = { 2, 3, 1000, 1e6 };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      g_autoptr (GenesisBlocks) total = NULL;
      g_autoptr (GError) error = NULL;

      total = make_total (f, "honest", factors[i], TRUE, NULL, &error);
      g_assert_no_error (error);
      assert_noisy (f, total, factors[i]);
    }
}

/* What close () writes after the draw is not released. */
static void
test_noise_stays (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisBlocks) total = NULL;
  g_autoptr (GError) error = NULL;

  total = make_total (f, "writes-later", 1, TRUE, NULL, &error);
  g_assert_no_error (error);
  assert_noisy (f, total, 1);
}

static void
test_refusals (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *deed, *part;
    int code;
  } cases[] = {
    { "halves-sigma", "the noise that was drawn costs mu^2", GENESIS_ERROR_PLUGIN },
    { "doubles-sigma", "the noise that was drawn costs mu^2", GENESIS_ERROR_PLUGIN },
    { "splits-otherwise", "the noise of group 'rows' costs mu^2", GENESIS_ERROR_PLUGIN },
    { "forgets-one", "block 'rows' would be released without noise", GENESIS_ERROR_PLUGIN },
    { "draws-twice", "noise was asked twice for one block", GENESIS_ERROR_PLUGIN },
    { "draws-at-open", "noise is lent in close () alone", GENESIS_ERROR_PLUGIN },
    { "other-total", "noise is added to the total that close () was given", GENESIS_ERROR_PLUGIN },
    { "no-sigma", "sigma is not a finite number above 0", GENESIS_ERROR_PLUGIN },
    { "far-block", "a block that the plan does not have", GENESIS_ERROR_PLUGIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (make_total (f, cases[i].deed, 1, TRUE, NULL, &error));
      assert_message (error, GENESIS_ERROR, cases[i].code, cases[i].part);
    }
}

static void
test_without_a_source (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (make_total (f, "honest", 1, FALSE, NULL, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, "noise is lent in close () alone");
}

/* Deviations that cannot be drawn exactly are refused, never rounded into range. */
static void
test_range (Fixture *f, gconstpointer unused)
{
  static const double factors[] = { 1e-9, 1e9 };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (make_total (f, "honest", factors[i], TRUE, NULL, &error));
      assert_message (error, GENESIS_ERROR, GENESIS_ERROR_REFUSED, "cannot be drawn exactly");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/noise-lending/counts-what-it-draws", test_counts_what_it_draws);
  ADD ("/noise-lending/multiplies-by-rows-and-weights", test_multiplies_by_rows_and_weights);
  ADD ("/noise-lending/what-is-written-later-is-not-released", test_noise_stays);
  ADD ("/noise-lending/refuses/noise-other-than-stated", test_refusals);
  ADD ("/noise-lending/refuses/a-cost-without-noise", test_without_a_source);
  ADD ("/noise-lending/refuses/deviations-out-of-range", test_range);
#undef ADD
  return g_test_run ();
}
