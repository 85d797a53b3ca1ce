/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-aggregation-private.h"

typedef struct
{
  GenesisPluginHost *host;
  GenesisPlugin *plugin;
  genesis_abi_session session;
  GenesisPlan *plan;
  GHashTable *settings;
  GenesisAggregation *aggregation;
} Fixture;

static GenesisPlan *
make_plan (const genesis_abi_session *session)
{
  static const uint64_t one[] = { 1 }, three[] = { 3 };
  genesis_abi_block_spec rows = {
    .struct_size = sizeof rows,
    .rank = 1,
    .name = "rows",
    .shape = one,
    .norm = GENESIS_ABI_NORM_L2,
    .unit = GENESIS_ABI_UNIT_RECORD,
    .flags = 1,
    .sensitivity = 1,
    .hi = 1,
    .quantum = 1,
  };
  genesis_abi_block_spec sums = rows;
  const genesis_abi_block_spec *specs[] = { &rows, &sums };
  genesis_abi_plan plan = { .struct_size = sizeof plan,
                            .phase = 1,
                            .title = "sums",
                            .n_specs = 2,
                            .specs = specs,
                            .budget_share = 1 };
  GError *error = NULL;
  GenesisPlan *copy;

  sums.name = "sums";
  sums.shape = three;
  sums.group = 1;
  sums.flags = 0;
  sums.lo = -1e6;
  sums.hi = 1e6;
  copy = genesis_plan_new_copy (&plan, session, &error);
  g_assert_no_error (error);
  return copy;
}

static void
set_up (Fixture *self, gconstpointer min_sites)
{
  GError *error = NULL;

  self->host = genesis_plugin_host_new ();
  genesis_plugin_host_add_directory (self->host, g_getenv ("GENESIS_TEST_PLUGIN_DIR"), &error);
  g_assert_no_error (error);
  self->plugin = genesis_plugin_host_lookup (self->host, "fedavg", &error);
  g_assert_no_error (error);
  self->session = (genesis_abi_session){ .struct_size = sizeof self->session,
                                         .n_sites = 3,
                                         .min_sites = 1,
                                         .unit = GENESIS_ABI_UNIT_RECORD,
                                         .rounds = 1,
                                         .n_max = 1 << 20,
                                         .max_weight_q20 = 1 << 20,
                                         .budget_mu2 = INFINITY };
  self->plan = make_plan (&self->session);
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (min_sites != NULL)
    g_hash_table_insert (self->settings, g_strdup ("min_sites"), g_strdup (min_sites));
  self->aggregation =
      genesis_aggregation_new (self->plugin, &self->session, self->settings, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  genesis_aggregation_free (self->aggregation);
  g_hash_table_unref (self->settings);
  genesis_plan_unref (self->plan);
  g_object_unref (self->host);
}

static void
open_round (Fixture *self, genesis_abi_cost *cost)
{
  GError *error = NULL;

  cost->struct_size = sizeof *cost;
  genesis_aggregation_open (self->aggregation, self->plan, cost, &error);
  g_assert_no_error (error);
}

static gboolean
add (Fixture *self, guint site, guint64 weight_q20, gint64 rows, gint64 a, gint64 b, gint64 c,
     GError **error)
{
  g_autoptr (GenesisBlocks) partial =
      genesis_blocks_new_for_plan (self->plan, GENESIS_BUFFER_BACKING_HEAP);
  genesis_abi_sums *sums = genesis_blocks_get_sums (partial);

  sums->data[0][0] = rows;
  sums->data[1][0] = a;
  sums->data[1][1] = b;
  sums->data[1][2] = c;
  return genesis_aggregation_add (self->aggregation, site, rows, weight_q20, partial, error);
}

static void
assert_total (Fixture *self, gint64 rows, gint64 a, gint64 b, gint64 c)
{
  GError *error = NULL;
  g_autoptr (GenesisBlocks) total = genesis_aggregation_close (self->aggregation, &error);
  const gint64 *sums;

  g_assert_no_error (error);
  g_assert_cmpint (genesis_blocks_get_rows (total), ==, rows);
  sums = genesis_blocks_get_abi (total)->items[1]->data;
  g_assert_cmpint (sums[0], ==, a);
  g_assert_cmpint (sums[1], ==, b);
  g_assert_cmpint (sums[2], ==, c);
}

static void
test_plain_sum (Fixture *self, gconstpointer data)
{
  genesis_abi_cost cost = { 0 };
  GError *error = NULL;

  open_round (self, &cost);
  g_assert_cmpuint (cost.flags & 1, ==, 1);
  g_assert_true (genesis_aggregation_is_linear (self->aggregation));
  g_assert_true (add (self, 0, 1 << 20, 10, 1, -2, 3, &error));
  g_assert_true (add (self, 2, 1 << 20, 20, 100, -200, 300, &error));
  g_assert_true (add (self, 1, 1 << 20, 30, 5, 6, -7, &error));
  g_assert_no_error (error);
  assert_total (self, 60, 106, -196, 296);
}

/* Halves are added before they are rounded: 1/2 + 1/2 = 1, and 3/2 rounds up, -3/2 to -1. */
static void
test_weights (Fixture *self, gconstpointer data)
{
  genesis_abi_cost cost = { 0 };
  GError *error = NULL;

  open_round (self, &cost);
  g_assert_true (add (self, 0, 1 << 19, 3, 1, 3, -3, &error));
  g_assert_true (add (self, 1, 1 << 19, 4, 1, 0, 0, &error));
  g_assert_no_error (error);
  assert_total (self, 4, 1, 2, -1);
}

static void
test_second_round_starts_over (Fixture *self, gconstpointer data)
{
  genesis_abi_cost cost = { 0 };
  GError *error = NULL;

  for (guint round = 0; round < 2; round++)
    {
      open_round (self, &cost);
      g_assert_true (add (self, 0, 1 << 20, 1, 1, 1, 1, &error));
      open_round (self, &cost);
      g_assert_true (add (self, 0, 1 << 20, 2, 2, 2, 2, &error));
      g_assert_no_error (error);
      assert_total (self, 2, 2, 2, 2);
    }
}

static void
test_duplicate (Fixture *self, gconstpointer data)
{
  genesis_abi_cost cost = { 0 };
  GError *error = NULL;

  open_round (self, &cost);
  g_assert_true (add (self, 4, 1 << 20, 1, 1, 1, 1, &error));
  g_assert_false (add (self, 4, 1 << 20, 1, 1, 1, 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_clear_error (&error);
}

static void
test_quorum (Fixture *self, gconstpointer data)
{
  genesis_abi_cost cost = { 0 };
  GError *error = NULL;

  open_round (self, &cost);
  g_assert_true (add (self, 0, 1 << 20, 1, 1, 1, 1, &error));
  g_assert_null (genesis_aggregation_close (self->aggregation, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_TOO_FEW_SITES);
  g_clear_error (&error);
}

static void
test_overflow (Fixture *self, gconstpointer data)
{
  genesis_abi_cost cost = { 0 };
  GError *error = NULL;

  open_round (self, &cost);
  g_assert_true (add (self, 0, 1 << 20, 1, G_MAXINT64, 0, 0, &error));
  g_assert_true (add (self, 1, 1 << 20, 1, 1, 0, 0, &error));
  g_assert_no_error (error);
  g_assert_null (genesis_aggregation_close (self->aggregation, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_OVERFLOW);
  g_clear_error (&error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
  add ("/fedavg/total/plain-sum-without-noise", NULL, test_plain_sum);
  add ("/fedavg/total/weights-round-once-half-up", NULL, test_weights);
  add ("/fedavg/round/open-starts-over", NULL, test_second_round_starts_over);
  add ("/fedavg/add/a-site-counts-once", NULL, test_duplicate);
  add ("/fedavg/close/too-few-sites", "2", test_quorum);
  add ("/fedavg/close/overflow-is-told", NULL, test_overflow);
#undef add
  return g_test_run ();
}
