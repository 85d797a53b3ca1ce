/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "simulation/genesis-simulated-fault-private.h"

static void
test_times (void)
{
  const GenesisFaultRates none = { 1, 0, 0, 2, INFINITY };
  const GenesisFaultRates slow = { 1, 0, 1, 3, 3.5 };
  const GenesisFaultRates all_fail = { 1, 1, 1, 3, 3.5 };

  for (guint site = 0; site < 100; site++)
    {
      const GenesisSimulatedFault normal = genesis_simulated_fault_draw (&none, site, 500000, 1, 1);
      const GenesisSimulatedFault straggler =
          genesis_simulated_fault_draw (&slow, site, site < 50 ? 0 : 500000, 1, 1);
      const GenesisSimulatedFault failed = genesis_simulated_fault_draw (&all_fail, site, 0, 1, 1);

      g_assert_true (!normal.is_failed && !normal.is_straggler && !normal.is_late);
      g_assert_cmpfloat (normal.seconds, ==, 1.5);
      g_assert_true (!straggler.is_failed && straggler.is_straggler);
      g_assert_cmpfloat (straggler.seconds, ==, site < 50 ? 3.0 : 4.5);
      g_assert_cmpint (straggler.is_late, ==, site >= 50);
      g_assert_true (failed.is_failed && !failed.is_straggler && !failed.is_late);
      g_assert_true (isinf (failed.seconds));
    }
}

/* 100,000 draws: counts within 5.1 standard deviations (false alarm 4e-7 each), and no attempt,
   round or site knows of another: the pairs of neighbours that fail both are .3^2 of all. */
static void
test_rates (void)
{
  const GenesisFaultRates rates = { 9, 0.3, 0.2, 2, INFINITY };
  const guint n = 100000;
  guint n_failed = 0, n_stragglers = 0, n_attempts = 0, n_rounds = 0, n_sites = 0;

  for (guint site = 0; site < n; site++)
    {
      const GenesisSimulatedFault one = genesis_simulated_fault_draw (&rates, site, 0, 2, 1);
      const GenesisSimulatedFault next = genesis_simulated_fault_draw (&rates, site, 0, 2, 2);
      const GenesisSimulatedFault later = genesis_simulated_fault_draw (&rates, site, 0, 3, 1);
      const GenesisSimulatedFault other = genesis_simulated_fault_draw (&rates, site + 1, 0, 2, 1);

      n_failed += one.is_failed;
      n_stragglers += one.is_straggler;
      n_attempts += one.is_failed && next.is_failed;
      n_rounds += one.is_failed && later.is_failed;
      n_sites += one.is_failed && other.is_failed;
    }
  g_assert_cmpfloat (fabs (n_failed - n * 0.3), <, 5.1 * sqrt (n * 0.3 * 0.7));
  g_assert_cmpfloat (fabs (n_stragglers - n * 0.14), <, 5.1 * sqrt (n * 0.14 * 0.86));
  g_assert_cmpfloat (fabs (n_attempts - n * 0.09), <, 5.1 * sqrt (n * 0.09 * 0.91));
  g_assert_cmpfloat (fabs (n_rounds - n * 0.09), <, 5.1 * sqrt (n * 0.09 * 0.91));
  /* Neighbours share a site: their variance is n q (1 - q + 2 (p - q)), q = .09, p = .3. */
  g_assert_cmpfloat (fabs (n_sites - n * 0.09), <, 5.1 * sqrt (n * 0.09 * (0.91 + 2 * 0.21)));
}

static void
test_check (void)
{
  static const struct
  {
    GenesisFaultRates rates;
    const char *message;
  } cases[] = {
    { { 0, -0.1, 0, 2, INFINITY }, "site failure rate -0.1 is no probability" },
    { { 0, 0, 1.5, 2, INFINITY }, "straggler rate 1.5 is no probability" },
    { { 0, NAN, 0, 2, INFINITY }, "site failure rate nan is no probability" },
    { { 0, 0, 0, 0.5, INFINITY }, "straggler delay 0.5 is not a factor" },
    { { 0, 0, 0, INFINITY, INFINITY }, "straggler delay inf is not a factor" },
    { { 0, 0, 0, 2, 0 }, "deadline 0 is not a number of seconds above 0" },
    { { 0, 0, 0, 2, NAN }, "deadline nan is not a number" },
  };
  const GenesisFaultRates good = { 0, 1, 0, 1, 1e-3 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (genesis_fault_rates_check (&cases[i].rates, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
    }
  g_assert_true (genesis_fault_rates_check (&good, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulated-fault/answer/takes-a-second-and-one-for-a-million-rows", test_times);
  g_test_add_func ("/simulated-fault/rates/hold-and-draws-are-independent", test_rates);
  g_test_add_func ("/simulated-fault/values/outside-are-refused", test_check);
  return g_test_run ();
}
