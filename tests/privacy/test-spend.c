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

/* Parts of one cost have its units, each to within one of what it costs. */
static void
test_divided (void)
{
  for (guint n = 1; n <= 300; n += 7)
    {
      const double mu2 = ldexp (n, -36) / 3;
      g_autoptr (GenesisSpend) whole = genesis_spend_new ("run", 1, "plan");
      g_autoptr (GenesisSpend) parts = genesis_spend_new ("run", 1, "plan");
      g_autofree GenesisSpendPart *given = g_new0 (GenesisSpendPart, n);
      g_autoptr (GError) error = NULL;
      double all = n * (n + 1) / 2.;
      guint64 sum = 0;

      for (guint i = 0; i < n; i++)
        given[i] = (GenesisSpendPart){ (char *)"counts", sqrt ((i + 1) * mu2 / all), 1, 17 };
      g_assert_true (genesis_spend_add (whole, "all", sqrt (mu2), 1, &error));
      g_assert_true (genesis_spend_add_divided (parts, mu2, given, n, &error));
      g_assert_cmpuint (parts->parts->len, ==, n);
      g_assert_true (genesis_spend_equal (whole, parts));
      for (guint i = 0; i < n; i++)
        {
          const GenesisSpendPart *part = g_ptr_array_index (parts->parts, i);

          sum += part->units;
          g_assert_cmpfloat_with_epsilon (part->units, (i + 1) / all * whole->units, 1.001);
        }
      g_assert_cmpuint (sum, ==, whole->units);
    }
}

static void
test_divided_badly (void)
{
  const GenesisSpendPart none = { (char *)"counts", 1, INFINITY, 0 };
  const GenesisSpendPart good = { (char *)"counts", 1, 1, 0 };
  g_autoptr (GenesisSpend) spend = genesis_spend_new ("run", 1, "plan");
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_spend_add_divided (spend, 1, &none, 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
  g_clear_error (&error);
  g_assert_false (genesis_spend_add_divided (spend, NAN, &good, 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
  g_assert_cmpuint (spend->parts->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spend/limit/is-rounded-down", test_limit);
  g_test_add_func ("/spend/cost/is-rounded-up", test_costs);
  g_test_add_func ("/spend/divided/costs-what-the-whole-costs", test_divided);
  g_test_add_func ("/spend/divided/refuses-what-has-no-noise", test_divided_badly);
  return g_test_run ();
}
