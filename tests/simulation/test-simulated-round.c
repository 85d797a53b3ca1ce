/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "federation-fixture.h"
#include "simulation/genesis-communication-log-private.h"
#include "simulation/genesis-simulated-fault-private.h"
#include "simulator-fixture.h"

/* What the design says of one round, counted without the machines. */
typedef struct
{
  GString *failed, *stragglers, *late, *sites;
  guint n_attempts;
  guint64 samples;
  double seconds;
} Expected;

static void
expected_clear (Expected *expected)
{
  g_string_free (expected->failed, TRUE);
  g_string_free (expected->stragglers, TRUE);
  g_string_free (expected->late, TRUE);
  g_string_free (expected->sites, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Expected, expected_clear)

static void
add_name (GString *to, guint site, guint n_sites)
{
  g_autofree char *name = genesis_simulated_site_name (site, n_sites);

  g_string_append_printf (to, "%s ", name);
}

static void
expect_round (const GenesisFaultRates *rates, const guint64 *sizes, guint n_sites,
              guint max_retries, guint round, Expected *to)
{
  g_autofree gboolean *answered = g_new0 (gboolean, n_sites);
  guint n_open = n_sites;

  to->failed = g_string_new (NULL);
  to->stragglers = g_string_new (NULL);
  to->late = g_string_new (NULL);
  to->sites = g_string_new (NULL);
  for (guint attempt = 1; attempt <= max_retries + 1 && n_open > 0; attempt++)
    {
      double latest = 0.0;

      to->n_attempts++;
      for (guint site = 0; site < n_sites; site++)
        {
          const GenesisSimulatedFault fault =
              genesis_simulated_fault_draw (rates, site, sizes[site], round, attempt);

          if (answered[site])
            continue;
          if (fault.is_failed)
            add_name (to->failed, site, n_sites);
          if (fault.is_straggler)
            add_name (to->stragglers, site, n_sites);
          if (fault.is_late)
            add_name (to->late, site, n_sites);
          if (fault.is_failed || fault.is_late)
            continue;
          answered[site] = TRUE;
          n_open--;
          to->samples += sizes[site];
          latest = MAX (latest, fault.seconds);
        }
      to->seconds += n_open > 0 && isfinite (rates->deadline) ? rates->deadline : latest;
    }
  for (guint site = 0; site < n_sites; site++)
    if (answered[site])
      add_name (to->sites, site, n_sites);
}

static void
assert_names (const char *const *names, const char *expected)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (; *names != NULL; names++)
    g_string_append_printf (joined, "%s ", *names);
  g_assert_cmpstr (joined->str, ==, expected);
}

static guint
count_answered (const Expected *expected)
{
  return (guint)(expected->sites->len / strlen ("site-00 "));
}

static void
assert_round (const GenesisSimulatedRound *round, guint number, guint n_sites,
              const Expected *expected)
{
  const GenesisRoundInfo *info = genesis_simulated_round_get_info (round);
  const guint n_answered = count_answered (expected);

  g_assert_cmpuint (genesis_round_info_get_number (info), ==, number);
  assert_names (genesis_simulated_round_get_failed (round), expected->failed->str);
  assert_names (genesis_simulated_round_get_stragglers (round), expected->stragglers->str);
  assert_names (genesis_simulated_round_get_late (round), expected->late->str);
  assert_names (genesis_round_info_get_sites (info), expected->sites->str);
  g_assert_cmpuint (g_strv_length ((char **)genesis_round_info_get_skipped (info)), ==,
                    n_sites - n_answered);
  g_assert_cmpuint (genesis_round_info_get_samples_aggregated (info), ==, expected->samples);
  g_assert_cmpuint (genesis_simulated_round_get_n_attempts (round), ==, expected->n_attempts);
  g_assert_cmpfloat (genesis_simulated_round_get_virtual_seconds (round), ==, expected->seconds);
  g_assert_cmpuint (genesis_round_info_get_bytes (info) % n_answered, ==, 0);
}

static GenesisSimulationResult *
simulate_rates (GenesisFederatedTrainingSimulator *simulator, const GenesisFaultRates *rates,
                guint max_retries, GError **error)
{
  g_autoptr (GenesisTable) table = federation_fixture_rows (0, 1, SIMULATOR_FIXTURE_ROWS);

  g_object_set (simulator, "seed", rates->seed, "max-retries", max_retries, "deadline",
                rates->deadline, "threads", 1 + (guint)(rates->seed % 3), NULL);
  genesis_federated_training_simulator_setup_non_iid (simulator, table, "ward", 0.5, error);
  g_assert_no_error (*error);
  return genesis_federated_training_simulator_simulate_training (simulator, 0, rates->failure,
                                                                 rates->straggler,
                                                                 rates->straggler_delay, NULL,
                                                                 error);
}

/* -1: a round is below min_sites 3; else how many sites were skipped in both rounds. */
static int
check_rehearsal (const GenesisFaultRates *rates, guint n_sites, guint max_retries)
{
  g_autoptr (GenesisFederatedTrainingSimulator) simulator = simulator_fixture_new (n_sites, "3");
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSimulationResult) result =
      simulate_rates (simulator, rates, max_retries, &error);
  g_autofree guint64 *sizes = NULL;
  double seconds = 0.0;
  gsize n;
  int n_skipped = 0;

  sizes = genesis_federated_training_simulator_dup_site_sizes (simulator, &n);
  g_assert_cmpuint (n, ==, n_sites);
  for (guint i = 0; i < 2; i++)
    {
      g_auto (Expected) expected = { NULL };

      expect_round (rates, sizes, n_sites, max_retries, i + 1, &expected);
      if (count_answered (&expected) < 3)
        {
          g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_TOO_FEW_SITES);
          return -1;
        }
      if (result != NULL)
        assert_round (genesis_simulation_result_get_round (result, i), i + 1, n_sites, &expected);
      seconds += expected.seconds;
      n_skipped += (int)(n_sites - count_answered (&expected));
    }
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_simulation_result_get_n_rounds (result), ==, 2);
  g_assert_cmpfloat (genesis_simulation_result_get_virtual_seconds (result), ==, seconds);
  return n_skipped;
}

static void
test_oracle (void)
{
  static const struct
  {
    GenesisFaultRates rates;
    guint max_retries;
  } cases[] = {
    { { 0, 0.3, 0, 2, INFINITY }, 8 }, { { 0, 0.3, 0.2, 2, INFINITY }, 1 },
    { { 0, 0.1, 0.5, 4, 2.5 }, 2 },    { { 0, 0, 0.5, 4, 2.5 }, 0 },
    { { 0, 0.6, 0.3, 3, 10 }, 0 },     { { 0, 0.2, 0.9, 1000, 1.05 }, 3 },
    { { 0, 0, 0, 2, 1.02 }, 3 },
  };
  guint n_failed_quorum = 0, n_incomplete = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint64 seed = 0; seed < 12; seed++)
      {
        GenesisFaultRates rates = cases[i].rates;
        int n_skipped;

        rates.seed = seed;
        n_skipped = check_rehearsal (&rates, 10, cases[i].max_retries);

        n_failed_quorum += n_skipped < 0;
        n_incomplete += n_skipped > 0;
      }
  /* The oracle has seen runs of each kind. */
  g_assert_cmpuint (n_failed_quorum, >, 0);
  g_assert_cmpuint (n_incomplete, >, 12);
  g_assert_cmpuint (n_failed_quorum + n_incomplete, <, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulated-round/records/are-what-the-oracle-says", test_oracle);
  return g_test_run ();
}
