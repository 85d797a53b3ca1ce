/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-spend-private.h"

#include <math.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-privacy.h>

static void
test_limit (void)
{
  static const double bad[] = { 0, -1, NAN, INFINITY, -INFINITY };
  GenesisSpendLimit limit = { 17, 17, 17 };
  g_autoptr (GError) error = NULL;
  double mu;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (genesis_spend_limit_init (&limit, bad[i], 1e-5, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_clear_error (&error);
      g_assert_cmpuint (limit.units, ==, 17);
    }
  g_assert_true (genesis_spend_limit_init (&limit, 1, 1e-5, &error));
  g_assert_true (genesis_privacy_mu (1, 1e-5, &mu, &error));
  g_assert_cmpfloat (genesis_privacy_budget_to_mu2 (limit.units), <=, mu * mu);
  g_assert_cmpfloat_with_epsilon (genesis_privacy_budget_to_mu2 (limit.units), mu * mu, 1e-11);
  g_assert_cmpfloat (genesis_spend_get_epsilon (limit.units, 1e-5), <=, 1);
  g_assert_cmpfloat_with_epsilon (genesis_spend_get_epsilon (limit.units, 1e-5), 1, 1e-9);
}

/* Costs are rounded up, also where the square of a quotient falls below what it stands for. */
static void
test_costs (void)
{
  static const double bad[][2] = { { 1, 0 },   { 1, -1 },        { 1, NAN },      { NAN, 1 },
                                   { -1, 1 },  { INFINITY, 1 },  { 1, INFINITY }, { 1, 1e-9 },
                                   { 1e9, 1 }, { 1e300, 1e-300 } };
  g_autoptr (GenesisSpend) spend = genesis_spend_new ("run", 1, "plan");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (genesis_spend_add (spend, "counts", bad[i][0], bad[i][1], &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
      g_clear_error (&error);
    }
  g_assert_cmpuint (spend->units, ==, 0);
  g_assert_true (genesis_spend_add (spend, "nothing", 0, 1, &error));
  g_assert_cmpuint (spend->units, ==, 0);
  g_assert_true (genesis_spend_add (spend, "little", 1e-100, 1e100, &error));
  g_assert_cmpuint (spend->units, <=, 1);
  for (int i = 1; i < 1000; i++)
    {
      guint64 before = spend->units;

      g_assert_true (genesis_spend_add (spend, "counts", sqrt (i), 32, &error));
      g_assert_cmpuint (spend->units - before, >=, (guint64)i << 30);
      g_assert_cmpuint (spend->units - before, <=, ((guint64)i << 30) + 1 + ((guint64)i >> 20));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spend/limit/is-rounded-down", test_limit);
  g_test_add_func ("/spend/cost/is-rounded-up", test_costs);
  return g_test_run ();
}
