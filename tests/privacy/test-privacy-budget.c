/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-privacy-budget-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

static guint64
cost_of (double mu2)
{
  g_autoptr (GError) error = NULL;
  guint64 units = 0;

  g_assert_true (genesis_privacy_budget_cost (mu2, &units, &error));
  g_assert_no_error (error);
  return units;
}

static void
test_last_unit (void)
{
  GenesisPrivacyBudget budget;

  genesis_privacy_budget_init (&budget, 1);
  g_assert_true (genesis_privacy_budget_spend (&budget, (G_GUINT64_CONSTANT (1) << 40) - 1));
  g_assert_true (genesis_privacy_budget_allows (&budget, 1));
  g_assert_false (genesis_privacy_budget_spend (&budget, 2));
  g_assert_true (genesis_privacy_budget_spend (&budget, 1));
  g_assert_false (genesis_privacy_budget_spend (&budget, 1));
  g_assert_true (genesis_privacy_budget_spend (&budget, 0));
  g_assert_cmpuint (budget.spent, ==, budget.limit);
}

/* A cost is never counted below what it is, a limit never above. */
static void
test_rounding (void)
{
  GenesisPrivacyBudget budget;

  g_assert_cmpuint (cost_of (0), ==, 0);
  g_assert_cmpuint (cost_of (G_MINDOUBLE), ==, 1);
  g_assert_cmpuint (cost_of (GENESIS_PRIVACY_BUDGET_UNIT), ==, 1);
  g_assert_cmpuint (cost_of (nextafter (GENESIS_PRIVACY_BUDGET_UNIT, 1)), ==, 2);
  genesis_privacy_budget_init (&budget, nextafter (GENESIS_PRIVACY_BUDGET_UNIT, 0));
  g_assert_cmpuint (budget.limit, ==, 0);
  g_assert_cmpfloat (genesis_privacy_budget_to_mu2 (cost_of (.375)), ==, .375);
}

static void
test_no_limit (void)
{
  GenesisPrivacyBudget budget;

  genesis_privacy_budget_init (&budget, INFINITY);
  for (int i = 0; i < 3; i++)
    g_assert_true (genesis_privacy_budget_spend (&budget, cost_of (GENESIS_PRIVACY_BUDGET_MAX)));
  g_assert_true (genesis_privacy_budget_spend (&budget, budget.limit - budget.spent));
  g_assert_false (genesis_privacy_budget_spend (&budget, 1));
}

static void
test_no_cost (void)
{
  static const double bad[] = { -1e-300, -1, NAN, INFINITY, -INFINITY, 4194305 };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      guint64 units = 17;

      g_assert_false (genesis_privacy_budget_cost (bad[i], &units, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED);
      g_assert_cmpuint (units, ==, 17);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy-budget/kept-to-the-last-unit", test_last_unit);
  g_test_add_func ("/privacy-budget/rounds-to-the-safe-side", test_rounding);
  g_test_add_func ("/privacy-budget/no-limit-has-an-end", test_no_limit);
  g_test_add_func ("/privacy-budget/what-is-no-cost-is-refused", test_no_cost);
  return g_test_run ();
}
