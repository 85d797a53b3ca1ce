/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-aggregation-private.h"
#include "host/genesis-generator-private.h"

#include "plugin-fixture.h"

typedef struct
{
  GenesisPluginHost *host;
  genesis_abi_session session;
  GHashTable *settings;
  GenesisPlan *plan;
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
  f->session.max_weight_q20 = 2 << 20;
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

static GenesisAggregation *
create (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GenesisAggregation *aggregation =
      genesis_aggregation_new (load_plugin (f->host, "tally", "org.example.sum"), &f->session,
                               f->settings, &error);

  g_assert_no_error (error);
  return aggregation;
}

static GenesisBlocks *
make_partial (Fixture *f, gint64 rows, gint64 sum)
{
  GenesisBlocks *partial = genesis_blocks_new_for_plan (f->plan, GENESIS_BUFFER_BACKING_HEAP);

  genesis_blocks_get_sums (partial)->data[0][0] = rows;
  genesis_blocks_get_sums (partial)->data[2][4] = sum;
  return partial;
}

static void
add (Fixture *f, GenesisAggregation *aggregation, guint site, gint64 rows, gint64 sum,
     guint64 weight_q20)
{
  g_autoptr (GenesisBlocks) partial = make_partial (f, rows, sum);
  g_autoptr (GError) error = NULL;

  genesis_aggregation_add (aggregation, site, (guint64)rows, weight_q20, partial, &error);
  g_assert_no_error (error);
}

static void
open_round (Fixture *f, GenesisAggregation *aggregation)
{
  genesis_abi_cost cost;
  g_autoptr (GError) error = NULL;

  genesis_aggregation_open (aggregation, f->plan, &cost, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cost.flags, ==, GENESIS_ABI_COST_NOT_PRIVATE);
  g_assert_cmpfloat (cost.clip, ==, 1);
}

static void
test_total_is_the_weighted_sum (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisAggregation) aggregation = create (f);
  g_autoptr (GenesisBlocks) total = NULL;
  g_autoptr (GenesisBlocks) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_aggregation_is_linear (aggregation));
  open_round (f, aggregation);
  add (f, aggregation, 0, 10, 100, 1 << 20);
  add (f, aggregation, 1, 20, -7, 1 << 19);
  add (f, aggregation, 2, 30, (gint64)1 << 60, 2 << 20);
  total = genesis_aggregation_close (aggregation, &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_blocks_get_rows (total), ==, 10 + 10 + 60);
  g_assert_cmpint (((const gint64 *)genesis_blocks_find (total, "sums")->data)[4], ==,
                   100 - 3 + ((gint64)1 << 61)); /* -3.5 rounds up */
  /* a new round starts at zero, and so does one after an unclosed open */
  open_round (f, aggregation);
  add (f, aggregation, 0, 10, 100, 1 << 20);
  open_round (f, aggregation);
  add (f, aggregation, 1, 5, 1, 1 << 20);
  again = genesis_aggregation_close (aggregation, &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_blocks_get_rows (again), ==, 5);
}

static void
test_order_does_not_matter (Fixture *f, gconstpointer unused)
{
  GenesisBlocks *totals[2];

  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (GenesisAggregation) aggregation = create (f);

      open_round (f, aggregation);
      for (guint i = 0; i < 20; i++)
        {
          guint site = k == 0 ? i : 19 - i;

          add (f, aggregation, site, site, site * 1000003 - 7000000, (1 << 20) - site * 997);
        }
      totals[k] = genesis_aggregation_close (aggregation, NULL);
    }
  g_assert_true (genesis_blocks_equal (totals[0], totals[1]));
  genesis_blocks_unref (totals[0]);
  genesis_blocks_unref (totals[1]);
}

static void
test_quorum_and_weight (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisAggregation) aggregation = NULL;
  g_autoptr (GenesisBlocks) partial = make_partial (f, 1, 1);
  g_autoptr (GError) few = NULL;
  g_autoptr (GError) heavy = NULL;
  g_autoptr (GError) error = NULL;
  guint min_sites = 0;
  GenesisPlugin *sum = load_plugin (f->host, "tally", "org.example.sum");

  set_setting (f->settings, "min_sites", "2");
  g_assert_true (genesis_aggregation_read_min_sites (sum, f->settings, &min_sites, &error));
  g_assert_cmpuint (min_sites, ==, 2);
  aggregation = create (f);
  open_round (f, aggregation);
  g_assert_false (genesis_aggregation_add (aggregation, 0, 1, (2 << 20) + 1, partial, &heavy));
  assert_message (heavy, GENESIS_ERROR, GENESIS_ERROR_OVERFLOW, "weight");
  add (f, aggregation, 0, 1, 1, 1 << 20);
  g_assert_null (genesis_aggregation_close (aggregation, &few));
  assert_message (
      few, GENESIS_ERROR, GENESIS_ERROR_TOO_FEW_SITES,
      "plugin org.example.sum, call close, round 1, 'min_sites': fewer partials than min_sites");
}

static void
test_min_sites_needs_no_instance (Fixture *f, gconstpointer unused)
{
  GenesisPlugin *sum = load_plugin (f->host, "tally", "org.example.sum");
  GenesisPlugin *tally = load_plugin (f->host, "tally", "org.example.tally");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) kind = NULL;
  guint min_sites = 0;

  g_assert_true (genesis_aggregation_read_min_sites (sum, NULL, &min_sites, &error));
  g_assert_cmpuint (min_sites, ==, 1);
  set_setting (f->settings, "min_sites", "0");
  g_assert_false (genesis_aggregation_read_min_sites (sum, f->settings, &min_sites, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "setting 'min_sites'");
  g_assert_false (genesis_aggregation_read_min_sites (tally, NULL, &min_sites, &kind));
  assert_message (kind, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "is a generator");
}

static void
test_settings_and_memory (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisAggregation) aggregation = create (f);
  g_auto (GStrv) list = genesis_aggregation_dup_settings (aggregation);
  guint before = genesis_aggregation_get_n_alive (aggregation);

  g_assert_cmpuint (g_strv_length (list), ==, 1);
  g_assert_cmpstr (list[0], ==, "min_sites=1");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GenesisBlocks) total = NULL;

      open_round (f, aggregation);
      add (f, aggregation, 0, 1, 1, 1 << 20);
      total = genesis_aggregation_close (aggregation, NULL);
      g_assert_nonnull (total);
    }
  g_assert_cmpuint (genesis_aggregation_get_n_alive (aggregation), ==, before);
}

static void
test_hostile_aggregators (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *deed, *part; /* part NULL: passes */
    gboolean at_open;
  } cases[] = {
    { "none", NULL, FALSE },
    { "clobbers-sums", NULL, FALSE },
    { "noisy-rows", "states a privacy cost where no noise is lent", FALSE },
    { "no-cost", "states no privacy cost, nor that its totals are not private", TRUE },
    { "negative-cost", "states a privacy cost below 0", TRUE },
    { "no-clip", "states a clip that is not finite and above 0", TRUE },
    { "more-rows", "block 'rows': the total is below 0 or above what the sites gave", FALSE },
    { "negative-rows", "block 'rows': the total is below 0 or above what the sites gave", FALSE },
    { "beyond-range", "block 'present': a total leaves [-2^62, 2^62]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisAggregation) aggregation = NULL;
      g_autoptr (GenesisBlocks) total = NULL;
      g_autoptr (GError) error = NULL;
      genesis_abi_cost cost;

      set_setting (f->settings, "deed", cases[i].deed);
      aggregation =
          genesis_aggregation_new (load_plugin (f->host, "hostile", "org.example.hostile-sum"),
                                   &f->session, f->settings, &error);
      g_assert_no_error (error);
      if (genesis_aggregation_open (aggregation, f->plan, &cost, &error))
        {
          g_assert_false (cases[i].at_open);
          add (f, aggregation, 0, 10, 1, 1 << 20);
          add (f, aggregation, 1, 7, 1, 1 << 20);
          total = genesis_aggregation_close (aggregation, &error);
        }
      g_assert_true ((total != NULL) == (cases[i].part == NULL));
      if (cases[i].part != NULL)
        assert_message (error, GENESIS_ERROR,
                        g_str_equal (cases[i].deed, "noisy-rows") ? GENESIS_ERROR_UNSUPPORTED
                                                                  : GENESIS_ERROR_PLUGIN,
                        cases[i].part);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/aggregation/total/is-the-weighted-sum", test_total_is_the_weighted_sum);
  ADD ("/aggregation/total/order-does-not-matter", test_order_does_not_matter);
  ADD ("/aggregation/refuses/quorum-and-weight", test_quorum_and_weight);
  ADD ("/aggregation/refuses/impossible-costs-and-totals", test_hostile_aggregators);
  ADD ("/aggregation/settings/min-sites-needs-no-instance", test_min_sites_needs_no_instance);
  ADD ("/aggregation/settings/and-memory", test_settings_and_memory);
#undef ADD
  return g_test_run ();
}
